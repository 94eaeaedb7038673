//! A listing as programs see it.

use crate::shapes::{
    Condition, Deal, DeliveryMethod, ListingState, MoneyOut, Person, PhotoOut, Place, ShownPrice,
};
use kernel::{Lang, MemberId, Say};
use kit::beside::Beside;
use kit::links;
use market::accounts::model::Member;
use market::catalog::{Kind, catalog};
use market::listings::model::Listing;
use market::listings::rules::PastEdit;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// Something offered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Listing)]
pub(crate) struct ListingOut {
    pub id: Uuid,
    slug: String,
    /// Its page.
    url: String,
    #[schema(value_type = ListingState)]
    state: &'static str,
    title: String,
    description: String,
    category: Option<CategoryPath>,
    #[schema(value_type = Option<Condition>)]
    condition: Option<&'static str>,
    /// For one piece.
    price: Option<MoneyOut>,
    /// About what that is in the caller's currency; null where it is in that already, and without a rate.
    shown_price: Option<ShownPrice>,
    #[schema(value_type = Deal)]
    deal: &'static str,
    open_to_offers: bool,
    /// What the seller would take in trade.
    wanted: String,
    /// Pieces there are.
    quantity: i32,
    /// Pieces that can be bought now: those that nobody is paying for.
    available: i32,
    #[schema(value_type = Vec<DeliveryMethod>)]
    delivery: Vec<&'static str>,
    /// What sending costs the buyer, once for the listing.
    shipping_price: Option<MoneyOut>,
    location: Option<Place>,
    /// By id: the id of a choice, a number, a text, or true and false.
    #[schema(value_type = BTreeMap<String, AttributeValue>)]
    attributes: BTreeMap<String, Value>,
    photos: Vec<PhotoOut>,
    seller: Person,
    views: i64,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
    /// When it was first live.
    #[serde(with = "time::serde::rfc3339::option")]
    published_at: Option<OffsetDateTime>,
    /// Grows with every change that its seller makes.
    version: i32,
    /// The seller's own id for it. For the seller only.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

/// A value of an attribute: the id of a choice, a number, a text, or true and false.
#[derive(ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only described")]
enum AttributeValue {
    Text(String),
    Flag(bool),
    Number(f64),
}

/// A category with everything above it.
#[derive(Debug, Serialize, ToSchema)]
struct CategoryPath {
    id: String,
    /// Names, the top first.
    path: Vec<String>,
}

/// A change of a listing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListingChange)]
pub(crate) struct ChangeOut {
    version: i32,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// Field → before and after, in words.
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    changes: Value,
}

impl From<PastEdit> for ChangeOut {
    fn from(past: PastEdit) -> Self {
        Self { version: past.version, at: past.at, changes: past.changes }
    }
}

impl ListingOut {
    /// `viewer` is who asks.
    pub(crate) fn new(
        it: &Listing,
        seller: &Member,
        viewer: Option<MemberId>,
        say: Say,
        beside: &Beside,
    ) -> Self {
        Self {
            id: it.id.0,
            slug: it.slug.clone(),
            url: links::listing(&it.slug, it.id),
            state: it.state.name(),
            title: it.title.clone(),
            description: it.description.clone(),
            category: it.category.as_deref().map(|id| category(id, say.lang())),
            condition: it.condition.map(|c| c.name()),
            price: it.price.map(Into::into),
            shown_price: ShownPrice::of(it.price, beside),
            deal: it.deal.name(),
            open_to_offers: it.open_to_offers,
            wanted: it.wanted.clone(),
            quantity: it.quantity,
            available: it.available(),
            delivery: ways(it),
            shipping_price: it.shipping.map(Into::into),
            location: place(it),
            attributes: it.attributes.iter().map(|(id, value)| (id.clone(), attribute(id, value))).collect(),
            photos: it.photos.iter().map(PhotoOut::from).collect(),
            seller: Person::from(seller),
            views: it.views,
            created_at: it.created_at,
            updated_at: it.updated_at,
            published_at: it.published_at,
            version: it.version,
            external_id: it.external_id.clone().filter(|_| viewer == Some(it.seller)),
        }
    }
}

/// How it changes hands.
pub(crate) fn ways(it: &Listing) -> Vec<&'static str> {
    [(it.ship, "ship"), (it.meet, "meet")].into_iter().filter(|(yes, _)| *yes).map(|(_, way)| way).collect()
}

fn place(it: &Listing) -> Option<Place> {
    let (town, country) = it.town.clone().zip(it.country.clone())?;
    Some(Place { town, country, lat: it.lat, lng: it.lng })
}

fn category(id: &str, lang: Lang) -> CategoryPath {
    let above = catalog().find(id).map(|c| c.path()).unwrap_or_default();
    let path = above.iter().filter_map(|id| catalog().find(id)).map(|c| c.name(lang).to_owned()).collect();
    CategoryPath { id: id.to_owned(), path }
}

/// A value in the type that it is sent in.
fn attribute(id: &str, value: &str) -> Value {
    let kind = catalog().attribute(id).map(|a| a.kind);
    let typed = match kind {
        Some(Kind::Number) => {
            value.parse::<i64>().map(Value::from).ok().or_else(|| value.parse::<f64>().map(Value::from).ok())
        }
        Some(Kind::Flag) => value.parse::<bool>().map(Value::from).ok(),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_have_their_type() {
        assert_eq!(attribute("year", "2017"), json!(2017));
        assert_eq!(attribute("fuel", "petrol"), json!("petrol"));
        assert_eq!(attribute("flux", "1.21 GW"), json!("1.21 GW"), "an imported catalogue's own");
    }

    #[test]
    fn a_category_names_everything_above_it() {
        let de = Lang::find("de").unwrap();
        let cars = category("vehicles.cars", de);
        assert_eq!((cars.id.as_str(), cars.path.len()), ("vehicles.cars", 2));
        assert_eq!(category("gone", de).path.len(), 0);
    }
}
