//! Words for the values of listings, the same on every page.

use kernel::{Lang, Say};
use kit::links;
use kit::parts::Crumb;
use market::catalog::{Attribute, Category, Kind, catalog};
use market::listings::model::{Condition, Deal, Listing, State};

/// The key of a value's message: "condition" and "like_new" give "condition-like-new".
fn key(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.replace('_', "-"))
}

pub(crate) fn condition(say: &Say, condition: Condition) -> String {
    say.by_key(&key("condition", condition.name()))
}

/// What a condition promises, in a sentence.
pub(crate) fn condition_note(say: &Say, condition: Condition) -> String {
    say.by_key(&key("condition-note", condition.name()))
}

pub(crate) fn deal(say: &Say, deal: Deal) -> String {
    say.by_key(&key("deal", deal.name()))
}

/// "ship" or "meet".
pub(crate) fn delivery(say: &Say, way: &str) -> String {
    match way {
        "ship" => say.delivery_ship(),
        _ => say.delivery_meet(),
    }
}

pub(crate) fn state(say: &Say, state: State) -> String {
    say.by_key(&key("listing-state", state.name()))
}

/// What a field of a listing is called, by its name in forms and in the history.
pub(crate) fn field(say: &Say, name: &str) -> String {
    say.by_key(&key("field", name))
}

/// A value of an attribute, as it is shown to people.
pub(crate) fn attribute(say: &Say, attribute: &Attribute, value: &str) -> String {
    match (attribute.kind, value) {
        (Kind::Flag, "true") => say.word_yes(),
        (Kind::Flag, _) => say.word_no(),
        _ => attribute.show(value, say.lang()),
    }
}

/// A value that a catalogue wrote as programs do.
pub(crate) fn plain(say: &Say, value: &str) -> String {
    match value {
        "true" | "True" => say.word_yes(),
        "false" | "False" => say.word_no(),
        other => other.to_owned(),
    }
}

/// With a capital at the beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where a listing is: "Lyon, FR".
pub(crate) fn place(listing: &Listing) -> Option<String> {
    let (town, country) = (listing.town.as_ref()?, listing.country.as_ref()?);
    Some(format!("{town}, {country}"))
}

/// The way to a category from the home page, itself last.
pub(crate) fn category_way(say: &Say, category: Option<&Category>) -> Vec<Crumb> {
    let mut way = vec![Crumb::new(links::home(), say.word_home())];
    let ids = category.map(Category::path).unwrap_or_default();
    way.extend(ids.iter().filter_map(|id| catalog().find(id)).map(|c| crumb(c, say.lang())));
    way
}

/// A link to a category's listings.
pub(crate) fn crumb(category: &Category, lang: Lang) -> Crumb {
    Crumb::new(links::search().with("category", &category.id).to_string(), category.name(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_words() {
        let conditions =
            Condition::ALL.iter().flat_map(|c| [key("condition", c.name()), key("condition-note", c.name())]);
        let deals = Deal::ALL.iter().map(|d| key("deal", d.name()));
        let states = State::ALL.iter().map(|s| key("listing-state", s.name()));
        for key in conditions.chain(deals).chain(states) {
            assert!(Say::knows(&key), "{key}");
        }
    }

    #[test]
    fn the_way_to_a_category_begins_at_home() {
        let category = catalog().find("electronics.phones");
        let way = category_way(&Say::new(Lang::EN), category);
        let hrefs: Vec<&str> = way.iter().map(|c| c.href.as_str()).collect();
        assert_eq!(hrefs, ["/", "/search?category=electronics", "/search?category=electronics.phones"]);
    }
}
