//! What the operator owes tax offices, what they are told, and where rates between currencies come from.

use super::check::{Found, note};
use super::{Config, PaymentProvider};
use serde::{Deserialize, Serialize};
use url::Url;

/// By whose rules the yearly report of the European Union is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dac7Profile {
    /// The schema of the OECD, which most member states take.
    Eu,
    /// That of France.
    Fr,
}

/// Who counts taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxEngine {
    /// The tables that come with the program.
    Table,
    /// Stripe, where the payments are made by it too.
    Stripe,
    /// Nobody.
    Nothing,
}

/// What the operator owes tax offices, and what they are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tax {
    pub engine: TaxEngine,
    /// The operator's own number at their tax office; in France the SIREN.
    pub number: String,
    pub dac7_profile: Dac7Profile,
    /// Sellers near the limits of yearly reports are asked who they are, and nothing is paid out to who does not say it.
    pub ask_sellers: bool,
}

impl Default for Tax {
    fn default() -> Self {
        Self {
            engine: TaxEngine::Table,
            number: String::new(),
            dac7_profile: Dac7Profile::Eu,
            ask_sellers: true,
        }
    }
}

/// Rates between currencies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// They are fetched every six hours.
    pub enabled: bool,
    /// A file as the European Central Bank publishes it.
    pub url: String,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            enabled: false,
            url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml".to_owned(),
        }
    }
}

pub(super) fn check(config: &Config, found: &mut Vec<Found>) {
    let has_stripe = config.payments.provider == PaymentProvider::Live && config.stripe.secret_key.is_some();
    if config.tax.engine == TaxEngine::Stripe && !has_stripe {
        let fix = "Set stripe.secret_key, and payments.provider to live; or write table.";
        note(found, "tax.engine", "Stripe is not used", fix);
    }
    let number = &config.tax.number;
    if number.chars().count() > 200 || number.chars().any(char::is_control) {
        note(found, "tax.number", "too long, or of more than one line", "Write at most 200 characters.");
    }
    let is_siren = number.len() == 9 && number.bytes().all(|b| b.is_ascii_digit());
    if config.tax.dac7_profile == Dac7Profile::Fr && !number.is_empty() && !is_siren {
        note(found, "tax.number", "not a SIREN", "Write its nine digits, without spaces.");
    }
    if !Url::parse(&config.rates.url)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    {
        note(found, "rates.url", "not an address", "Write the address of a file, beginning with https://.");
    }
}
