//! Payouts: "transfers" there, from our own balance to a bank account that was named before.
//!
//! Their reference is our id, and Paystack takes each once: asking for one is sure, and asking twice is one payout.

use super::super::provider::{LookUp, NewPayout, PayoutState, ProviderError, ProviderPayout};
use super::client::{Ask, Client, Failed};
use super::lines;
use super::said::{code, data, money, must, text, whole};
use kernel::{Money, PayoutId};
use serde_json::{Value, json};

pub(super) fn create(new: &NewPayout) -> Ask {
    let body = json!({
        "source": "balance",
        "amount": new.amount.amount,
        "currency": new.amount.currency,
        "recipient": new.account,
        "reference": new.ours.to_string(),
        "reason": "Sales",
    });
    Ask::make("/transfer", body)
}

pub(super) fn verify(reference: &str) -> Ask {
    Ask::read("/transfer/verify/{reference}").about(reference)
}

/// One balance pays sellers, refunds and what we earn: it is looked at first, so that a payout waits and is not
/// refused.
pub(super) async fn make(client: &Client, new: &NewPayout) -> Result<ProviderPayout, ProviderError> {
    let there = lines::balance(client).await?;
    let covered =
        there.iter().any(|line| line.currency == new.amount.currency && line.available >= new.amount.amount);
    if !covered {
        return Err(ProviderError::Retryable("the balance does not cover it".to_owned()));
    }
    let answer = client.send(create(new)).await?;
    let answer = data(&answer);
    if text(answer, "status").as_deref() == Some("otp") {
        return Err(ProviderError::invalid(
            "Paystack waits for a code: the confirmation of transfers must be switched off in its dashboard",
        ));
    }
    read(answer)
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderPayout, ProviderError> {
    let answer = client.send(verify(reference)).await?;
    read(data(&answer))
}

pub(super) async fn find(client: &Client, ours: PayoutId) -> Result<LookUp<ProviderPayout>, ProviderError> {
    match client.send(verify(&ours.to_string())).await {
        Ok(answer) => Ok(LookUp::Found(read(data(&answer))?)),
        Err(Failed::Missing(_)) => Ok(LookUp::Absent),
        Err(failed) => Err(failed.into()),
    }
}

/// A transfer as it is answered.
pub(super) fn read(said: &Value) -> Result<ProviderPayout, ProviderError> {
    let amount = money(said, "amount")?;
    let status = must(said, "status")?;
    let arrived = text(said, "transferred_at").is_some();
    let state = match status.as_str() {
        "success" => PayoutState::Paid,
        // It was with the bank, and came back.
        "reversed" if arrived => PayoutState::Returned,
        "failed" | "reversed" | "rejected" | "blocked" | "abandoned" => PayoutState::Failed,
        // Somebody has to type a code.
        "otp" => PayoutState::Created,
        // "pending", "received", "processing", "queued", and what may come to be known.
        _ => PayoutState::InTransit,
    };
    let failed = matches!(state, PayoutState::Failed | PayoutState::Returned);
    Ok(ProviderPayout {
        reference: must(said, "reference")?,
        state,
        amount,
        fee: whole(said, "fee_charged").map(|fee| Money::new(fee, amount.currency)),
        failure: failed.then(|| code(&text(said, "gateway_response").unwrap_or(status))),
        expected: None,
    })
}
