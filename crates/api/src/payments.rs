//! Paying for orders, and what providers tell.

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::refuse;
use crate::shapes::{MoneyOut, Whole};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::limits::BODY_BYTES_MAX;
use kernel::{PaymentId, Refusal, Say};
use kit::answer::{Denied, Problem};
use kit::body::{Json, PathOf};
use kit::caller::{Anyone, Caller};
use kit::route::{Audience, Idempotency, Object, Rate, get, post};
use market::apikeys::model::Scope;
use market::orders::model::Order;
use market::orders::{rules as orders, settle};
use market::payments::model::{Payment, PaymentState, failure_key};
use market::payments::webhooks::{self, NotReceived};
use market::payments::{Card, rules};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

const MEMBER: Audience = Audience::Member;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Payments", "See a payment")
            .says("For who pays it. For everybody else it is a 404.")
            .answers::<PaymentOut>(200, "The payment.")
            .of(get("/api/v1/payments/{id}", "api.payments.show", show).audience(MEMBER).scope(Scope::OrdersRead).object(Object::Payment)),
        doc("Payments", "Pay by card")
            .says("In the sandbox only: with a real provider a card never comes here. `4242 4242 4242 4242` succeeds, `4000 0000 0000 0002` is declined; the sandbox's page lists the others. A decline is no error: the payment comes back `failed` with the reason, and another card may be tried. When it comes back `succeeded`, its orders are paid.")
            .takes::<ConfirmIn>(json!({ "card": { "number": "4242 4242 4242 4242", "exp_month": 12, "exp_year": 2030, "cvc": "123" } }))
            .bounded([CardIn::bounds()])
            .answers::<PaymentOut>(200, "The payment as it is now.")
            .conflicts(&["payment-paid", "payment-processing", "payment-cancelled"])
            .of(post("/api/v1/payments/{id}/confirm", "api.payments.confirm", confirm)
                .audience(MEMBER)
                .scope(Scope::PaymentsWrite)
                .object(Object::Payment)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
        doc("Payments", "Answer the bank's question")
            .says("In the sandbox only: what the buyer's bank would hear in 3-D Secure, when the payment is `requires_action`.")
            .takes::<ChallengeIn>(json!({ "passed": true }))
            .answers::<PaymentOut>(200, "The payment as it is now.")
            .conflicts(&["payment-no-question", "payment-paid", "payment-processing", "payment-cancelled"])
            .of(post("/api/v1/payments/{id}/challenge", "api.payments.challenge", challenge)
                .audience(MEMBER)
                .scope(Scope::PaymentsWrite)
                .object(Object::Payment)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
        doc("Payments", "For providers")
            .says("Where a provider tells what happened. It proves itself by a signature over the raw bytes; the same event may come as often as it likes.")
            .takes_other("application/json", json!({ "type": "object" }))
            .answers_plain(204, "It was noted.")
            .of(post("/api/v1/webhooks/{provider}", "api.payments.webhook", webhook).audience(Audience::Provider).rate(Rate::Plain)),
        doc("Payments", "For providers, of sellers' accounts")
            .says("The same for what happens in sellers' own accounts, where a provider tells of them apart (Stripe's Connect).")
            .takes_other("application/json", json!({ "type": "object" }))
            .answers_plain(204, "It was noted.")
            .of(post("/api/v1/webhooks/{provider}/connect", "api.payments.webhook_connect", webhook)
                .audience(Audience::Provider)
                .rate(Rate::Plain)),
    ]
}

/// A payment by one buyer for one or more orders.
#[derive(Serialize, ToSchema)]
#[schema(as = Payment)]
pub(crate) struct PaymentOut {
    id: Uuid,
    #[schema(value_type = PaymentStateName)]
    state: PaymentState,
    amount: MoneyOut,
    /// Who holds the money.
    provider: String,
    /// Why the last try failed.
    failure: Option<FailureOut>,
    /// What is to be done now: `confirm` (pay), `challenge` (answer the bank), or null.
    #[schema(pattern = "^(confirm|challenge)$")]
    next_action: Option<&'static str>,
    orders: Vec<PaidOrder>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
}

/// Where a payment is.
#[derive(ToSchema)]
#[schema(as = PaymentState, rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
enum PaymentStateName {
    Created,
    RequiresAction,
    Processing,
    Succeeded,
    Failed,
    Cancelled,
}

/// Why a try to pay failed.
#[derive(Serialize, ToSchema)]
#[schema(as = PaymentFailure)]
struct FailureOut {
    /// The provider's: `card_declined` …
    code: String,
    /// In your language.
    message: String,
}

/// An order that a payment is for.
#[derive(Serialize, ToSchema)]
struct PaidOrder {
    id: Uuid,
    number: String,
    state: String,
    total: MoneyOut,
}

/// A card to pay with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmPayment)]
struct ConfirmIn {
    card: CardIn,
}

/// What stands on a test card.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Card)]
struct CardIn {
    /// With or without a space or dash behind each digit. The last digit proves the others (Luhn).
    #[serde(default)]
    #[schema(required = true, write_only)]
    number: String,
    #[schema(value_type = i64)]
    exp_month: Whole,
    /// As on the card: four digits, or the last two. A card is good until the end of its month.
    #[schema(value_type = i64)]
    exp_year: Whole,
    /// Three digits; four of an American Express card.
    #[serde(default)]
    #[schema(required = true, write_only)]
    cvc: String,
}

impl CardIn {
    fn bounds() -> Bounds {
        let (least, most) = (Card::DIGITS_MIN, Card::DIGITS_MAX);
        let number = format!("^(?:[0-9][ -]?){{{least},{most}}}$");
        let code = format!("^[0-9]{{{},{}}}$", Card::CODE_MIN, Card::CODE_MAX);
        Bounds::of("Card")
            .field("number", json!({ "pattern": number, "maxLength": 2 * most }))
            .field("exp_month", bounds::whole(1, 12))
            .field("exp_year", bounds::whole(0, 9_999))
            .field("cvc", json!({ "pattern": code, "maxLength": Card::CODE_MAX }))
    }

    /// For the rule, which forgives people more than the description promises programs: what is written otherwise
    /// becomes something that is wrong in any case.
    fn read(self) -> Card {
        let as_described = |text: String, is: fn(&str) -> bool| {
            if text.is_empty() || is(&text) { text } else { "?".to_owned() }
        };
        Card::new(
            as_described(self.number, is_number),
            u8::try_from(self.exp_month.0).unwrap_or(u8::MAX),
            u16::try_from(self.exp_year.0).unwrap_or(u16::MAX),
            as_described(self.cvc, |text| text.bytes().all(|b| b.is_ascii_digit())),
        )
    }
}

/// Digits, each with one space or dash behind it at most.
fn is_number(text: &str) -> bool {
    let is_gap = |b: u8| matches!(b, b' ' | b'-');
    let is_known = text.bytes().all(|b| b.is_ascii_digit() || is_gap(b));
    let is_single = text.as_bytes().windows(2).all(|pair| !(is_gap(pair[0]) && is_gap(pair[1])));
    is_known && is_single && !text.bytes().next().is_some_and(is_gap)
}

/// What the buyer told their bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Challenge)]
struct ChallengeIn {
    passed: bool,
}

/// A payment with its orders, as its buyer sees it.
pub(crate) fn shape(it: &Payment, orders: &[Order], say: Say) -> PaymentOut {
    let order = |o: &Order| PaidOrder {
        id: o.id.0,
        number: o.number.clone(),
        state: o.state.clone(),
        total: o.total.into(),
    };
    let failure = it.failure.clone().filter(|_| it.state == PaymentState::Failed);
    PaymentOut {
        id: it.id.0,
        state: it.state,
        amount: it.amount.into(),
        provider: it.provider.clone(),
        failure: failure.map(|code| FailureOut { message: say.by_key(&failure_key(&code)), code }),
        next_action: match it.state {
            PaymentState::Created | PaymentState::Failed => Some("confirm"),
            PaymentState::RequiresAction => Some("challenge"),
            PaymentState::Processing | PaymentState::Succeeded | PaymentState::Cancelled => None,
        },
        orders: orders.iter().map(order).collect(),
        created_at: it.created_at,
        updated_at: it.updated_at,
    }
}

async fn show(call: Caller, PathOf(id): PathOf<PaymentId>) -> Result<Json<PaymentOut>, Problem> {
    let mut reader = call.read().await?;
    let payment = rules::of_buyer(&mut reader, call.member.id, id).await?;
    let orders = orders::of_payment(&mut reader, call.member.id, id).await?;
    Ok(Json(shape(&payment, &orders, call.say)))
}

async fn confirm(
    call: Caller,
    PathOf(id): PathOf<PaymentId>,
    Json(ConfirmIn { card }): Json<ConfirmIn>,
) -> Result<Json<PaymentOut>, Problem> {
    let market = &call.app.market;
    let payment = rules::of_buyer(&mut call.read().await?, call.member.id, id).await?;
    let paid = rules::confirm(&market.db, &market.providers, &payment, &card.read()).await?;
    settled(&call, &paid).await
}

async fn challenge(
    call: Caller,
    PathOf(id): PathOf<PaymentId>,
    Json(body): Json<ChallengeIn>,
) -> Result<Json<PaymentOut>, Problem> {
    let market = &call.app.market;
    let payment = rules::of_buyer(&mut call.read().await?, call.member.id, id).await?;
    let paid = rules::answer_challenge(&market.db, &market.providers, &payment, body.passed).await?;
    settled(&call, &paid).await
}

/// Moves the orders to where the payment leads before it is answered, rather than a moment later by its event.
async fn settled(call: &Caller, payment: &Payment) -> Result<Json<PaymentOut>, Problem> {
    let mut tx = call.begin().await?;
    settle::payment(&mut tx, payment.id).await?;
    let orders = orders::of_payment(&mut tx, call.member.id, payment.id).await?;
    tx.commit().await?;
    Ok(Json(shape(payment, &orders, call.say)))
}

async fn webhook(
    call: Anyone,
    PathOf(name): PathOf<String>,
    headers: HeaderMap,
    raw: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let market = &call.app.market;
    let Some(provider) = market.providers.named(&name) else { return Err(Refusal::NotFound.into()) };
    let raw = raw.map_err(|_| Denied::TooLarge { max: BODY_BYTES_MAX })?;
    match webhooks::receive(&market.db, provider, &readable(&headers), &raw).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(NotReceived::Signature(why)) => {
            tracing::warn!(provider = name, why = %why, request_id = call.request_id, "a webhook was not believed");
            Ok(refuse::webhook_not_believed(&call))
        }
        Err(NotReceived::Database(error)) => Err(error.into()),
    }
}

/// The headers that are text, by their lower-case names.
fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_described() {
        for good in ["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242 ", ""] {
            assert!(is_number(good), "{good:?}");
        }
        for bad in [" 4242424242424242", "4242  4242", "4242- 4242", "4242x4242", "\u{664}242"] {
            assert!(!is_number(bad), "{bad:?}");
        }
    }
}
