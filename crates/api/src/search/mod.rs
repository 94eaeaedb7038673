//! Finding live listings, and completing what is typed.

mod ask;
mod facets;

use crate::doc::{Entry, doc, minor_units, one_of, page_size, string, string_like, string_of};
use crate::query::{Query, VALUE_MAX};
use crate::shapes::{
    Condition as ConditionName, Deal as DealName, MoneyOut, Person, Picture, Place, ShownPrice,
};
use ask::{ATTRIBUTES_MAX, NEAR, NEAR_MAX, RADIUS_MAX, SELLER_MAX, SORTS};
use axum::response::Response;
use facets::{FacetsOut, counts};
use kernel::{Currency, Cursor, Lang};
use kit::answer::Problem;
use kit::beside::Beside;
use kit::body::{Json, Params};
use kit::caller::Anyone;
use kit::links;
use kit::route::{Audience, Rate, get};
use market::catalog::catalog;
use market::listings::edit::FREE_VALUE_MAX;
use market::listings::model::{Condition, Deal};
use market::search::model::{Card, Found, Results, Suggestion};
use market::search::rules;
use serde::Serialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// Completions when nothing is said.
const SUGGESTIONS: usize = 8;
/// Seconds for which completions may be kept.
const KEPT_S: u32 = 30;

pub(crate) fn entries() -> Vec<Entry> {
    let number = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": RADIUS_MAX });
    let conditions: Vec<&str> = Condition::ALL.iter().map(|c| c.name()).collect();
    let conditions = json!({ "type": "array", "items": one_of(&conditions), "maxItems": conditions.len() });
    let deals: Vec<&str> = Deal::ALL.iter().map(|d| d.name()).collect();
    let currencies = Currency::all();
    let currencies: Vec<&str> = currencies.iter().map(Currency::code).collect();
    let sorts: Vec<&str> = SORTS.iter().map(|(name, _)| *name).collect();
    vec![
        doc("Search", "Find listings")
            .says("Misspelt words are corrected and the answer says so. Attributes filter by `attr.<id>=<value>`; several values of one attribute are alternatives. A 422 also names a category that there is not, a cursor of another search, and `near` where `sort=distance` or `radius_km` needs it.")
            .query("q", "Words.", &string())
            .query("category", "Id of a category, or its path of names; what stands under it is found too.", &string_of(1, VALUE_MAX))
            .query("min_price", "In minor units.", &minor_units())
            .query("max_price", "In minor units.", &minor_units())
            .query("currency", "ISO 4217.", &one_of(&currencies))
            .query("condition", "One or several, repeated.", &conditions)
            .query("deal", "What the seller takes.", &one_of(&deals))
            .query("delivery", "How it changes hands.", &one_of(&["ship", "meet"]))
            .query("near", "A place as `lat,lng` in degrees, such as `45.76,4.84`.", &string_like(NEAR, NEAR_MAX))
            .query("radius_km", "How far from there; without it distances are only told.", &number)
            .query("seller", "The seller's handle.", &string_of(1, SELLER_MAX))
            .query("sort", "`distance` needs `near`.", &one_of(&sorts))
            .query("facets", "Also count what filters would give.", &json!({ "type": "boolean", "default": false }))
            .query("attributes", "Each attribute is a parameter of its own; ids are in `GET /categories`.", &attributes())
            .paged(&string_of(1, VALUE_MAX))
            .answers::<FoundOut>(200, "What was found.")
            .of(get("/api/v1/listings", "api.search.find", find).audience(Audience::Everyone).any_key().rate(Rate::Search)),
        doc("Search", "Complete what is typed")
            .query("q", "What was typed so far.", &string())
            .query("limit", "How many.", &page_size(SUGGESTIONS))
            .answers::<SuggestionsOut>(200, "Completions, the best first.")
            .of(get("/api/v1/suggestions", "api.search.suggest", suggest).audience(Audience::Everyone).any_key().rate(Rate::Search)),
    ]
}

/// The filters by attributes.
fn attributes() -> Value {
    let value = string_of(1, FREE_VALUE_MAX);
    let names = catalog().attribute_ids().into_iter().map(|id| (format!("attr.{id}"), value.clone()));
    let properties: Map<String, Value> = names.collect();
    json!({ "type": "object", "properties": properties, "maxProperties": ATTRIBUTES_MAX, "additionalProperties": false })
}

/// What was found.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchResults)]
struct FoundOut {
    items: Vec<CardOut>,
    /// Send it as `cursor` to get the next page; null on the last.
    next_cursor: Option<String>,
    /// How many there are in all.
    total: usize,
    /// What was searched instead of a misspelt text.
    corrected: Option<String>,
    /// Some of the words were left out to find anything.
    relaxed: bool,
    /// With `facets=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetsOut>,
}

/// A listing in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = ListingCard)]
struct CardOut {
    id: Uuid,
    slug: String,
    /// Its page.
    url: String,
    title: String,
    price: Option<MoneyOut>,
    /// About what that is in the caller's currency; null where it is in that already, and without a rate.
    shown_price: Option<ShownPrice>,
    #[schema(value_type = DealName)]
    deal: &'static str,
    #[schema(value_type = Option<ConditionName>)]
    condition: Option<&'static str>,
    location: Option<Place>,
    photo: Option<Picture>,
    /// An id of `GET /categories`.
    category: Option<String>,
    seller: Person,
    #[serde(with = "time::serde::rfc3339")]
    published_at: OffsetDateTime,
    /// From `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_km: Option<f64>,
    /// How well it fits the words; comparable within one answer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
}

/// Completions.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestions)]
struct SuggestionsOut {
    items: Vec<SuggestionOut>,
}

/// A completion.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestion)]
struct SuggestionOut {
    text: String,
    /// `query`: words to search for; `listing`: a listing.
    #[schema(pattern = "^(query|listing)$")]
    kind: &'static str,
    /// Of a listing.
    id: Option<Uuid>,
    /// The page that it leads to.
    url: String,
}

async fn find(call: Anyone, Params(pairs): Params<Vec<(String, String)>>) -> Result<Json<FoundOut>, Problem> {
    let ask = ask::read(pairs)?;
    let (has_words, facets) = (!ask.text.trim().is_empty(), ask.facets);
    let found = rules::find(&call.app.market.engine, ask).await?;
    Ok(Json(results(found, has_words, facets, call.say.lang(), &call.beside())))
}

async fn suggest(call: Anyone, Params(pairs): Params<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut query = Query::of(pairs);
    let (typed, limit) = (query.one("q").unwrap_or_default(), query.limit_or(SUGGESTIONS));
    query.end()?;
    let found = rules::suggest(&call.app.market.engine, typed, limit).await?;
    Ok(Json(SuggestionsOut { items: found.into_iter().map(suggestion).collect() }).cacheable(KEPT_S))
}

fn results(found: Results, has_words: bool, facets: bool, lang: Lang, beside: &Beside) -> FoundOut {
    FoundOut {
        next_cursor: found.next.map(|Cursor(place)| place),
        total: found.total,
        corrected: found.corrected,
        relaxed: found.relaxed,
        facets: facets.then(|| counts(found.facets, lang)),
        items: found.items.into_iter().map(|it| card(it, has_words, beside)).collect(),
    }
}

fn card(Found { card, score, distance_km, .. }: Found, has_words: bool, beside: &Beside) -> CardOut {
    let published_at = card.published();
    let Card {
        id,
        slug,
        title,
        price,
        deal,
        condition,
        town,
        country,
        seller_handle,
        seller_name,
        photo,
        category,
        ..
    } = card;
    CardOut {
        id: id.0,
        url: links::listing(&slug, id),
        slug,
        title,
        price: price.map(Into::into),
        shown_price: ShownPrice::of(price, beside),
        deal: deal.name(),
        condition: condition.map(|c| c.name()),
        location: town.zip(country).map(|(town, country)| Place { town, country, lat: None, lng: None }),
        photo: photo.as_ref().map(Picture::from),
        category,
        seller: Person::new(&seller_handle, &seller_name),
        published_at,
        distance_km: distance_km.map(|km| (km * 10.0).round() / 10.0),
        score: has_words.then_some(score),
    }
}

fn suggestion(it: Suggestion) -> SuggestionOut {
    let url = match it.id {
        Some(id) => links::listing("", id),
        None => links::search_for(&it.text).to_string(),
    };
    SuggestionOut { text: it.text, kind: it.kind, id: it.id.map(|id| id.0), url }
}
