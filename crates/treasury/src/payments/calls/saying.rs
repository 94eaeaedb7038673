//! What became of a call of which nobody knew: somebody looked at the provider's, and says so.

use super::watching::go_on;
use super::{store, ticket};
use crate::tickets;
use kernel::{FieldErrors, MemberId, Refusal, Wrong};
use people::staff::model::Reason;
use platform::{Tx, audit};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Characters of a provider's id.
const REFERENCE_MAX: usize = 255;

/// What somebody found at the provider's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BecameOf {
    /// It was done; the provider calls it so.
    Done { reference: String },
    /// It was not done, and will be sent again.
    NotDone,
}

/// Keeps what somebody says of a call of which nobody knew, and goes on with it. Errors: `NotFound`;
/// `Conflict("call-known")` when it is not unknown; the field `reference`.
pub async fn say(
    tx: &mut Tx,
    by: MemberId,
    key: &str,
    became: &BecameOf,
    why: &Reason,
) -> Result<(), Refusal> {
    check(became)?;
    let before = store::lock(tx, key).await?.ok_or(Refusal::NotFound)?;
    if before.state != "unknown" {
        return Err(Refusal::Conflict("call-known"));
    }
    let (state, response) = match became {
        BecameOf::Done { reference } => ("answered", json!({ "reference": reference.trim() })),
        BecameOf::NotDone => ("not_done", json!({ "error": "a person found that it was not done" })),
    };
    store::say(tx, key, state, &response).await?;
    let (operation, subject) = store::about(tx, key).await?.ok_or(Refusal::NotFound)?;
    let detail = json!({
        "call": key,
        "operation": operation,
        "became": state,
        "said": response,
        "reason": why.as_str(),
    });
    audit::write(tx, Some(by), "payments.say", ("provider_call", subject), detail).await?;
    tickets::close(tx, &ticket(key), why.as_str()).await?;
    go_on(tx, &operation, subject).await
}

fn check(became: &BecameOf) -> Result<(), FieldErrors> {
    let BecameOf::Done { reference } = became else { return Ok(()) };
    let reference = reference.trim();
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if reference.is_empty() {
        return Err(FieldErrors::one("reference", Wrong::Required));
    }
    if reference.len() > REFERENCE_MAX || !reference.bytes().all(fits) {
        return Err(FieldErrors::one("reference", Wrong::Because("wrong-reference")));
    }
    Ok(())
}
