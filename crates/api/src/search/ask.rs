//! Reading a search: every mistake at once.

use crate::query::Query;
use kernel::limits::WHOLE_MAX;
use kernel::{Currency, Refusal, Wrong};
use market::accounts::model::Handle;
use market::catalog::catalog;
use market::listings::edit::FREE_VALUE_MAX;
use market::listings::model::{Condition, Deal};
use market::search::model::{Ask, Near, Sort};
use std::collections::BTreeSet;

/// The orders of results by their names.
pub(super) const SORTS: &[(&str, Sort)] = &[
    ("relevance", Sort::Relevance),
    ("newest", Sort::Newest),
    ("price_asc", Sort::PriceAsc),
    ("price_desc", Sort::PriceDesc),
    ("distance", Sort::Distance),
];

/// What `near` is written like, as a regular expression: degrees as `degrees` reads them, and how long it can be.
pub(super) const NEAR: &str = r"^-?(?:90(?:\.0{1,20})?|[1-8]?[0-9](?:\.[0-9]{1,20})?),-?(?:180(?:\.0{1,20})?|(?:1[0-7][0-9]|[1-9]?[0-9])(?:\.[0-9]{1,20})?)$";
pub(super) const NEAR_MAX: usize = 50;
/// Decimals of a degree.
const DECIMALS_MAX: usize = 20;
/// Attributes that one search filters by.
pub(super) const ATTRIBUTES_MAX: usize = 10;
/// Half of the way around the earth, and a little more, in kilometres.
pub(super) const RADIUS_MAX: f64 = 20_100.0;
/// A handle, with an @ before it or without.
pub(super) const SELLER_MAX: usize = Handle::MAX + 1;

/// Reads a search. Errors: every parameter that is wrong or does not exist.
pub(super) fn read(pairs: Vec<(String, String)>) -> Result<Ask, Refusal> {
    let mut it = Query::of(pairs);
    let category =
        |text: &str| catalog().find(text).or_else(|| catalog().by_path(text)).map(|c| c.id.clone());
    let mut ask = Ask {
        text: it.one("q").unwrap_or_default(),
        category: it.choice("category", category),
        min_price: amount(&mut it, "min_price"),
        max_price: amount(&mut it, "max_price"),
        currency: it.read::<Currency>("currency", Wrong::NotAChoice).map(|c| c.code().to_owned()),
        conditions: conditions(&mut it),
        deal: it.choice("deal", Deal::find),
        delivery: it.choice("delivery", |d| matches!(d, "ship" | "meet").then(|| d.to_owned())),
        near: near(&mut it),
        seller: it.text("seller", 1, SELLER_MAX),
        attributes: attributes(&mut it),
        sort: it
            .choice("sort", |s| SORTS.iter().find(|(name, _)| *name == s).map(|(_, sort)| *sort))
            .unwrap_or_default(),
        limit: it.limit(),
        after: it.cursor(),
        facets: it.flag("facets"),
    };
    if ask.sort == Sort::Distance && ask.near.is_none() {
        it.wrong("near", Wrong::Required);
    }
    ask.seller = ask.seller.map(|handle| handle.trim_start_matches('@').to_owned());
    it.end()?;
    Ok(ask)
}

/// An amount in minor units, none of which is below nothing.
fn amount(it: &mut Query, name: &str) -> Option<i64> {
    let amount = it.read::<i64>(name, Wrong::NotANumber)?;
    match amount {
        ..0 => it.wrong(name, Wrong::TooSmall { min: 0 }),
        n if n > WHOLE_MAX => it.wrong(name, Wrong::TooBig { max: WHOLE_MAX }),
        _ => {}
    }
    Some(amount)
}

fn conditions(it: &mut Query) -> Vec<Condition> {
    let values = it.all("condition");
    let found: Option<Vec<Condition>> = values.iter().map(|name| Condition::find(name)).collect();
    if found.is_none() {
        it.wrong("condition", Wrong::NotAChoice);
    } else if values.len() > Condition::ALL.len() {
        it.wrong("condition", Wrong::TooMany { max: Condition::ALL.len() });
    }
    found.unwrap_or_default()
}

/// Filters by attributes that there are.
fn attributes(it: &mut Query) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (id, value) in it.beginning("attr.") {
        match (catalog().attribute(&id), kernel::text::bounded(value, 1, FREE_VALUE_MAX)) {
            (Some(attribute), Ok(value)) => found.push((id, attribute.read(&value).unwrap_or(value))),
            (Some(_), Err(wrong)) => it.wrong(&format!("attr.{id}"), wrong),
            (None, _) => it.wrong(&format!("attr.{id}"), Wrong::Unknown),
        }
    }
    let ids: BTreeSet<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    if ids.len() > ATTRIBUTES_MAX {
        it.wrong("attributes", Wrong::TooMany { max: ATTRIBUTES_MAX });
    }
    found
}

/// A place on the globe, and how far around it.
fn near(it: &mut Query) -> Option<Near> {
    let radius = it.read::<f64>("radius_km", Wrong::NotANumber);
    if radius.is_some_and(|r| !(r > 0.0 && r <= RADIUS_MAX)) {
        it.wrong("radius_km", Wrong::Because("wrong-radius"));
    }
    let Some(place) = it.one("near") else {
        if radius.is_some() {
            it.wrong("near", Wrong::Required);
        }
        return None;
    };
    let point =
        place.split_once(',').and_then(|(lat, lng)| Some((degrees(lat, 90.0)?, degrees(lng, 180.0)?)));
    let Some((lat, lng)) = point else {
        it.wrong("near", Wrong::Because("wrong-near"));
        return None;
    };
    Some(Near { lat, lng, radius_km: radius.unwrap_or(f64::INFINITY) })
}

/// Degrees as people and programs write them, and nothing else that could be read as a number.
fn degrees(text: &str, max: f64) -> Option<f64> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let is_plain = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let is_short = digits(decimals) && decimals.len() <= DECIMALS_MAX;
    text.parse::<f64>().ok().filter(|degrees| is_plain && is_short && degrees.abs() <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &[(&str, &str)]) -> Result<Ask, Vec<String>> {
        read(query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()).map_err(|refusal| {
            match refusal {
                Refusal::Fields(errors) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
                other => vec![other.to_string()],
            }
        })
    }

    #[test]
    fn reads_every_filter() {
        let ask = asked(&[
            ("q", "bike"),
            ("category", "Vehicles > Cars"),
            ("min_price", "100"),
            ("currency", "EUR"),
            ("condition", "good"),
            ("condition", "new"),
            ("condition", "fair"),
            ("deal", "barter"),
            ("near", "45.76,4.83"),
            ("radius_km", "25"),
            ("attr.fuel", "petrol"),
            ("sort", "distance"),
            ("facets", "true"),
        ])
        .unwrap();
        assert_eq!(
            (ask.category.as_deref(), ask.min_price, ask.conditions.len()),
            (Some("vehicles.cars"), Some(100), 3)
        );
        assert_eq!(ask.near, Some(Near { lat: 45.76, lng: 4.83, radius_km: 25.0 }));
        assert_eq!((ask.sort, ask.facets, ask.attributes.len()), (Sort::Distance, true, 1));
    }

    #[test]
    fn names_every_mistake() {
        let bad = [
            ("category", "dragons"),
            ("min_price", "cheap"),
            ("currency", "eur"),
            ("condition", "shiny"),
            ("near", "91,0"),
            ("radius_km", "-1"),
            ("sort", "best"),
            ("limit", "1000"),
            ("admin", "1"),
            ("attr.flux", "1"),
        ];
        let mut fields = asked(&bad).unwrap_err();
        fields.sort_unstable();
        let mut expected: Vec<&str> = bad.iter().map(|(name, _)| *name).collect();
        expected.sort_unstable();
        assert_eq!(fields, expected);
        assert_eq!(asked(&[("sort", "distance")]).unwrap_err(), ["near"]);
        assert_eq!(asked(&[("near", "NaN,0")]).unwrap_err(), ["near"]);
    }

    #[test]
    fn degrees_are_written_one_way() {
        for good in ["0", "-0", "-90", "90.000", "4.83", "45.764043591234567", "0.5"] {
            assert!(degrees(good, 90.0).is_some(), "{good}");
        }
        for bad in
            ["", "-", "90.1", "91", "+4", "04", " 4", "4 ", ".5", "4.", "1e1", "NaN", "inf", "4.8.3", "--4"]
        {
            assert!(degrees(bad, 90.0).is_none(), "{bad:?}");
        }
        assert!(degrees(&format!("4.{}", "1".repeat(21)), 90.0).is_none());
    }

    /// What the description does not promise is refused: nothing, lists in one value, and what is larger than it says.
    #[test]
    fn values_are_what_is_described() {
        let (long, longer) = ("x".repeat(201), "x".repeat(501));
        for (name, value) in [
            ("near", ""),
            ("near", "45.76, 4.83"),
            ("currency", ""),
            ("category", ""),
            ("condition", "good,new"),
            ("seller", ""),
            ("seller", long.as_str()),
            ("min_price", "9007199254740992"),
            ("radius_km", ""),
            ("attr.brand", ""),
            ("attr.brand", long.as_str()),
            ("cursor", longer.as_str()),
        ] {
            assert_eq!(asked(&[(name, value)]).unwrap_err()[0], name, "{value}");
        }
        assert_eq!(asked(&[("condition", "new"); 6]).unwrap_err(), ["condition"]);
        let names: Vec<String> = catalog().attribute_ids().iter().map(|id| format!("attr.{id}")).collect();
        let by: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
        assert!(asked(&by[..ATTRIBUTES_MAX]).is_ok());
        assert_eq!(asked(&by[..=ATTRIBUTES_MAX]).unwrap_err(), ["attributes"]);
        assert!(asked(&[("q", ""), ("max_price", "9007199254740991"), ("seller", "@ann")]).is_ok());
    }

    #[test]
    fn words_for_every_mistake() {
        assert!(["wrong-near", "wrong-radius"].iter().all(|key| kernel::Say::knows(key)));
    }
}
