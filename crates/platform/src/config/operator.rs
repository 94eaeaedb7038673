//! Who runs the marketplace, and what it writes for the books.

use super::Config;
use super::check::{Found, note};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Characters of each of the operator's lines: the schemas of yearly reports have room for as much.
const LINE_MAX: usize = 200;

/// Who runs the marketplace: stands on receipts and invoices, and in yearly reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Operator {
    /// As it is registered.
    pub name: String,
    /// Street and town, on one line; on documents a comma ends a line.
    pub address: String,
    /// ISO 3166-1 alpha-2: whose taxes are at home, and whose day it is on documents.
    pub country: String,
    /// Its number for taxes.
    pub vat_id: String,
    /// Where it is registered, and under which number.
    pub registration: String,
    pub email: String,
}

impl Default for Operator {
    fn default() -> Self {
        let none = String::new;
        Self {
            name: none(),
            address: none(),
            country: "DE".to_owned(),
            vat_id: none(),
            registration: none(),
            email: none(),
        }
    }
}

/// Receipts and invoices.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Documents {
    /// A folder with further fonts.
    pub fonts: Option<PathBuf>,
}

impl Operator {
    fn lines(&self) -> [(&'static str, &str); 5] {
        [
            ("operator.name", &self.name),
            ("operator.address", &self.address),
            ("operator.vat_id", &self.vat_id),
            ("operator.registration", &self.registration),
            ("operator.email", &self.email),
        ]
    }

    /// What documents of a marketplace for others lack.
    pub(super) fn missing(&self) -> Option<String> {
        let asked = self.lines().into_iter().filter(|(key, _)| *key != "operator.email");
        let empty: Vec<&str> = asked.filter(|(_, text)| text.trim().is_empty()).map(|(key, _)| key).collect();
        let empty = empty.join(", ");
        (!empty.is_empty())
            .then(|| format!("{empty} not set: receipts and invoices say less than the law asks for"))
    }
}

pub(super) fn check(config: &Config, found: &mut Vec<Found>) {
    let country = &config.operator.country;
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        note(found, "operator.country", "not a country", "Write two capital letters: DE, FR, NG.");
    }
    for (key, text) in config.operator.lines() {
        if text.chars().count() > LINE_MAX || text.chars().any(char::is_control) {
            note(found, key, "too long, or of more than one line", "Write at most 200 characters.");
        }
    }
    if let Some(fonts) = config.documents.fonts.as_ref().filter(|folder| !folder.is_dir()) {
        let problem = format!("there is no folder {}", fonts.display());
        let fix = "Name a folder with fonts (.ttf, .otf); a relative path starts at the working directory.";
        note(found, "documents.fonts", &problem, fix);
    }
}
