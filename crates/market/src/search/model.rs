//! What is asked, and what a result shows.

use crate::listings::model::{Condition, Deal};
use crate::photos::model::Thumb;
use kernel::{Cursor, ListingId, Moment, Money};
use serde::{Deserialize, Serialize};

pub use ::search::{Facets, Sort};

/// A listing in a list: everything a card shows. Kept inside the index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Card {
    pub id: ListingId,
    pub slug: String,
    pub title: String,
    pub price: Option<Money>,
    pub deal: Deal,
    pub condition: Option<Condition>,
    pub town: Option<String>,
    pub country: Option<String>,
    pub seller_handle: String,
    pub seller_name: String,
    pub photo: Option<Thumb>,
    /// An id of the catalog.
    #[serde(default)]
    pub category: Option<String>,
    /// Microseconds since the Unix epoch.
    pub published_at: i64,
}

impl Card {
    pub fn published(&self) -> Moment {
        kernel::moment::from_micros(self.published_at)
    }
}

/// A search as people and programs ask it.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub text: String,
    pub category: Option<String>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    pub currency: Option<String>,
    pub conditions: Vec<Condition>,
    pub deal: Option<Deal>,
    pub delivery: Option<String>,
    pub near: Option<Near>,
    /// A handle.
    pub seller: Option<String>,
    pub attributes: Vec<(String, String)>,
    pub sort: Sort,
    pub limit: usize,
    pub after: Option<Cursor>,
    pub facets: bool,
}

/// A circle around a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub lat: f64,
    pub lng: f64,
    pub radius_km: f64,
}

/// One result.
#[derive(Clone, Debug)]
pub struct Found {
    pub card: Card,
    pub score: f32,
    pub external_id: String,
    pub distance_km: Option<f64>,
}

/// A page of results.
#[derive(Clone, Debug, Default)]
pub struct Results {
    pub items: Vec<Found>,
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub total: usize,
    pub facets: Facets,
    /// What was searched instead of a misspelt text.
    pub corrected: Option<String>,
    /// Some of the words were left out to find anything.
    pub relaxed: bool,
    /// How many have all of the words, in a relaxed search. They come first.
    pub whole: usize,
    /// Nothing was found because the index is being made, for the first time or for a new version.
    pub filling: bool,
}

/// A completion of what is being typed.
#[derive(Clone, Debug, Serialize)]
pub struct Suggestion {
    pub text: String,
    /// "query", or "listing" with its id.
    pub kind: &'static str,
    pub id: Option<ListingId>,
}
