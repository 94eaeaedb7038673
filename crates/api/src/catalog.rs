//! The category tree with its attributes, and the towns.

use crate::doc::{Entry, doc, string};
use crate::query::Query;
use crate::shapes::List;
use axum::response::Response;
use kernel::{Cursor, Lang, Page};
use kit::answer::Problem;
use kit::body::{Json, Params};
use kit::caller::Anyone;
use kit::route::{Audience, Rate, get};
use market::catalog::{Attribute, Category, Kind, catalog};
use market::places::{self, Town};
use serde::Serialize;
use std::sync::LazyLock;
use utoipa::ToSchema;

/// Seconds for which these may be kept: they change with a release.
const KEPT_S: u32 = 300;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Catalogue", "The category tree")
            .says("Names are in your language. Each category names its attributes by id, its parents' first; `attributes` describes them.")
            .answers::<TreeOut>(200, "The whole tree.")
            .of(get("/api/v1/categories", "api.catalog.tree", tree).audience(Audience::Everyone).any_key()),
        doc("Catalogue", "Find a town")
            .says("A listing's `location` is the `label` of one of these.")
            .query("q", "How its name begins; accents do not matter.", &string())
            .paged(&string())
            .lists::<TownOut>(200, "The towns, by name.")
            .of(get("/api/v1/towns", "api.places.towns", towns).audience(Audience::Everyone).any_key().rate(Rate::Search)),
    ]
}

/// The tree.
#[derive(Serialize, ToSchema)]
#[schema(as = CategoryTree)]
struct TreeOut {
    /// The categories at the top.
    items: Vec<CategoryOut>,
    /// Always null: the tree comes whole.
    next_cursor: Option<String>,
    /// Every attribute that a category names.
    attributes: Vec<AttributeOut>,
}

/// A category.
#[derive(Serialize, ToSchema)]
#[schema(as = Category)]
struct CategoryOut {
    /// Its path: `sports.bikes` stands under `sports`.
    id: String,
    name: String,
    /// Ids of the attributes that a listing in it may have.
    attributes: Vec<String>,
    #[schema(no_recursion)]
    children: Vec<CategoryOut>,
}

/// Something that people want to know of an item.
#[derive(Serialize, ToSchema)]
#[schema(as = Attribute)]
struct AttributeOut {
    id: String,
    name: String,
    /// `choice`: one of `choices`; `number`; `text`; `flag`: true or false.
    #[schema(pattern = "^(choice|number|text|flag)$")]
    kind: &'static str,
    /// Of a number.
    unit: Option<String>,
    choices: Vec<ChoiceOut>,
    /// Whether a search can filter by it (`attr.<id>=`).
    filter: bool,
}

/// One of the values of a choice.
#[derive(Serialize, ToSchema)]
#[schema(as = AttributeChoice)]
struct ChoiceOut {
    id: String,
    name: String,
}

/// A town.
#[derive(Serialize, ToSchema)]
#[schema(as = Town)]
struct TownOut {
    /// As a listing's `location` names it.
    #[schema(examples("Lyon, FR"))]
    label: String,
    name: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    lat: f64,
    lng: f64,
}

async fn tree(call: Anyone) -> Response {
    let lang = call.say.lang();
    let tree = TreeOut {
        items: catalog().roots().map(|c| category(c, lang)).collect(),
        next_cursor: None,
        attributes: catalog()
            .attribute_ids()
            .into_iter()
            .filter_map(|id| catalog().attribute(id))
            .map(|a| attribute(a, lang))
            .collect(),
    };
    Json(tree).cacheable(KEPT_S)
}

fn category(it: &Category, lang: Lang) -> CategoryOut {
    CategoryOut {
        id: it.id.clone(),
        name: it.name(lang).to_owned(),
        attributes: it.attributes.clone(),
        children: it.children.iter().filter_map(|id| catalog().find(id)).map(|c| category(c, lang)).collect(),
    }
}

fn attribute(it: &Attribute, lang: Lang) -> AttributeOut {
    let choice = |c: &market::catalog::Choice| ChoiceOut { id: c.id.clone(), name: c.name(lang).to_owned() };
    AttributeOut {
        id: it.id.clone(),
        name: it.name(lang).to_owned(),
        kind: match it.kind {
            Kind::Choice => "choice",
            Kind::Number => "number",
            Kind::Text => "text",
            Kind::Flag => "flag",
        },
        unit: it.unit.clone(),
        choices: it.choices.iter().map(choice).collect(),
        // Numbers would need a range.
        filter: it.filter && it.kind != Kind::Number,
    }
}

/// The towns by their names in plain letters, as they are searched.
static BY_NAME: LazyLock<Vec<(String, &'static Town)>> =
    LazyLock::new(|| places::all().iter().map(|t| (kernel::text::slug(&t.name), t)).collect());

async fn towns(_: Anyone, Params(pairs): Params<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut query = Query::of(pairs);
    let (wanted, limit, after) = (query.one("q").unwrap_or_default(), query.limit(), query.cursor());
    query.end()?;
    let wanted = kernel::text::slug(&wanted);
    let found = BY_NAME.iter().filter(|(name, _)| name.starts_with(&wanted)).map(|(_, town)| *town);
    let rest = found.filter(|town| after.as_ref().is_none_or(|after| is_behind(town, after)));
    let page = Page::cut(rest.take(limit + 1).collect(), limit, |t: &&Town| t.label());
    Ok(Json(List::of(page, town)).cacheable(KEPT_S))
}

/// Whether a town comes after the one of this label, be there such a one or not.
fn is_behind(town: &Town, Cursor(label): &Cursor) -> bool {
    let (name, country) = label.rsplit_once(", ").unwrap_or((label.as_str(), ""));
    (town.name.as_str(), town.country.as_str()) > (name, country)
}

fn town(it: &Town) -> TownOut {
    TownOut {
        label: it.label(),
        name: it.name.clone(),
        country: it.country.clone(),
        lat: it.lat,
        lng: it.lng,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_towns_begins_behind_any_word() {
        let behind = |label: &str| {
            let after = Cursor(label.to_owned());
            places::all().iter().filter(|town| is_behind(town, &after)).count()
        };
        let all = places::all();
        for (n, town) in all.iter().enumerate() {
            assert_eq!(behind(&town.label()), all.len() - n - 1, "{}", town.label());
        }
        assert_eq!((behind(""), behind("\u{10ffff}")), (all.len(), 0));
    }
}
