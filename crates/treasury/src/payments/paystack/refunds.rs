//! Refunds. They have no reference: our id goes with them as a note, by which one is found again in the list.

use super::super::model::RefundState;
use super::super::provider::{LookUp, NewRefund, ProviderError, ProviderRefund};
use super::client::{Ask, Client};
use super::said::{data, is_last, money, must, rows, stamp, text, whole};
use kernel::{Currency, Moment, RefundId};
use platform::config::Secret;
use serde_json::{Value, json};
use time::Duration;

/// From when on a refund that is not in the list is none: it may be asked for again.
pub(super) const ABSENT_AFTER: Duration = Duration::minutes(10);
/// How far their clock may be from ours.
const APART: Duration = Duration::hours(1);
/// Rows that are asked for at once, and how often, before it is given up.
const PIECE: usize = 100;
const PIECES_MAX: usize = 50;

pub(super) fn create(new: &NewRefund) -> Ask {
    let body = json!({
        "transaction": new.payment_ref,
        "amount": new.amount.amount,
        "currency": new.amount.currency,
        "merchant_note": new.ours.to_string(),
    });
    Ask::make("/refund", body)
}

pub(super) fn fetch(reference: &str) -> Ask {
    Ask::read("/refund/{id}").about(reference)
}

pub(super) fn list(from: Moment, page: usize) -> Ask {
    Ask::read("/refund")
        .with("from", stamp(from))
        .with("perPage", PIECE.to_string())
        .with("page", page.to_string())
}

/// To another account, when the one that paid cannot take it back.
pub(super) fn retry(reference: &str, currency: Currency, account: &Secret, bank: &str) -> Ask {
    let to = json!({ "currency": currency, "account_number": account.reveal(), "bank_id": bank });
    Ask::make("/refund/retry_with_customer_details/{id}", json!({ "refund_account_details": to }))
        .about(reference)
}

pub(super) async fn make(client: &Client, new: &NewRefund) -> Result<ProviderRefund, ProviderError> {
    let answer = client.send(create(new)).await?;
    read(data(&answer))
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderRefund, ProviderError> {
    let answer = client.send(fetch(reference)).await?;
    read(data(&answer))
}

pub(super) async fn again(
    client: &Client,
    reference: &str,
    currency: Currency,
    account: &Secret,
    bank: &str,
) -> Result<ProviderRefund, ProviderError> {
    let answer = client.send(retry(reference, currency, account, bank)).await?;
    read(data(&answer))
}

/// Looks through everything since the call. `now` tells whether nothing found is believed.
pub(super) async fn find(
    client: &Client,
    new: &NewRefund,
    since: Moment,
    now: Moment,
) -> Result<LookUp<ProviderRefund>, ProviderError> {
    let mut doubtful = now - since < ABSENT_AFTER;
    for page in 1..=PIECES_MAX {
        let answer = client.send(list(since - APART, page)).await?;
        for row in rows(&answer)? {
            match likeness(row, new) {
                Likeness::Ours => return Ok(LookUp::Found(read(row)?)),
                Likeness::Perhaps => doubtful = true,
                Likeness::Another => {}
            }
        }
        if is_last(&answer, page) {
            return Ok(if doubtful { LookUp::Unsure } else { LookUp::Absent });
        }
    }
    Ok(LookUp::Unsure)
}

enum Likeness {
    Ours,
    /// The same money of the same payment, and nothing that says whose it is: a person has to look.
    Perhaps,
    Another,
}

fn likeness(row: &Value, new: &NewRefund) -> Likeness {
    let note = text(row, "merchant_note").and_then(|note| note.parse::<RefundId>().ok());
    let of_payment = text(row, "transaction_reference").is_some_and(|of| of == new.payment_ref)
        || text(row, "transaction").is_some_and(|of| of == new.payment_ref);
    let as_much = whole(row, "amount") == Some(new.amount.amount);
    match note {
        Some(ours) if ours == new.ours => Likeness::Ours,
        None if of_payment && as_much => Likeness::Perhaps,
        _ => Likeness::Another,
    }
}

/// A refund as it is answered.
pub(super) fn read(said: &Value) -> Result<ProviderRefund, ProviderError> {
    let status = must(said, "status")?;
    let (state, failure) = match status.as_str() {
        "processed" => (RefundState::Succeeded, None),
        "failed" => (RefundState::Failed, Some("refund_failed")),
        "needs-attention" => (RefundState::NeedsAttention, Some("needs_attention")),
        // "pending", "processing", and what may come to be known.
        _ => (RefundState::Pending, None),
    };
    Ok(ProviderRefund {
        reference: must(said, "id")?,
        state,
        amount: money(said, "amount")?,
        failure: failure.map(str::to_owned),
    })
}
