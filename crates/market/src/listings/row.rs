//! A row of the table, and the listing it stands for.

use super::model::{Condition, Deal, Listing, State};
use kernel::{Currency, ListingId, MemberId, Moment, Money};
use sqlx::types::Json;
use std::collections::BTreeMap;

pub(super) struct Row {
    pub listing_id: ListingId,
    pub seller_id: MemberId,
    pub external_id: Option<String>,
    pub state: String,
    pub title: String,
    pub slug: String,
    pub description: String,
    pub category: Option<String>,
    pub condition: Option<String>,
    pub price_amount: Option<i64>,
    pub price_currency: Currency,
    pub open_to_offers: bool,
    pub deal: String,
    pub wanted: String,
    pub quantity: i32,
    pub reserved: i32,
    pub ship: bool,
    pub meet: bool,
    pub shipping_amount: Option<i64>,
    pub town: Option<String>,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    pub attributes: Json<BTreeMap<String, String>>,
    pub views: i64,
    pub version: i32,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub published_at: Option<Moment>,
}

impl From<Row> for Listing {
    /// Names that the table's checks let in are all known here; photos come apart.
    fn from(row: Row) -> Self {
        let money = |amount| Money::new(amount, row.price_currency);
        Self {
            id: row.listing_id,
            seller: row.seller_id,
            external_id: row.external_id,
            state: State::find(&row.state).unwrap_or(State::Draft),
            title: row.title,
            slug: row.slug,
            description: row.description,
            category: row.category,
            condition: row.condition.as_deref().and_then(Condition::find),
            price: row.price_amount.map(money),
            currency: row.price_currency,
            open_to_offers: row.open_to_offers,
            deal: Deal::find(&row.deal).unwrap_or(Deal::Cash),
            wanted: row.wanted,
            quantity: row.quantity,
            reserved: row.reserved,
            ship: row.ship,
            meet: row.meet,
            shipping: row.shipping_amount.map(money),
            town: row.town,
            country: row.country,
            lat: row.lat,
            lng: row.lng,
            attributes: row.attributes.0,
            views: row.views,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            photos: Vec::new(),
        }
    }
}
