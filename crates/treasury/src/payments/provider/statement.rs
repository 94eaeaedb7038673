//! The provider's own books about us.

use kernel::{Currency, Moment};
use serde_json::Value;

/// A line of the provider's statement. Signed, as it changed the balance: `net = amount - fee`, minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderLine {
    pub reference: String,
    /// The provider's word for it.
    pub kind: String,
    pub amount: i64,
    pub fee: i64,
    pub net: i64,
    pub currency: Currency,
    /// The provider's id of what it is about.
    pub source: Option<String>,
    pub at: Moment,
    pub available_on: Moment,
    /// As it came.
    pub raw: Value,
}

/// What the provider says that it holds, minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderBalance {
    pub currency: Currency,
    pub pending: i64,
    pub available: i64,
    pub reserved: i64,
}

/// A piece of the statement.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    pub lines: Vec<ProviderLine>,
    /// Where the next piece begins; `None` when there is none yet.
    pub next: Option<String>,
}
