//! The catalogue that is measured with: always the same for the same number of rows. It is spread over all
//! categories of the marketplace and over its towns; it has no pictures.

use crate::random::Random;
use crate::words::{COLOURS, CONDITIONS, MAKERS, PARTS, QUALITIES, THINGS};
use anyhow::Context;
use serde_json::{Value, json};
use std::io::Write;

/// Every hundredth listing has this many pieces, so that buying never empties the shelf.
const PIECES: usize = 10_000;
/// One in this many listings can be bought again and again.
const BULK: usize = 100;
const SEED: u64 = 20_260_101;

const CATEGORIES: &str = include_str!("../../market/data/categories.toml");
const TOWNS: &str = include_str!("../../market/data/towns.csv");

/// The ids of all categories, in the order of their file.
pub fn categories() -> anyhow::Result<Vec<String>> {
    let file: toml::Table = toml::from_str(CATEGORIES).context("the categories cannot be read")?;
    let all = file.get("category").and_then(toml::Value::as_array);
    let id = |category: &toml::Value| Some(category.get("id")?.as_str()?.to_owned());
    all.map(|all| all.iter().filter_map(id).collect()).context("the categories are not where they were")
}

fn towns() -> Vec<String> {
    let label = |line: &str| {
        let mut fields = line.split(',');
        Some(format!("{}, {}", fields.next()?, fields.next()?))
    };
    TOWNS.lines().skip(1).filter_map(label).collect()
}

/// Writes `rows` listings, one JSON object a line.
pub fn write(rows: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    let (categories, towns) = (categories()?, towns());
    let mut random = Random::seeded(SEED);
    for n in 0..rows {
        serde_json::to_writer(&mut *out, &listing(n, &mut random, &categories, &towns))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn listing(n: usize, random: &mut Random, categories: &[String], towns: &[String]) -> Value {
    let (quality, maker, thing) = (random.word(QUALITIES), random.word(MAKERS), random.word(THINGS));
    let swaps = random.chance(10);
    json!({
        "external_id": format!("bench-{n}"),
        "title": format!("{maker} {thing}, {quality}, no. {n}"),
        "description": description(random, maker, thing),
        "category": categories.get(random.below(categories.len())),
        "price": 100 + random.below(250_000),
        "currency": "EUR",
        "condition": random.word(CONDITIONS),
        "quantity": if is_bulk(n) { PIECES } else { 1 + random.below(3) },
        "attributes": { "brand": maker, "colour": random.word(COLOURS) },
        "location": towns.get(random.below(towns.len())),
        "deal": if swaps { "both" } else { "cash" },
        "wanted": if swaps { random.word(THINGS) } else { "" },
        "open_to_offers": random.chance(30),
        "delivery": ["ship", "meet"],
        "shipping_price": 490 + 100 * random.below(15),
    })
}

/// Whether listing `n` has pieces enough for every buyer.
pub const fn is_bulk(n: usize) -> bool {
    n.is_multiple_of(BULK)
}

fn description(random: &mut Random, maker: &str, thing: &str) -> String {
    let mut text = format!("A {thing} by {maker}");
    for _ in 0..4 + random.below(9) {
        text.push_str(if random.chance(30) { ". It comes " } else { ", " });
        text.push_str(random.word(PARTS));
        text.push_str(if random.chance(40) { " and " } else { ", next to the " });
        text.push_str(random.word(THINGS));
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(rows: usize) -> String {
        let mut out = Vec::new();
        write(rows, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn is_the_same_every_time_and_a_larger_one_begins_with_the_smaller() {
        let (small, large) = (made(50), made(60));
        assert!(large.starts_with(&small));
        assert_eq!(small.lines().count(), 50);
    }

    #[test]
    fn every_row_can_be_published() {
        for line in made(300).lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            assert!(row["title"].as_str().unwrap().len() <= 120, "{line}");
            assert!(row["price"].as_u64().unwrap() >= 100 && row["category"].is_string(), "{line}");
            assert!(row["location"].is_string() && row["quantity"].as_u64().unwrap() >= 1, "{line}");
            assert!(row["deal"] == "cash" || row["wanted"] != "", "{line}");
        }
    }
}
