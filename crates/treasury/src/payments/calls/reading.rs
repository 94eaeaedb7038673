//! Calls, for staff to look at.

use super::super::hiding::without_secrets;
use super::super::store::reading as store;
use kernel::{Moment, Money, Refusal};
use platform::Reader;
use serde_json::Value;
use uuid::Uuid;

/// A call in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub key: String,
    pub provider: String,
    /// "refund", "transfer" …
    pub operation: String,
    /// sending, answered, refused, not_done or unknown.
    pub state: String,
    pub tries: i32,
    pub created_at: Moment,
}

/// A call, whole.
#[derive(Clone, Debug)]
pub struct Whole {
    pub listed: Listed,
    /// What of ours it is about.
    pub subject: Uuid,
    /// The seller's own account there.
    pub account: Option<String>,
    /// The last request.
    pub method: String,
    pub path: String,
    pub status: Option<i16>,
    /// The provider's id of the last request: what its support asks for.
    pub request: Option<String>,
    pub asked: Value,
    pub answered: Option<Value>,
    pub answered_at: Option<Moment>,
    pub unknown_since: Option<Moment>,
    /// Oldest first.
    pub all_tries: Vec<Try>,
}

impl Whole {
    /// The money that was asked for, where it is about any.
    pub fn amount(&self) -> Option<Money> {
        serde_json::from_value(self.asked.get("amount")?.clone()).ok()
    }
}

/// A sending of it, or a look-up in its place.
#[derive(Clone, Debug)]
pub struct Try {
    pub n: i32,
    pub sent_at: Moment,
    pub ended_at: Moment,
    /// answered, declined, invalid, retryable, unknown or found.
    pub outcome: String,
    pub status: Option<i16>,
    pub detail: String,
}

/// Which calls somebody wants to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub provider: Option<String>,
    pub operation: Option<String>,
    /// About one thing of ours.
    pub subject: Option<Uuid>,
}

/// The states that a call can be in.
pub const STATES: [&str; 5] = ["sending", "answered", "refused", "not_done", "unknown"];

/// The newest calls, at most `limit`.
pub async fn newest(reader: &mut Reader, filter: &Filter, limit: i64) -> Result<Vec<Listed>, Refusal> {
    Ok(store::newest(reader, filter, limit).await?)
}

/// How many calls there are of which nobody knows what became.
pub async fn unknown(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::unknown(reader).await?)
}

/// One call. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, key: &str) -> Result<Whole, Refusal> {
    let mut found = store::find(reader, key).await?.ok_or(Refusal::NotFound)?;
    found.all_tries = store::tries(reader, key).await?;
    found.asked = without_secrets(found.asked);
    found.answered = found.answered.map(without_secrets);
    Ok(found)
}
