//! What a listing is.

use crate::photos::model::Photo;
use kernel::{Currency, FieldErrors, ListingId, MemberId, Moment, Money, Wrong, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text! {
    /// What the thing is called.
    Title, 3..=120, line;
    /// What the seller says of it.
    Description, 0..=8000, lines;
    /// What the seller would take in trade.
    Wanted, 0..=500, lines;
}

/// Declares an enum whose variants have fixed names in SQL, JSON and forms.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
            pub fn find(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}

named! {
    /// Where a listing is in its life.
    State { Draft = "draft", Live = "live", Paused = "paused", Sold = "sold", Deleted = "deleted" }
}

named! {
    /// How worn the thing is.
    Condition { New = "new", LikeNew = "like_new", Good = "good", Fair = "fair", ForParts = "for_parts" }
}

named! {
    /// What the seller takes for it.
    Deal { Cash = "cash", Barter = "barter", Both = "both" }
}

impl State {
    /// Whether a seller may move a listing from here to `next`. Selling the last piece is the stock's doing.
    pub const fn may_become(self, next: Self) -> bool {
        use State::{Deleted, Draft, Live, Paused, Sold};
        matches!(
            (self, next),
            (Draft | Paused | Sold, Live)
                | (Live, Paused)
                | (Live | Paused, Sold)
                | (Draft | Live | Paused | Sold, Deleted)
        )
    }
}

impl Deal {
    pub const fn takes_cash(self) -> bool {
        matches!(self, Self::Cash | Self::Both)
    }

    pub const fn takes_things(self) -> bool {
        matches!(self, Self::Barter | Self::Both)
    }
}

/// Something offered.
#[derive(Clone, Debug)]
pub struct Listing {
    pub id: ListingId,
    pub seller: MemberId,
    pub external_id: Option<String>,
    pub state: State,
    pub title: String,
    pub slug: String,
    pub description: String,
    pub category: Option<String>,
    pub condition: Option<Condition>,
    pub price: Option<Money>,
    /// The currency of the price, known even before the price is.
    pub currency: Currency,
    pub open_to_offers: bool,
    pub deal: Deal,
    pub wanted: String,
    /// Pieces there are, promised ones included.
    pub quantity: i32,
    /// Pieces promised to orders that are not paid yet.
    pub reserved: i32,
    pub ship: bool,
    pub meet: bool,
    pub shipping: Option<Money>,
    pub town: Option<String>,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    /// By attribute id; values as `catalog::Attribute::read` gives them.
    pub attributes: BTreeMap<String, String>,
    pub views: i64,
    pub version: i32,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub published_at: Option<Moment>,
    pub photos: Vec<Photo>,
}

impl Listing {
    /// Pieces that can be bought now.
    pub const fn available(&self) -> i32 {
        self.quantity - self.reserved
    }

    /// Whether it can be bought for its price right now.
    pub fn is_buyable(&self) -> bool {
        self.state == State::Live && self.deal.takes_cash() && self.price.is_some() && self.available() > 0
    }

    /// What a buyer must know before it may go live. Errors: every missing field.
    pub fn ready(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::none();
        errors.take("title", Title::read(&self.title));
        if self.category.is_none() {
            errors.add("category", Wrong::Required);
        }
        if self.condition.is_none() {
            errors.add("condition", Wrong::Required);
        }
        if self.deal.takes_cash() && self.price.is_none_or(Money::is_zero) {
            errors.add("price", Wrong::Required);
        }
        if self.deal.takes_things() && self.wanted.trim().is_empty() {
            errors.add("wanted", Wrong::Because("wrong-wanted-empty"));
        }
        if !self.ship && !self.meet {
            errors.add("delivery", Wrong::Because("wrong-delivery-none"));
        }
        if self.meet && !self.ship && self.town.is_none() {
            errors.add("location", Wrong::Because("wrong-location-needed"));
        }
        if self.quantity < 1 {
            errors.add("quantity", Wrong::TooSmall { min: 1 });
        }
        errors.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_moves_only_along_its_life() {
        assert!(State::Draft.may_become(State::Live));
        assert!(!State::Draft.may_become(State::Sold));
        assert!(!State::Deleted.may_become(State::Live));
        assert!(State::Sold.may_become(State::Live));
    }

    #[test]
    fn names_round_trip() {
        for state in State::ALL {
            assert_eq!(State::find(state.name()), Some(*state));
        }
        assert_eq!(Condition::find("like_new"), Some(Condition::LikeNew));
    }
}
