//! What an engine is asked, and what it answers.

use kernel::{Currency, LegId, Money, Refusal, TaxPlace, Wrong};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Date;

/// What of an order is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    Item,
    Shipping,
    BuyerFee,
    Commission,
}

impl PartKind {
    const ALL: [Self; 4] = [Self::Item, Self::Shipping, Self::BuyerFee, Self::Commission];

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Shipping => "shipping",
            Self::BuyerFee => "buyer_fee",
            Self::Commission => "commission",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// One part of a sale.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub kind: PartKind,
    /// Of an item.
    pub leg: Option<LegId>,
    pub category: Option<String>,
    /// What it costs, with taxes that are within the price.
    pub amount: Money,
}

/// Who sells, for the tax office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SellerClass {
    Private,
    Business,
}

impl SellerClass {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Business => "business",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::Private, Self::Business].into_iter().find(|class| class.name() == name)
    }
}

/// A number by which a business is known to the tax offices of the European Union: two letters of the country, then
/// letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VatId(String);

impl VatId {
    /// Reads one, without spaces, dots and dashes. `None` for what cannot be one; whether there is such a business is
    /// not asked.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        let bare = bare.to_ascii_uppercase();
        let fits = (4..=14).contains(&bare.len())
            && bare.bytes().all(|b| b.is_ascii_alphanumeric())
            && bare.bytes().take(2).all(|b| b.is_ascii_uppercase());
        fits.then_some(Self(bare))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is sold by whom from where to where.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    pub parts: Vec<Part>,
    pub from: TaxPlace,
    pub to: TaxPlace,
    /// Of the address that it is sent to: in some countries a tax is that of a town.
    pub postcode: Option<String>,
    pub seller: SellerClass,
    /// The buyer's, if they buy for a business.
    pub buyer_business: Option<VatId>,
    pub currency: Currency,
    /// The day of the sale where the seller is: rates begin and end at midnight there.
    pub day: Date,
}

impl Question {
    /// SHA-256 of everything that is asked: who answered another question has not answered this one. Errors: it cannot
    /// be written as JSON.
    pub fn print(&self) -> Result<[u8; 32], serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).into())
    }
}

/// Who owes a tax to the tax office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liable {
    Platform,
    Seller,
    /// There is none, or none is counted.
    Nobody,
}

impl Liable {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Seller => "seller",
            Self::Nobody => "none",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::Platform, Self::Seller, Self::Nobody].into_iter().find(|liable| liable.name() == name)
    }
}

/// What was decided about one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub part: PartKind,
    pub leg: Option<LegId>,
    pub liable: Liable,
    pub place: TaxPlace,
    /// What the tax is counted on.
    pub base: Money,
    /// Millionths.
    pub rate_ppm: i32,
    pub amount: Money,
    /// Within the price, or on top of it.
    pub included: bool,
    /// Who decided: the engine and the version of its rules.
    pub engine: String,
    pub rules: String,
    /// The row of the matrix of liability.
    pub because: String,
    /// What it was decided from.
    pub inputs: Value,
    /// The engine's own name for it.
    pub engine_ref: Option<String>,
}

/// An engine's answer.
#[derive(Clone, Debug)]
pub struct Assessed {
    pub decisions: Vec<Decision>,
    /// Of the question.
    pub print: [u8; 32],
}

impl Assessed {
    /// The decisions, if they were made about this question. Errors: `Conflict("taxes-changed")` when something is sold
    /// otherwise than was asked.
    pub fn about(&self, question: &Question) -> Result<&[Decision], Refusal> {
        if question.print().map_err(Refusal::broken)? == self.print {
            Ok(&self.decisions)
        } else {
            Err(Refusal::Conflict("taxes-changed"))
        }
    }
}

/// Why an engine did not answer.
#[derive(Debug, thiserror::Error)]
pub enum TaxError {
    #[error("taxes cannot be counted now: {0}")]
    Unavailable(String),
    /// Whoever counts does not know where the buyer is.
    #[error("taxes cannot be counted for this address")]
    Address,
    #[error("taxes cannot be counted: {0}")]
    Broken(String),
}

impl From<TaxError> for Refusal {
    fn from(error: TaxError) -> Self {
        match error {
            TaxError::Unavailable(_) => Self::Unavailable("taxes"),
            TaxError::Address => {
                Self::field("delivery/address/postcode", Wrong::Because("wrong-postcode-for-taxes"))
            }
            TaxError::Broken(_) => Self::broken(error),
        }
    }
}
