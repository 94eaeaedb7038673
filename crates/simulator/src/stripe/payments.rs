//! Payment intents: made, looked up, changed, cancelled. How they are paid is in `charging.rs`.

use super::charging;
use super::lists;
use super::methods::Method;
use super::route::Call;
use crate::asked::Params;
use crate::books::{Kept, Object};
use crate::cards::{Behaviour, Face, Typed, of_token};
use crate::faults::Fault;
use crate::hooks::tell;
use crate::money::currency_of;
use crate::problem::Problem;
use crate::world::{LATER, Work, World, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::Duration;
use uuid::Uuid;

/// How old a payment is before the search finds it.
const SEARCHED_AFTER: Duration = Duration::seconds(60);

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    Succeeded,
    Canceled,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

/// A payment intent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Payment {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub status: Status,
    pub created: i64,
    #[serde(default)]
    pub client_secret: Option<String>,
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub receipt_email: Option<String>,
    #[serde(default)]
    pub transfer_group: Option<String>,
    #[serde(default)]
    pub return_url: Option<String>,
    #[serde(default)]
    pub latest_charge: Option<String>,
    #[serde(default)]
    pub payment_method: Option<String>,
    /// Of the last try, as Stripe shows it.
    #[serde(default)]
    pub last_error: Option<Value>,
    #[serde(default)]
    pub canceled_at: Option<i64>,
    #[serde(default)]
    pub cancellation_reason: Option<String>,
    /// What the card of the last try does, and what may be kept of it.
    #[serde(default)]
    pub behaviour: Option<Behaviour>,
    #[serde(default)]
    pub face: Option<Face>,
    /// Its money is changed into US dollars.
    #[serde(default)]
    pub in_dollars: bool,
}

impl Kept for Payment {
    const KIND: &'static str = "payment_intent";

    fn id(&self) -> &str {
        &self.id
    }

    fn tag(&self) -> Option<&str> {
        self.transfer_group.as_deref()
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["payment"])
    }
}

impl Payment {
    /// As Stripe shows it.
    pub fn shown(&self, world: &World) -> Value {
        let received = if self.status == Status::Succeeded { self.amount } else { 0 };
        let ask = format!("/_sim/door/challenge?payment={}", self.id);
        let next_action = (self.status == Status::RequiresAction).then(|| {
            json!({
                "type": "redirect_to_url",
                "redirect_to_url": { "return_url": self.return_url, "url": world.page_at(&ask) },
            })
        });
        json!({
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_capturable": 0,
            "amount_details": { "tip": {} },
            "amount_received": received,
            "application": null,
            "application_fee_amount": null,
            "automatic_payment_methods": { "allow_redirects": "always", "enabled": true },
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.cancellation_reason,
            "capture_method": "automatic_async",
            "client_secret": self.client_secret,
            "confirmation_method": "automatic",
            "created": self.created,
            "currency": self.currency,
            "customer": null,
            "customer_account": null,
            "description": self.description,
            "excluded_payment_method_types": null,
            "last_payment_error": self.last_error,
            "latest_charge": self.latest_charge,
            "livemode": false,
            "metadata": self.metadata,
            "next_action": next_action,
            "on_behalf_of": null,
            "payment_method": self.payment_method,
            "payment_method_configuration_details": null,
            "payment_method_options": {},
            "payment_method_types": ["card"],
            "processing": null,
            "receipt_email": self.receipt_email,
            "review": null,
            "setup_future_usage": null,
            "shipping": null,
            "statement_descriptor": null,
            "statement_descriptor_suffix": null,
            "status": self.status,
            "transfer_data": null,
            "transfer_group": self.transfer_group,
        })
    }

    /// It is not in a state for what was asked.
    pub fn unexpected(&self, world: &World, what: &str) -> Problem {
        let message = format!(
            "You cannot {what} this PaymentIntent because it has a status of {}.",
            self.status.as_str()
        );
        Problem::refused("payment_intent_unexpected_state", message)
            .about("payment_intent", self.shown(world))
    }
}

const CREATE: &[&str] = &[
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "currency",
    "description",
    "expand",
    "metadata",
    "payment_method",
    "payment_method_data",
    "payment_method_types",
    "receipt_email",
    "return_url",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
    "use_stripe_sdk",
];

/// `POST /v1/payment_intents`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(CREATE)?;
    let (amount, currency) = (p.amount("amount")?, currency(p)?);
    whole_tens(amount, &currency)?;
    if p.text("capture_method") == Some("manual") {
        return Err(Problem::wrong("capture_method", "The simulator takes payments at once only."));
    }
    let id = work.name("pi");
    let secret = work.name(&format!("{id}_secret"));
    let text = |name: &str| p.text(name).map(str::to_owned);
    let payment = Payment {
        id,
        amount,
        currency,
        status: Status::RequiresPaymentMethod,
        created: work.stamp(),
        client_secret: Some(secret),
        metadata: p.under("metadata"),
        description: text("description"),
        receipt_email: text("receipt_email"),
        transfer_group: text("transfer_group"),
        return_url: text("return_url"),
        latest_charge: None,
        payment_method: None,
        last_error: None,
        canceled_at: None,
        cancellation_reason: None,
        behaviour: None,
        face: None,
        in_dollars: work.suffers(&Fault::SettlesInDollars),
    };
    work.save(&payment).await?;
    let shown = payment.shown(work.world());
    tell(work, "payment_intent.created", "", payment.ours(), shown.clone()).await?;
    if p.is_true("confirm") { pay(work, payment, p).await } else { Ok(shown) }
}

/// `POST /v1/payment_intents/{id}/confirm`
pub async fn confirm(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let payment = locked(work, id).await?;
    if call.is_public && call.params.text("client_secret") != payment.client_secret.as_deref() {
        return Err(Problem::none("payment_intent", id, "intent"));
    }
    pay(work, payment, &call.params).await
}

/// Pays by what the fields say.
async fn pay(work: &mut Work, mut payment: Payment, p: &Params) -> Result<Value, Problem> {
    if let Some(back) = p.text("return_url") {
        payment.return_url = Some(back.to_owned());
    }
    let card = card_in(work, p).await?;
    let payment = charging::attempt(work, payment, &card).await?;
    let shown = payment.shown(work.world());
    match payment.last_error {
        Some(error) => {
            let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
            let problem = Problem::declined(&text("code"), error["decline_code"].as_str(), text("message"));
            Err(problem.about("payment_intent", shown))
        }
        None => Ok(shown),
    }
}

/// The card that the fields name.
async fn card_in(work: &mut Work, p: &Params) -> Result<Typed, Problem> {
    let number = match p.text("payment_method") {
        Some(token) => match of_token(token) {
            Some(number) => number.to_owned(),
            None => {
                let known: Option<Method> = work.load(token).await?;
                let known = known.ok_or_else(|| Problem::none("PaymentMethod", token, "payment_method"))?;
                return Ok(Typed::new(&known.number, known.face.exp_month, known.face.exp_year));
            }
        },
        None => match p.text("payment_method_data[card][number]") {
            Some(number) => number.to_owned(),
            None => return Err(Problem::missing("payment_method")),
        },
    };
    let field = |name: &str| p.whole(&format!("payment_method_data[card][{name}]"));
    Ok(Typed::new(&number, field("exp_month")?.unwrap_or(12), field("exp_year")?.unwrap_or(2040)))
}

/// `GET /v1/payment_intents/{id}`
pub async fn show(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let payment = found(work, id).await?;
    if call.is_public && call.params.text("client_secret") != payment.client_secret.as_deref() {
        return Err(Problem::none("payment_intent", id, "intent"));
    }
    Ok(payment.shown(work.world()))
}

/// `POST /v1/payment_intents/{id}`
pub async fn update(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["amount", "currency", "description", "expand", "metadata", "receipt_email", "transfer_group"])?;
    let mut payment = locked(work, id).await?;
    if p.text("amount").is_some() {
        if payment.status != Status::RequiresPaymentMethod {
            return Err(payment.unexpected(work.world(), "change the amount of"));
        }
        payment.amount = p.amount("amount")?;
        whole_tens(payment.amount, &payment.currency)?;
    }
    payment.metadata.extend(p.under("metadata"));
    let text = |name: &str, known: Option<String>| p.text(name).map(str::to_owned).or(known);
    payment.description = text("description", payment.description.take());
    payment.receipt_email = text("receipt_email", payment.receipt_email.take());
    payment.transfer_group = text("transfer_group", payment.transfer_group.take());
    work.save(&payment).await?;
    Ok(payment.shown(work.world()))
}

/// `POST /v1/payment_intents/{id}/cancel`
pub async fn cancel(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    call.params.only(&["cancellation_reason", "expand"])?;
    let known = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"];
    let reason = call.params.word("cancellation_reason", &known)?;
    let mut payment = locked(work, id).await?;
    if matches!(payment.status, Status::Processing | Status::Succeeded | Status::Canceled) {
        return Err(payment.unexpected(work.world(), "cancel"));
    }
    payment.status = Status::Canceled;
    payment.canceled_at = Some(work.stamp());
    payment.cancellation_reason = reason;
    work.save(&payment).await?;
    if work.suffers(&Fault::SucceedsAfterCancel) {
        work.later(LATER, "succeed_anyway", &payment.id).await?;
    }
    let shown = payment.shown(work.world());
    tell(work, "payment_intent.canceled", "", payment.ours(), shown.clone()).await?;
    Ok(shown)
}

/// `GET /v1/payment_intents`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, Payment::KIND, "", &call.params).await?;
    Ok(lists::list(&call.path, shown_all(work, found)?, more))
}

/// `GET /v1/payment_intents/search`, by one field of the metadata: `metadata['payment']:'…'`. It knows nothing of the
/// last minute, as the real one does not.
pub async fn search(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let query = call.params.needed("query")?;
    let value = query.split('\'').nth(3).and_then(|v| v.parse::<Uuid>().ok());
    let Some(ours) = value.filter(|_| query.starts_with("metadata[")) else {
        return Err(Problem::wrong("query", "The simulator searches for a UUID in the metadata only."));
    };
    let before = work.now - SEARCHED_AFTER;
    let mut found = work.page().with_ours(Payment::KIND, ours).await?;
    found.retain(|o| o.created_at <= before);
    let data = shown_all(work, found)?;
    Ok(json!({
        "object": "search_result",
        "url": call.path,
        "has_more": false,
        "next_page": null,
        "data": data,
    }))
}

fn shown_all(work: &Work, found: Vec<Object>) -> Result<Vec<Value>, Problem> {
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Payment>()?.shown(work.world())) };
    found.into_iter().map(one).collect()
}

/// A payment to look at.
pub async fn found(work: &mut Work, id: &str) -> Result<Payment, Problem> {
    let known: Option<Payment> = work.load(id).await?;
    known.ok_or_else(|| Problem::none("payment_intent", id, "intent"))
}

/// A payment that nobody else changes meanwhile.
pub async fn locked(work: &mut Work, id: &str) -> Result<Payment, Problem> {
    work.lock(id).await?;
    found(work, id).await
}

/// A currency's code in small letters.
pub fn currency(p: &Params) -> Result<String, Problem> {
    let word = p.needed("currency")?;
    match currency_of(word) {
        Some(_) => Ok(word.to_ascii_lowercase()),
        None => Err(Problem::wrong("currency", format!("Invalid currency: {word}."))),
    }
}

/// Currencies with three decimals are charged in tens of their smallest unit.
pub fn whole_tens(amount: i64, currency: &str) -> Result<(), Problem> {
    let has_three = currency_of(currency).is_some_and(|c| c.exponent() == 3);
    if has_three && amount % 10 != 0 {
        return Err(Problem::wrong("amount", "Amounts in this currency must be divisible by 10."));
    }
    Ok(())
}
