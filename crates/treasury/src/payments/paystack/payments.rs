//! Payments: "transactions" there. The buyer pays on a page of Paystack's.
//!
//! Their reference is our id, so each can be asked for surely, also when the answer to its making was lost.

use super::super::model::PaymentState;
use super::super::provider::{LookUp, NewPayment, ProviderError, ProviderPayment};
use super::client::{Ask, Client, Failed};
use super::said::{code, data, money, must, text, whole};
use kernel::{Money, PaymentId};
use serde_json::{Value, json};

/// Paystack writes to an address of the payment's, unless the payer agreed to give theirs.
pub(super) fn initialize(relay: &str, new: &NewPayment) -> Ask {
    let reference = new.ours.to_string();
    let email = match &new.buyer_email {
        Some(email) => email.reveal().to_owned(),
        None => format!("payment-{reference}@{relay}"),
    };
    let mut body = json!({
        "email": email,
        "amount": new.amount.amount,
        "currency": new.amount.currency,
        "reference": reference,
        "metadata": { "payment": reference, "group": new.group },
    });
    if let Some(back) = &new.back {
        body["callback_url"] = Value::from(back.as_str());
    }
    Ask::make("/transaction/initialize", body)
}

pub(super) fn verify(reference: &str) -> Ask {
    Ask::read("/transaction/verify/{reference}").about(reference)
}

pub(super) async fn create(
    client: &Client,
    relay: &str,
    new: &NewPayment,
) -> Result<ProviderPayment, ProviderError> {
    if new.amount.amount < super::smallest(new.amount.currency) {
        return Err(ProviderError::invalid("Paystack does not take so little, or not in this currency"));
    }
    let answer = client.send(initialize(relay, new)).await?;
    let answer = data(&answer);
    Ok(ProviderPayment {
        reference: must(answer, "reference")?,
        state: PaymentState::Created,
        amount: new.amount,
        fee: None,
        failure: None,
        attempt: None,
        charge: None,
        settled: None,
        method: None,
        pay_url: Some(must(answer, "authorization_url")?),
        client_secret: None,
    })
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderPayment, ProviderError> {
    let answer = client.send(verify(reference)).await?;
    read(data(&answer))
}

pub(super) async fn find(client: &Client, ours: PaymentId) -> Result<LookUp<ProviderPayment>, ProviderError> {
    match client.send(verify(&ours.to_string())).await {
        Ok(answer) => Ok(LookUp::Found(read(data(&answer))?)),
        Err(Failed::Missing(_)) => Ok(LookUp::Absent),
        Err(failed) => Err(failed.into()),
    }
}

/// Paystack cannot make a payment impossible. Who paid nothing yet is told that it is over; money that comes all
/// the same is booked, and goes back.
pub(super) async fn cancel(client: &Client, reference: &str) -> Result<ProviderPayment, ProviderError> {
    let payment = get(client, reference).await?;
    match payment.state {
        PaymentState::Succeeded | PaymentState::Processing | PaymentState::RequiresAction => {
            Err(ProviderError::Declined { code: format!("payment_{}", payment.state.as_str()) })
        }
        PaymentState::Created | PaymentState::Failed | PaymentState::Cancelled => {
            Ok(ProviderPayment { state: PaymentState::Cancelled, ..payment })
        }
    }
}

/// A transaction as it is answered.
pub(super) fn read(said: &Value) -> Result<ProviderPayment, ProviderError> {
    let amount = money(said, "amount")?;
    let state = state_of(&must(said, "status")?);
    let charge = text(said, "id");
    let tried = !matches!(state, PaymentState::Created);
    let tries = said.get("log").and_then(|log| whole(log, "attempts")).unwrap_or(1);
    Ok(ProviderPayment {
        reference: must(said, "reference")?,
        state,
        amount,
        fee: whole(said, "fees")
            .filter(|_| state == PaymentState::Succeeded)
            .map(|fee| Money::new(fee, amount.currency)),
        failure: (state == PaymentState::Failed).then(|| failure(said)),
        attempt: charge.as_ref().filter(|_| tried).map(|id| format!("{id}.{tries}")),
        charge,
        settled: None,
        method: text(said, "channel").filter(|_| tried),
        pay_url: None,
        client_secret: None,
    })
}

/// What is not known is nothing that anybody may rely on, and nothing that may be given up.
fn state_of(status: &str) -> PaymentState {
    match status {
        // What was reversed came first: what went back is told by refunds and disputes.
        "success" | "reversed" => PaymentState::Succeeded,
        "failed" => PaymentState::Failed,
        // So is called what nobody has finished yet, from the first moment on.
        "abandoned" => PaymentState::Created,
        "ongoing" => PaymentState::RequiresAction,
        _ => PaymentState::Processing,
    }
}

/// The bank's words as a code; where we have words of our own for it, by our code.
fn failure(said: &Value) -> String {
    let told = text(said, "gateway_response").map(|words| code(&words)).unwrap_or_default();
    match told.as_str() {
        "" | "declined" | "transaction_declined" => "card_declined".to_owned(),
        "insufficient_fund" => "insufficient_funds".to_owned(),
        _ => told,
    }
}
