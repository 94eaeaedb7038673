//! A row of a catalogue.

use crate::listings::edit::Raw;
use crate::listings::model::Title;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// One thing to sell, as a catalogue writes it. In NDJSON the price is in minor units, in CSV a decimal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    #[serde(deserialize_with = "text_or_number")]
    pub external_id: String,
    pub title: String,
    pub description: String,
    /// "A > B > C", names in any of the languages, or an id of the tree.
    pub category: String,
    pub price: Option<i64>,
    /// The price as CSV writes it.
    #[serde(skip)]
    pub price_decimal: Option<String>,
    pub currency: String,
    pub condition: String,
    pub quantity: Option<i64>,
    pub attributes: BTreeMap<String, serde_json::Value>,
    /// Pictures, relative to the catalogue's folder.
    pub image_paths: Vec<String>,
    /// "Lyon, FR".
    pub location: Option<String>,
    pub deal: Option<String>,
    pub wanted: Option<String>,
    pub open_to_offers: Option<bool>,
    pub delivery: Option<Vec<String>>,
    /// Minor units.
    pub shipping_price: Option<i64>,
}

fn text_or_number<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    match serde_json::Value::deserialize(d)? {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Number(number) => Ok(number.to_string()),
        _ => Err(serde::de::Error::custom("external_id is a text or a number")),
    }
}

impl Row {
    /// One line of NDJSON. Errors: a sentence.
    pub fn from_json(line: &str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|e| format!("not a row: {e}"))
    }

    /// One record of CSV under its header. Columns `attributes.NAME` are attributes, `image_paths` are parted
    /// by `|`, `delivery` by spaces.
    pub fn from_csv(header: &csv::StringRecord, record: &csv::StringRecord) -> Result<Self, String> {
        let mut row = Self::default();
        for (name, value) in
            header.iter().zip(record).map(|(n, v)| (n.trim(), v.trim())).filter(|(_, v)| !v.is_empty())
        {
            match name {
                "external_id" => row.external_id = value.to_owned(),
                "title" => row.title = value.to_owned(),
                "description" => row.description = value.to_owned(),
                "category" => row.category = value.to_owned(),
                "price" => row.price_decimal = Some(value.to_owned()),
                "currency" => row.currency = value.to_owned(),
                "condition" => row.condition = value.to_owned(),
                "quantity" => {
                    row.quantity =
                        Some(value.parse().map_err(|_| "quantity: enter a whole number".to_owned())?)
                }
                "location" => row.location = Some(value.to_owned()),
                "deal" => row.deal = Some(value.to_owned()),
                "wanted" => row.wanted = Some(value.to_owned()),
                "delivery" => row.delivery = Some(value.split_whitespace().map(str::to_owned).collect()),
                "image_paths" => row.image_paths = value.split('|').map(|p| p.trim().to_owned()).collect(),
                other => {
                    if let Some(id) = other.strip_prefix("attributes.") {
                        row.attributes.insert(id.to_owned(), value.into());
                    }
                }
            }
        }
        Ok(row)
    }

    /// As a listing's fields. A title that is too long is cut at a word, and the whole of it opens the
    /// description.
    pub fn into_raw(self) -> Raw {
        let (title, description) = fit_title(&self.title, self.description);
        let attributes = self.attributes.into_iter().map(|(id, value)| (id, plain(value))).collect();
        Raw {
            title: Some(title),
            description: Some(description),
            category: Some(self.category),
            condition: Some(if self.condition.is_empty() { "used".to_owned() } else { self.condition }),
            price: self.price_decimal,
            price_minor: self.price,
            currency: (!self.currency.is_empty()).then_some(self.currency),
            open_to_offers: self.open_to_offers,
            deal: self.deal,
            wanted: self.wanted,
            quantity: Some(self.quantity.unwrap_or(1).to_string()),
            delivery: Some(self.delivery.unwrap_or_else(|| vec!["ship".to_owned()])),
            shipping: None,
            shipping_minor: self.shipping_price,
            location: self.location,
            attributes: Some(attributes),
            free_attributes: true,
        }
    }
}

fn plain(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn fit_title(title: &str, description: String) -> (String, String) {
    let title = kernel::text::clean(title, false);
    if title.chars().count() <= Title::MAX {
        return (title, description);
    }
    let room: String = title.chars().take(Title::MAX - 1).collect();
    let cut = room.rsplit_once(' ').map_or(room.as_str(), |(head, _)| head);
    (format!("{cut}…"), format!("{title}\n\n{description}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_json_and_csv_alike() {
        let json = r#"{"external_id": 7, "title": "A lamp", "price": 1250, "currency": "EUR", "attributes": {"watts": 40}, "extra": 1}"#;
        let row = Row::from_json(json).unwrap();
        assert_eq!((row.external_id.as_str(), row.price), ("7", Some(1250)));
        assert_eq!(row.into_raw().attributes.unwrap()["watts"], "40");
        let header = csv::StringRecord::from(vec!["external_id", "title", "price", "attributes.watts"]);
        let record = csv::StringRecord::from(vec!["7", "A lamp", "12.50", "40"]);
        let raw = Row::from_csv(&header, &record).unwrap().into_raw();
        assert_eq!(raw.price.as_deref(), Some("12.50"));
        assert!(Row::from_json("{").is_err());
    }

    #[test]
    fn long_titles_are_cut_at_a_word_and_kept_whole() {
        let long = "word ".repeat(40);
        let (title, description) = fit_title(&long, "More.".to_owned());
        assert!(title.chars().count() <= Title::MAX && title.ends_with("word…"));
        assert!(description.starts_with(long.trim()) && description.ends_with("More."));
    }
}
