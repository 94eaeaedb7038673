//! How many listings each further filter would leave, with names for people.

use kernel::{Lang, Say};
use market::catalog::catalog;
use market::search::model::Facets;
use serde::Serialize;
use utoipa::ToSchema;

/// How many listings each further filter would leave. A filter in use is not counted against itself.
#[derive(Serialize, ToSchema)]
#[schema(as = Facets)]
pub(super) struct FacetsOut {
    /// The children of the chosen category, or the top.
    categories: Vec<Count>,
    conditions: Vec<Count>,
    /// Of the prices, whatever range of prices is asked for.
    currencies: Vec<Count>,
    deals: Vec<Count>,
    deliveries: Vec<Count>,
    attributes: Vec<AttributeCounts>,
    /// The lowest and the highest price, in minor units.
    price_min: Option<i64>,
    price_max: Option<i64>,
}

/// A value and how many listings have it.
#[derive(Serialize, ToSchema)]
#[schema(as = FacetCount)]
struct Count {
    /// As a filter takes it.
    value: String,
    /// In your language.
    label: String,
    count: u64,
}

/// The values of an attribute.
#[derive(Serialize, ToSchema)]
#[schema(as = AttributeFacet)]
struct AttributeCounts {
    /// Filter by `attr.<id>=<value>`.
    id: String,
    name: String,
    values: Vec<Count>,
}

/// In the reader's language.
pub(super) fn counts(facets: Facets, lang: Lang) -> FacetsOut {
    let category = |id: &str| catalog().find(id).map_or(id, |c| c.name(lang)).to_owned();
    let say = Say::new(lang);
    let word = |slice: &'static str| {
        move |value: &str| {
            let key = format!("{slice}-{}", value.replace('_', "-"));
            if Say::knows(&key) { say.by_key(&key) } else { value.to_owned() }
        }
    };
    let attribute = |(id, values): (String, Vec<(String, u64)>)| {
        let known = catalog().attribute(&id);
        AttributeCounts {
            name: known.map_or(id.as_str(), |a| a.name(lang)).to_owned(),
            values: counted(values, |value| known.map_or_else(|| value.to_owned(), |a| a.show(value, lang))),
            id,
        }
    };
    FacetsOut {
        categories: counted(facets.categories, category),
        conditions: counted(facets.conditions, word("condition")),
        currencies: counted(facets.currencies, str::to_owned),
        deals: counted(facets.deal, word("deal")),
        deliveries: counted(facets.delivery, word("delivery")),
        attributes: facets.attributes.into_iter().map(attribute).collect(),
        price_min: facets.price_min,
        price_max: facets.price_max,
    }
}

fn counted(values: Vec<(String, u64)>, label: impl Fn(&str) -> String) -> Vec<Count> {
    values.into_iter().map(|(value, count)| Count { label: label(&value), value, count }).collect()
}
