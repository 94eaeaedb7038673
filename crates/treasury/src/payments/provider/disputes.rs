//! What buyers ask their banks, and what is answered.

use kernel::{Moment, Money};
use serde::Serialize;

/// Where a dispute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    /// The bank asks; no money has moved.
    Inquiry,
    InquiryReview,
    InquiryClosed,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
    /// It was settled before it became one.
    Prevented,
}

/// A dispute as the provider sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderDispute {
    pub reference: String,
    /// The provider's id of the payment.
    pub payment: String,
    pub charge: Option<String>,
    pub state: DisputeState,
    pub amount: Money,
    pub fee: Money,
    /// The network's word for it.
    pub reason: String,
    pub due_by: Option<Moment>,
    /// The lines of the provider's statement that belong to it.
    pub lines: Vec<String>,
}

/// Something that is shown to the bank.
#[derive(Clone)]
pub enum Exhibit {
    Words(String),
    File { name: String, content_type: &'static str, bytes: Vec<u8> },
}

/// What people wrote to each other is in it.
impl std::fmt::Debug for Exhibit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Words(words) => write!(f, "Words({} bytes)", words.len()),
            Self::File { name, bytes, .. } => write!(f, "File({name}, {} bytes)", bytes.len()),
        }
    }
}
