//! Reading a search: every mistake at once.

use crate::query::Query;
use kernel::{Currency, Refusal, Wrong};
use market::catalog::catalog;
use market::listings::model::{Condition, Deal};
use market::search::model::{Ask, Near, Sort};

/// The orders of results by their names.
pub(super) const SORTS: &[(&str, Sort)] = &[
    ("relevance", Sort::Relevance),
    ("newest", Sort::Newest),
    ("price_asc", Sort::PriceAsc),
    ("price_desc", Sort::PriceDesc),
    ("distance", Sort::Distance),
];

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
        seller: it.one("seller"),
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
    if amount < 0 {
        it.wrong(name, Wrong::TooSmall { min: 0 });
    }
    Some(amount)
}

fn conditions(it: &mut Query) -> Vec<Condition> {
    let values = it.all("condition");
    let names = values.iter().flat_map(|v| v.split(','));
    let found: Option<Vec<Condition>> = names.map(Condition::find).collect();
    if found.is_none() {
        it.wrong("condition", Wrong::NotAChoice);
    }
    found.unwrap_or_default()
}

/// Filters by attributes that there are.
fn attributes(it: &mut Query) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (id, value) in it.beginning("attr.") {
        match catalog().attribute(&id) {
            Some(attribute) => found.push((id, attribute.read(&value).unwrap_or(value))),
            None => it.wrong(&format!("attr.{id}"), Wrong::Unknown),
        }
    }
    found
}

/// A place on the globe, and how far around it.
fn near(it: &mut Query) -> Option<Near> {
    let radius = it.read::<f64>("radius_km", Wrong::NotANumber);
    if radius.is_some_and(|r| !(r > 0.0 && r <= 20_100.0)) {
        it.wrong("radius_km", Wrong::Because("wrong-radius"));
    }
    let Some(place) = it.one("near") else {
        if radius.is_some() {
            it.wrong("near", Wrong::Required);
        }
        return None;
    };
    let read = |text: &str, max: f64| text.trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= max);
    let point = place.split_once(',').and_then(|(lat, lng)| Some((read(lat, 90.0)?, read(lng, 180.0)?)));
    let Some((lat, lng)) = point else {
        it.wrong("near", Wrong::Because("wrong-near"));
        return None;
    };
    Some(Near { lat, lng, radius_km: radius.unwrap_or(f64::INFINITY) })
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
            ("condition", "good,new"),
            ("condition", "fair"),
            ("deal", "barter"),
            ("near", "45.76, 4.83"),
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
    fn words_for_every_mistake() {
        assert!(["wrong-near", "wrong-radius"].iter().all(|key| kernel::Say::knows(key)));
    }
}
