//! What the sandbox does with payments: it plays provider and bank.

use super::super::card::Card;
use super::super::model::PaymentState;
use super::super::provider::{NewPayment, ProviderError, ProviderPayment};
use super::cards::{Behaviour, behaviour_of};
use super::fee;
use super::jobs::{Deliver, SettlePayment};
use super::store::{self, Payment};
use super::webhook::{Body, Data};
use kernel::{Dice, PaymentId};
use platform::{Db, Tx, jobs};
use time::Duration;

/// How long a payment or refund that takes its time takes.
pub(super) const LATER: Duration = Duration::seconds(60);

pub(super) async fn create(db: &Db, key: &str, new: &NewPayment) -> Result<ProviderPayment, ProviderError> {
    if new.amount.amount <= 0 {
        return Err(ProviderError::invalid("an amount is more than nothing"));
    }
    let mut tx = db.begin().await?;
    let reference = name("pay", tx.dice());
    store::insert_payment(&mut tx, &reference, key, new.ours, new.amount).await?;
    let payment = store::payment_by_key(&mut tx, key).await?;
    if payment.ours != new.ours || payment.amount != new.amount {
        return Err(ProviderError::invalid("the idempotency key was used for another payment"));
    }
    tx.commit().await?;
    Ok(payment.shown())
}

pub(super) async fn get(db: &Db, reference: &str) -> Result<ProviderPayment, ProviderError> {
    let payment = store::payment(&mut db.read().await?, reference).await?;
    Ok(payment.ok_or_else(|| no_such(reference))?.shown())
}

pub(super) async fn find(db: &Db, ours: PaymentId) -> Result<Option<ProviderPayment>, ProviderError> {
    Ok(store::payment_of(&mut db.read().await?, ours).await?.map(|p| p.shown()))
}

pub(super) async fn cancel(db: &Db, reference: &str) -> Result<ProviderPayment, ProviderError> {
    let mut tx = db.begin().await?;
    let mut payment = lock(&mut tx, reference).await?;
    if matches!(payment.state, PaymentState::Processing | PaymentState::Succeeded) {
        return Err(ProviderError::Declined { code: format!("payment_{}", payment.state.as_str()) });
    }
    payment.state = PaymentState::Cancelled;
    store::save_payment(&mut tx, &payment).await?;
    tx.commit().await?;
    Ok(payment.shown())
}

/// Tries a card. A wrong field is an error; a decline is an answer.
pub(super) async fn confirm(db: &Db, reference: &str, card: &Card) -> Result<ProviderPayment, ProviderError> {
    let face = card
        .check(db.now())
        .map_err(|fields| ProviderError::Invalid { detail: "the card has mistakes".to_owned(), fields })?;
    let mut tx = db.begin().await?;
    let mut payment = lock(&mut tx, reference).await?;
    if matches!(payment.state, PaymentState::Processing | PaymentState::Succeeded | PaymentState::Cancelled) {
        return Err(ProviderError::invalid(format!("the payment is {}", payment.state.as_str())));
    }
    payment.attempts += 1;
    payment.behaviour = behaviour_of(&card.digits());
    payment.failure = None;
    store::save_card(&mut tx, reference, &face.last4, face.brand).await?;
    match payment.behaviour {
        Some(Behaviour::Succeeds | Behaviour::RefundLater | Behaviour::RefundFails) => {
            succeed(&mut tx, payment).await?
        }
        Some(Behaviour::Declined) => fail(&mut tx, payment, "card_declined").await?,
        Some(Behaviour::InsufficientFunds) => fail(&mut tx, payment, "insufficient_funds").await?,
        Some(Behaviour::Challenge) => {
            payment.state = PaymentState::RequiresAction;
            store::save_payment(&mut tx, &payment).await?;
        }
        Some(Behaviour::SucceedsLater | Behaviour::FailsLater) => process(&mut tx, payment).await?,
        // Somebody's real card: it must not seem to work.
        None => fail(&mut tx, payment, "test_cards_only").await?,
    }
    let payment = lock(&mut tx, reference).await?;
    tx.commit().await?;
    Ok(payment.shown())
}

pub(super) async fn answer_challenge(
    db: &Db,
    reference: &str,
    passed: bool,
) -> Result<ProviderPayment, ProviderError> {
    let mut tx = db.begin().await?;
    let payment = lock(&mut tx, reference).await?;
    if payment.state != PaymentState::RequiresAction {
        return Err(ProviderError::invalid("nothing was asked"));
    }
    if passed {
        succeed(&mut tx, payment).await?;
    } else {
        fail(&mut tx, payment, "authentication_failed").await?;
    }
    let payment = lock(&mut tx, reference).await?;
    tx.commit().await?;
    Ok(payment.shown())
}

/// The time that a payment takes is over.
pub(super) async fn settle(tx: &mut Tx, reference: &str) -> Result<(), ProviderError> {
    let payment = lock(tx, reference).await?;
    match (payment.state, payment.behaviour) {
        (PaymentState::Processing, Some(Behaviour::SucceedsLater)) => succeed(tx, payment).await,
        (PaymentState::Processing, _) => fail(tx, payment, "processing_error").await,
        _ => Ok(()),
    }
}

async fn succeed(tx: &mut Tx, mut payment: Payment) -> Result<(), ProviderError> {
    payment.fee = Some(fee(payment.amount).map_err(|e| ProviderError::invalid(e.to_string()))?.amount);
    payment.state = PaymentState::Succeeded;
    store::save_payment(tx, &payment).await?;
    Ok(tell(tx, "payment.succeeded", data(&payment)).await?)
}

async fn fail(tx: &mut Tx, mut payment: Payment, code: &str) -> Result<(), ProviderError> {
    payment.failure = Some(code.to_owned());
    payment.state = PaymentState::Failed;
    store::save_payment(tx, &payment).await?;
    Ok(tell(tx, "payment.failed", data(&payment)).await?)
}

async fn process(tx: &mut Tx, mut payment: Payment) -> Result<(), ProviderError> {
    payment.state = PaymentState::Processing;
    store::save_payment(tx, &payment).await?;
    let at = tx.now() + LATER;
    let job = SettlePayment { reference: payment.reference.clone() };
    jobs::schedule(tx, &format!("sandbox.settle:{}", payment.reference), &job, at).await?;
    Ok(tell(tx, "payment.processing", data(&payment)).await?)
}

fn data(payment: &Payment) -> Data {
    Data {
        object: "payment".to_owned(),
        id: payment.reference.clone(),
        reference: payment.ours.0,
        state: payment.state.as_str().to_owned(),
        amount: payment.amount.amount,
        currency: payment.amount.currency.to_string(),
        fee: payment.fee,
        failure: payment.failure.clone(),
    }
}

/// Writes an event down and sends it soon.
pub(super) async fn tell(tx: &mut Tx, kind: &str, data: Data) -> Result<(), sqlx::Error> {
    let reference = name("evt", tx.dice());
    let body = Body { r#type: kind.to_owned(), timestamp: tx.now(), data };
    let body = serde_json::to_string(&body).map_err(|e| sqlx::Error::Encode(e.into()))?;
    store::insert_event(tx, &reference, &body).await?;
    jobs::enqueue(tx, &Deliver { event: reference }).await?;
    Ok(())
}

pub(super) async fn lock(tx: &mut Tx, reference: &str) -> Result<Payment, ProviderError> {
    store::lock_payment(tx, reference).await?.ok_or_else(|| no_such(reference))
}

pub(super) fn no_such(reference: &str) -> ProviderError {
    ProviderError::invalid(format!("there is no {reference}"))
}

/// A name for something new: what it is, and 96 bits of chance.
pub(super) fn name(what: &str, dice: &Dice) -> String {
    format!("{what}_{}", hex::encode(dice.bytes::<12>()))
}
