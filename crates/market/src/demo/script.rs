//! The demo's data, read from files that are part of the program.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A member of the demo.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberRow {
    pub handle: String,
    pub display_name: String,
    pub town: String,
    pub country: String,
    pub bio: String,
    pub avatar: Avatar,
}

/// A drawing on a ground.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Avatar {
    pub emoji: String,
    pub ground: String,
}

/// A listing of the demo.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListingRow {
    pub category: String,
    pub title: String,
    pub description: String,
    /// Minor units.
    pub price: Option<i64>,
    pub currency: String,
    pub condition: String,
    pub emoji: Vec<String>,
    pub ground: String,
    #[serde(default)]
    pub attributes: BTreeMap<String, toml::Value>,
    pub seller: String,
    pub quantity: Option<i64>,
    pub deal: Option<String>,
    pub wanted: Option<String>,
    pub delivery: Vec<String>,
    pub shipping: Option<i64>,
    #[serde(default)]
    pub offers: bool,
}

#[derive(Deserialize)]
struct Members {
    member: Vec<MemberRow>,
}

#[derive(Deserialize)]
struct Listings {
    listing: Vec<ListingRow>,
}

const LISTINGS: &[&str] = &[
    include_str!("../../data/demo/listings-electronics.toml"),
    include_str!("../../data/demo/listings-home.toml"),
    include_str!("../../data/demo/listings-fashion.toml"),
    include_str!("../../data/demo/listings-kids.toml"),
    include_str!("../../data/demo/listings-sports.toml"),
    include_str!("../../data/demo/listings-garden.toml"),
    include_str!("../../data/demo/listings-media.toml"),
    include_str!("../../data/demo/listings-games.toml"),
    include_str!("../../data/demo/listings-hobbies.toml"),
    include_str!("../../data/demo/listings-music.toml"),
    include_str!("../../data/demo/listings-health.toml"),
    include_str!("../../data/demo/listings-pets.toml"),
    include_str!("../../data/demo/listings-business.toml"),
    include_str!("../../data/demo/listings-art.toml"),
    include_str!("../../data/demo/listings-vehicles.toml"),
];

/// The members. Errors: the file does not parse.
pub(super) fn members() -> Result<Vec<MemberRow>, toml::de::Error> {
    Ok(toml::from_str::<Members>(include_str!("../../data/demo/members.toml"))?.member)
}

/// The listings of all files, shuffled together so that each file is spread over the whole time.
/// Errors: a file does not parse.
pub(super) fn listings() -> Result<Vec<ListingRow>, toml::de::Error> {
    let mut dealt = Vec::new();
    for (file, text) in LISTINGS.iter().enumerate() {
        let rows = toml::from_str::<Listings>(text)?.listing;
        let count = rows.len();
        // Neighbours in a file are of one kind: a stride that shares no factor with the count parts them.
        let stride = (count * 2 / 5..).find(|s| common_divisor(*s, count) == 1).unwrap_or(1);
        let mut places: Vec<usize> = (0..count).map(|n| n * stride % count).collect();
        for (row, place) in rows.into_iter().zip(places.drain(..)) {
            dealt.push(((2 * place + 1) * 1000 / count, file, row));
        }
    }
    dealt.sort_by_key(|(share, file, _)| (*share, *file));
    Ok(dealt.into_iter().map(|(_, _, row)| row).collect())
}

const fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// A value as a form would send it.
pub(super) fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog;
    use crate::places;

    #[test]
    fn the_script_is_whole() {
        let (members, listings) = (members().unwrap(), listings().unwrap());
        assert!(members.len() >= 50 && listings.len() >= 400, "{} {}", members.len(), listings.len());
        for member in &members {
            let label = format!("{}, {}", member.town, member.country);
            assert!(places::find(&label).is_some(), "{label}");
        }
        for listing in &listings {
            assert!(
                members.iter().any(|m| m.handle == listing.seller),
                "{}: {}",
                listing.title,
                listing.seller
            );
            assert!(!listing.emoji.is_empty(), "{}", listing.title);
        }
        for leaf in catalog().all().filter(|c| c.children.is_empty()) {
            assert!(listings.iter().any(|l| l.category == leaf.id), "nothing in {}", leaf.id);
        }
    }
}
