//! What the address of a search says. Read kindly: what cannot be understood is noted at its field and left out,
//! so that a link that somebody cut short still finds something.

use kernel::{Currency, Cursor, FieldErrors, Money, Wrong};
use kit::links::SearchLink;
use market::catalog::{Category, catalog};
use market::listings::model::{Condition, Deal};
use market::places::{self, Town};
use market::search::model::{Ask, Near, Sort};

/// Results on one page.
pub(super) const PAGE: usize = 24;
/// Kilometres that one may choose around a town, and what is meant when none is chosen.
pub(super) const RADII: [u32; 5] = [10, 25, 50, 100, 250];
pub(super) const RADIUS: u32 = 50;
/// How a filter by an attribute is called: "attr.colour".
pub(super) const ATTRIBUTE: &str = "attr.";

/// A search as it was asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Names and values as they stand in the address.
    pub link: SearchLink,
    pub ask: Ask,
    pub category: Option<&'static Category>,
    pub town: Option<&'static Town>,
    pub radius: u32,
    /// What `min` and `max` are written in.
    pub currency: Currency,
    pub errors: FieldErrors,
}

impl Asked {
    /// Reads a query. `home` is the currency of the marketplace.
    pub(super) fn read(query: &str, home: Currency) -> Self {
        let link = SearchLink::read(query);
        // The form always says in which currency; without a price it means nothing.
        let is_priced = link.value("min").or(link.value("max")).is_some();
        let link = if is_priced { link } else { link.without("currency") };
        let currency = link.value("currency").and_then(|c| c.parse().ok()).unwrap_or(home);
        let category = link.value("category").and_then(|c| catalog().find(c));
        let radius = link
            .value("radius_km")
            .and_then(|r| r.parse().ok())
            .filter(|r| RADII.contains(r))
            .unwrap_or(RADIUS);
        let mut errors = FieldErrors::none();
        let town = read_town(&link, &mut errors);
        let ask = Ask {
            text: link.value("q").unwrap_or_default().to_owned(),
            category: category.map(|c| c.id.clone()),
            min_price: read_price(&link, "min", currency, &mut errors),
            max_price: read_price(&link, "max", currency, &mut errors),
            conditions: values(&link, "condition").filter_map(Condition::find).collect(),
            deal: link.value("deal").and_then(Deal::find),
            delivery: link.value("delivery").filter(|d| matches!(*d, "ship" | "meet")).map(str::to_owned),
            near: town.map(|t| Near { lat: t.lat, lng: t.lng, radius_km: f64::from(radius) }),
            seller: link.value("seller").map(str::to_owned),
            attributes: read_attributes(&link),
            sort: read_sort(&link, town.is_some()),
            limit: PAGE,
            after: link.value("cursor").map(|c| Cursor(c.to_owned())),
            facets: true,
            ..Ask::default()
        };
        let mut asked = Self { link, ask, category, town, radius, currency, errors };
        // Amounts of different currencies cannot be compared, so a price is always in one.
        if asked.has_price() {
            asked.ask.currency = Some(currency.code().to_owned());
        }
        asked
    }

    pub(super) fn has_words(&self) -> bool {
        !self.ask.text.trim().is_empty()
    }

    pub(super) fn has_price(&self) -> bool {
        self.ask.min_price.is_some() || self.ask.max_price.is_some()
    }

    /// Whether the page is more than a plain list of a category: crawlers need not keep it.
    pub(super) fn is_filtered(&self) -> bool {
        self.link.pairs().any(|(name, _)| name != "category")
    }

    /// The address of this page for crawlers: of its category only.
    pub(super) fn canonical(&self) -> String {
        let plain = kit::links::search();
        self.category.map_or(plain.clone(), |c| plain.with("category", &c.id)).to_string()
    }

    /// Without any filter; the words, the category and the order stay.
    pub(super) fn cleared(&self) -> SearchLink {
        let keep = |name: &str| matches!(name, "q" | "category" | "sort" | "seller");
        self.link.pairs().filter(|(n, _)| keep(n)).fold(kit::links::search(), |link, (n, v)| link.with(n, v))
    }
}

/// Every value of a name.
pub(super) fn values<'a>(link: &'a SearchLink, name: &'a str) -> impl Iterator<Item = &'a str> {
    link.pairs().filter(move |(n, _)| *n == name).map(|(_, v)| v)
}

fn read_town(link: &SearchLink, errors: &mut FieldErrors) -> Option<&'static Town> {
    let typed = link.value("near")?;
    errors.take("near", places::find(typed).ok_or(Wrong::Because("wrong-location")))
}

fn read_price(link: &SearchLink, name: &str, currency: Currency, errors: &mut FieldErrors) -> Option<i64> {
    let typed = link.value(name)?;
    errors.take(name, Money::parse(typed, currency).ok_or(Wrong::NotAnAmount)).map(|m| m.amount)
}

/// Filters by attributes that there are; others are left out.
fn read_attributes(link: &SearchLink) -> Vec<(String, String)> {
    let pair = |(name, value): (&str, &str)| {
        let id = name.strip_prefix(ATTRIBUTE).filter(|id| catalog().attribute(id).is_some())?;
        Some((id.to_owned(), value.to_owned()))
    };
    link.pairs().filter_map(pair).collect()
}

/// The orders one may choose, the usual one first: by match only of words, by distance only from somewhere.
pub(super) fn sorts(words: bool, near: bool) -> Vec<(&'static str, Sort)> {
    let all = [
        (words, "relevance", Sort::Relevance),
        (true, "newest", Sort::Newest),
        (true, "price_asc", Sort::PriceAsc),
        (true, "price_desc", Sort::PriceDesc),
        (near, "distance", Sort::Distance),
    ];
    all.into_iter().filter(|(offered, ..)| *offered).map(|(_, name, sort)| (name, sort)).collect()
}

fn read_sort(link: &SearchLink, near: bool) -> Sort {
    let offered = sorts(link.value("q").is_some_and(|q| !q.trim().is_empty()), near);
    let chosen = offered.iter().find(|(name, _)| link.value("sort") == Some(name)).or(offered.first());
    chosen.map(|(_, sort)| *sort).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Asked {
        Asked::read(query, Currency::EUR)
    }

    #[test]
    fn reads_every_filter() {
        let asked = read(
            "q=bike&min=10&max=1%2C234.50&condition=good&condition=new&deal=barter&delivery=meet&near=Lyon%2C+FR\
             &radius_km=25&attr.colour=red&attr.colour=blue&sort=distance",
        );
        let ask = &asked.ask;
        assert_eq!((ask.text.as_str(), ask.min_price, ask.max_price), ("bike", Some(1000), Some(123_450)));
        assert_eq!(ask.currency.as_deref(), Some("EUR"));
        assert_eq!(ask.conditions, [Condition::Good, Condition::New]);
        assert_eq!(
            (ask.deal, ask.delivery.as_deref(), ask.sort),
            (Some(Deal::Barter), Some("meet"), Sort::Distance)
        );
        assert_eq!(ask.near.unwrap().radius_km, 25.0);
        assert_eq!(ask.attributes.len(), 2);
        assert!(asked.errors.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_noted_and_left_out() {
        let asked =
            read("min=cheap&near=Atlantis&condition=shiny&attr.dragons=yes&sort=distance&category=dragons");
        assert_eq!(asked.errors.iter().map(|(f, _)| f).collect::<Vec<_>>(), ["near", "min"]);
        assert_eq!(
            (asked.ask.min_price, asked.ask.near, asked.ask.sort),
            (None, None, Sort::Newest),
            "no words, no match"
        );
        assert!(
            asked.ask.conditions.is_empty()
                && asked.ask.attributes.is_empty()
                && asked.ask.category.is_none()
        );
        assert_eq!(asked.ask.currency, None, "without a price any currency will do");
    }

    #[test]
    fn only_plain_categories_are_for_crawlers() {
        assert!(!read("category=electronics").is_filtered());
        assert!(read("category=electronics&condition=good").is_filtered());
        assert_eq!(read("category=electronics&condition=good").canonical(), "/search?category=electronics");
        assert_eq!(read("q=a&condition=good&sort=newest").cleared().to_string(), "/search?q=a&sort=newest");
    }
}
