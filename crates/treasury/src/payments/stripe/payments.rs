//! Payments: Stripe's payment intents.

use super::super::model::PaymentState;
use super::super::provider::{NewPayment, ProviderError, ProviderPayment};
use super::amount::{self, to_stripe};
use super::client::{self, Client, HasId, Or, Thing, id};
use super::form::Form;
use kernel::Money;
use platform::config::Secret;
use serde::Deserialize;
use serde_json::Value;

const PATH: &str = "/v1/payment_intents";
/// The fee stands on the charge's own line of the statement.
const WITH_FEE: &str = "latest_charge.balance_transaction";

#[derive(Deserialize)]
struct Intent {
    id: String,
    status: String,
    amount: i64,
    currency: String,
    client_secret: Option<String>,
    latest_charge: Option<Or<Charge>>,
    last_payment_error: Option<Failure>,
}

#[derive(Clone, Debug, Deserialize)]
struct Charge {
    id: String,
    balance_transaction: Option<Or<Line>>,
    payment_method_details: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
struct Line {
    amount: i64,
    fee: i64,
    currency: String,
}

#[derive(Deserialize)]
struct Failure {
    code: Option<String>,
    decline_code: Option<String>,
    payment_method: Option<Thing>,
}

impl HasId for Charge {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) async fn create(
    client: &Client,
    key: &str,
    new: &NewPayment,
) -> Result<ProviderPayment, ProviderError> {
    let form = Form::new()
        .add("amount", to_stripe(new.amount)?)
        .add("currency", new.amount.currency.code().to_ascii_lowercase())
        .add("automatic_payment_methods.enabled", true)
        .add("automatic_payment_methods.allow_redirects", "always")
        .add("transfer_group", &new.group)
        .add("metadata.payment", new.ours)
        .add("expand.0", WITH_FEE);
    said(client.post(key, PATH, &form, None).await?)
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderPayment, ProviderError> {
    let path = format!("{PATH}/{}", id(reference)?);
    said(client.get(&path, &Form::new().add("expand.0", WITH_FEE), None).await?)
}

pub(super) async fn cancel(
    client: &Client,
    key: &str,
    reference: &str,
) -> Result<ProviderPayment, ProviderError> {
    let path = format!("{PATH}/{}/cancel", id(reference)?);
    let form = Form::new().add("cancellation_reason", "abandoned").add("expand.0", WITH_FEE);
    said(client.post(key, &path, &form, None).await?)
}

/// As it stands in an answer.
pub(super) fn read(intent: Value) -> Result<ProviderPayment, ProviderError> {
    said(client::read(intent)?)
}

fn said(intent: Intent) -> Result<ProviderPayment, ProviderError> {
    let amount = amount::money(intent.amount, &intent.currency)?;
    let state = state(&intent);
    let failure = intent.last_payment_error.as_ref().filter(|_| state == PaymentState::Failed);
    let code = |f: &Failure| f.decline_code.clone().or_else(|| f.code.clone());
    let charge = intent.latest_charge.as_ref();
    let whole = charge.and_then(Or::whole);
    let (fee, settled) = match whole.and_then(|c| c.balance_transaction.as_ref()).and_then(Or::whole) {
        Some(line) => counted(amount, line)?,
        None => (None, None),
    };
    let way =
        intent.last_payment_error.as_ref().and_then(|f| f.payment_method.as_ref()).map(|m| m.id.as_str());
    // A card that its bank turned away leaves a charge; one that failed at 3-D Secure only itself.
    let attempt: Vec<&str> = charge.map(Or::id).into_iter().chain(way).collect();
    Ok(ProviderPayment {
        state,
        amount,
        fee,
        failure: failure.map(|f| named(code(f))),
        attempt: (!attempt.is_empty()).then(|| attempt.join(" ")),
        charge: charge.map(|c| c.id().to_owned()),
        settled,
        method: whole
            .and_then(|c| c.payment_method_details.as_ref())
            .and_then(|details| details.get("type"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        pay_url: None,
        client_secret: intent.client_secret.clone().map(Secret::new),
        reference: intent.id,
    })
}

/// Stripe's code of a failure; where we have words of our own for it, by our code.
fn named(code: Option<String>) -> String {
    match code.as_deref() {
        None => "payment_failed".to_owned(),
        Some("generic_decline" | "do_not_honor" | "transaction_not_allowed") => "card_declined".to_owned(),
        Some("payment_intent_authentication_failure" | "authentication_required") => {
            "authentication_failed".to_owned()
        }
        Some("test_mode_live_card") => "test_cards_only".to_owned(),
        Some(code) => code.to_owned(),
    }
}

fn state(intent: &Intent) -> PaymentState {
    match intent.status.as_str() {
        "requires_payment_method" if intent.last_payment_error.is_some() => PaymentState::Failed,
        "requires_payment_method" | "requires_confirmation" => PaymentState::Created,
        "requires_action" => PaymentState::RequiresAction,
        "succeeded" => PaymentState::Succeeded,
        "canceled" => PaymentState::Cancelled,
        // What we do not know yet is not over: it is asked again.
        _ => PaymentState::Processing,
    }
}

/// The fee, and the amount where it is counted in another currency: then the fee is in that one too, and comes with the
/// statement.
fn counted(amount: Money, line: &Line) -> Result<(Option<Money>, Option<Money>), ProviderError> {
    let (whole, fee) =
        (amount::money(line.amount, &line.currency)?, amount::money(line.fee, &line.currency)?);
    if whole.currency == amount.currency { Ok((Some(fee), None)) } else { Ok((None, Some(whole))) }
}
