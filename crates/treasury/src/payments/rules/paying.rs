//! A payment from its opening to its end.

use super::super::card::Card;
use super::super::events::{PaymentFailed, PaymentProcessing, PaymentSucceeded};
use super::super::model::{Payment, PaymentState};
use super::super::provider::{LookUp, NewPayment, Provider, ProviderError, ProviderPayment};
use super::super::store::{self, Call};
use super::super::work::{CancelPayment, CreatePayment, SyncPayment};
use super::{calls, is_with};
use kernel::{MemberId, Money, PaymentId, Refusal};
use platform::{Db, Reader, Tx, events, jobs};
use serde_json::json;
use time::Duration;

/// How long after the last news a payment that takes its time is asked after.
const ASK_AGAIN_AFTER: Duration = Duration::hours(1);

/// Times that an answer which another one overtook is fetched again.
const FETCHES_MAX: u32 = 3;

/// What became of a provider's answer.
#[derive(Debug)]
pub enum Applied {
    Changed(Box<Changed>),
    /// We knew.
    Same,
    /// Somebody else's answer came in between: ask again.
    Stale,
}

/// A payment that moved.
#[derive(Debug)]
pub struct Changed {
    pub from: PaymentState,
    pub payment: Payment,
}

/// Opens a payment of `amount`; the provider hears of it after the commit. Errors: the amount is not positive.
pub async fn open(tx: &mut Tx, buyer: MemberId, amount: Money, provider: &str) -> Result<Payment, Refusal> {
    let payment = Payment {
        id: tx.new_id(),
        buyer,
        provider: provider.to_owned(),
        provider_ref: None,
        amount,
        state: PaymentState::Created,
        failure: None,
        attempt: None,
        fee: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::insert_payment(tx, &payment).await?;
    jobs::enqueue(tx, &CreatePayment { payment: payment.id }).await?;
    Ok(payment)
}

/// A payment, whoever's it is.
pub async fn find(reader: &mut Reader, id: PaymentId) -> Result<Option<Payment>, Refusal> {
    Ok(store::payment(reader, id).await?)
}

/// A buyer's own payment. Errors: `NotFound`, also for somebody else's.
pub async fn of_buyer(reader: &mut Reader, buyer: MemberId, id: PaymentId) -> Result<Payment, Refusal> {
    store::payment(reader, id).await?.filter(|p| p.buyer == buyer).ok_or(Refusal::NotFound)
}

/// Makes sure that the provider has the payment, and answers it with the provider's reference.
pub async fn ensure_created(db: &Db, provider: &dyn Provider, id: PaymentId) -> Result<Payment, Refusal> {
    let payment = load(db, id).await?;
    is_with(provider, &payment)?;
    if payment.provider_ref.is_some() || payment.state.is_final() {
        return Ok(payment);
    }
    let (key, amount) = (format!("payment:{id}"), payment.amount);
    let new = NewPayment { ours: id, amount, group: id.to_string(), buyer_email: None, back: None };
    let call = Call {
        key: &key,
        provider: provider.name(),
        operation: "create_payment",
        subject: id.0,
        request: json!({ "amount": payment.amount }),
    };
    let look_up = provider.find_payment(id, None);
    let said = calls::make(db, &call, look_up, provider.create_payment(&key, &new)).await??;
    settle(db, provider, payment, said).await
}

/// Pays by a card from our own form: only with a provider that takes cards that way (the sandbox). A decline is
/// no error: the payment comes back failed, with the reason. Errors: the card's fields; `Conflict` with
/// `payment-paid`, `payment-processing` or `payment-cancelled`; `NotFound` if the provider takes cards itself.
pub async fn confirm(
    db: &Db,
    provider: &dyn Provider,
    payment: &Payment,
    card: &Card,
) -> Result<Payment, Refusal> {
    let form = provider.card_form().ok_or(Refusal::NotFound)?;
    let payment = ensure_created(db, provider, payment.id).await?;
    let reference = payable(&payment)?;
    match form.confirm(reference, card).await {
        Ok(said) => settle(db, provider, payment.clone(), said).await,
        Err(error) => Err(overtaken(db, provider, payment.id, error).await),
    }
}

/// The buyer answered their bank's question in the sandbox. Errors as `confirm`; `Conflict("payment-no-question")`
/// when nothing was asked.
pub async fn answer_challenge(
    db: &Db,
    provider: &dyn Provider,
    payment: &Payment,
    passed: bool,
) -> Result<Payment, Refusal> {
    let form = provider.card_form().ok_or(Refusal::NotFound)?;
    let payment = load(db, payment.id).await?;
    is_with(provider, &payment)?;
    if matches!(payment.state, PaymentState::Created | PaymentState::Failed) {
        return Err(Refusal::Conflict("payment-no-question"));
    }
    let reference = payable(&payment)?;
    match form.answer_challenge(reference, passed).await {
        Ok(said) => settle(db, provider, payment.clone(), said).await,
        Err(error) => Err(overtaken(db, provider, payment.id, error).await),
    }
}

/// Why the provider did not accept what was fine a moment ago: perhaps the same was done in another window
/// meanwhile, and then the payment's state says why.
async fn overtaken(db: &Db, provider: &dyn Provider, id: PaymentId, error: ProviderError) -> Refusal {
    if !matches!(&error, ProviderError::Invalid { fields, .. } if fields.is_empty()) {
        return error.into();
    }
    match sync(db, provider, id).await {
        Err(refusal) => refusal,
        Ok(now) => match payable(&now) {
            Err(refusal) => refusal,
            Ok(_) => error.into(),
        },
    }
}

fn payable(payment: &Payment) -> Result<&str, Refusal> {
    match payment.state {
        PaymentState::Succeeded => Err(Refusal::Conflict("payment-paid")),
        PaymentState::Processing => Err(Refusal::Conflict("payment-processing")),
        PaymentState::Cancelled => Err(Refusal::Conflict("payment-cancelled")),
        PaymentState::Created | PaymentState::RequiresAction | PaymentState::Failed => {
            payment.provider_ref.as_deref().ok_or(Refusal::Unavailable("payments"))
        }
    }
}

/// Looks the payment up at its provider and applies what it says: the same as if a webhook had come.
pub async fn sync(db: &Db, provider: &dyn Provider, id: PaymentId) -> Result<Payment, Refusal> {
    let payment = load(db, id).await?;
    is_with(provider, &payment)?;
    let said = match &payment.provider_ref {
        Some(reference) => provider.get_payment(reference).await?,
        None => match provider.find_payment(id, None).await? {
            LookUp::Found(said) => said,
            LookUp::Absent | LookUp::Unsure => return Ok(payment),
        },
    };
    settle(db, provider, payment, said).await
}

/// Asks that a payment be made impossible to pay. If it is paid meanwhile, it stays paid.
pub async fn ask_cancel(tx: &mut Tx, id: PaymentId) -> Result<(), Refusal> {
    jobs::enqueue(tx, &CancelPayment { payment: id }).await?;
    Ok(())
}

/// Makes a payment impossible to pay, or finds out that it is paid or being paid.
pub async fn cancel(db: &Db, provider: &dyn Provider, id: PaymentId) -> Result<Payment, Refusal> {
    let payment = load(db, id).await?;
    is_with(provider, &payment)?;
    if payment.state.is_final() {
        return Ok(payment);
    }
    let reference = match &payment.provider_ref {
        Some(reference) => reference.clone(),
        None => match provider.find_payment(id, None).await? {
            LookUp::Found(found) => found.reference,
            LookUp::Absent => return close_unsent(db, id).await,
            // It may be there, and then somebody may still pay it.
            LookUp::Unsure => return Err(Refusal::Unavailable("payments")),
        },
    };
    let key = format!("cancel:{id}");
    let call = Call {
        key: &key,
        provider: provider.name(),
        operation: "cancel_payment",
        subject: id.0,
        request: json!({ "reference": reference }),
    };
    // Nothing to look up: cancelling twice is cancelling once.
    let look_up = Box::pin(async { Ok(LookUp::Absent) });
    match calls::make(db, &call, look_up, provider.cancel_payment(&key, &reference)).await? {
        Ok(said) => settle(db, provider, payment, said).await,
        Err(error) if error.is_final() => sync(db, provider, id).await,
        Err(error) => Err(error.into()),
    }
}

/// The provider never heard of it: nobody can pay it, and we will not ask.
async fn close_unsent(db: &Db, id: PaymentId) -> Result<Payment, Refusal> {
    let mut tx = db.begin().await?;
    store::lock_payment(&mut tx, id).await?;
    store::close_unsent(&mut tx, id).await?;
    let payment = store::payment(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(payment)
}

/// Applies an answer in a transaction of its own, fetching a newer one when it was overtaken.
async fn settle(
    db: &Db,
    provider: &dyn Provider,
    mut seen: Payment,
    mut said: ProviderPayment,
) -> Result<Payment, Refusal> {
    for _ in 0..FETCHES_MAX {
        let mut tx = db.begin().await?;
        let applied = apply(&mut tx, &seen, &said).await?;
        tx.commit().await?;
        match applied {
            Applied::Changed(changed) => return Ok(changed.payment),
            Applied::Same => return load(db, seen.id).await,
            Applied::Stale => {
                seen = load(db, seen.id).await?;
                said = provider.get_payment(&said.reference).await?;
            }
        }
    }
    Err(Refusal::Unavailable("payments"))
}

/// Moves a payment to what its provider says of it, once, and tells it as an event. `seen` is the payment as it
/// was before the provider was asked. Errors: the amount or the reference is not ours, so nothing is believed.
pub async fn apply(tx: &mut Tx, seen: &Payment, said: &ProviderPayment) -> Result<Applied, Refusal> {
    let payment = store::lock_payment(tx, seen.id).await?.ok_or(Refusal::NotFound)?;
    if said.amount != payment.amount || payment.provider_ref.as_ref().is_some_and(|r| *r != said.reference) {
        let what = format!("payment {}: the provider speaks of {}, not of ours", seen.id, said.reference);
        return Err(Refusal::broken(what));
    }
    if payment.provider_ref.is_none() {
        store::set_payment_ref(tx, payment.id, &said.reference).await?;
    }
    let is_news = payment.state.goes_to(said.state) || is_another_failure(&payment, said);
    if !is_news {
        return Ok(Applied::Same);
    }
    if payment.version != seen.version && !said.state.is_final() {
        return Ok(Applied::Stale);
    }
    store::move_payment(tx, payment.id, said).await?;
    tell(tx, payment.id, said, &payment.provider).await?;
    let moved = store::payment(tx, payment.id).await?.ok_or(Refusal::NotFound)?;
    Ok(Applied::Changed(Box::new(Changed { from: payment.state, payment: moved })))
}

/// A second try failed after the first, perhaps for the same reason.
fn is_another_failure(payment: &Payment, said: &ProviderPayment) -> bool {
    payment.state == PaymentState::Failed
        && said.state == PaymentState::Failed
        && payment.attempt != said.attempt
}

async fn tell(tx: &mut Tx, id: PaymentId, said: &ProviderPayment, provider: &str) -> Result<(), Refusal> {
    match said.state {
        PaymentState::Succeeded => {
            let event = PaymentSucceeded {
                payment: id,
                provider: provider.to_owned(),
                provider_ref: said.reference.clone(),
                amount: said.amount,
                fee: said.fee.unwrap_or(Money::zero(said.amount.currency)),
            };
            events::append(tx, &event).await?;
        }
        PaymentState::Processing => events::append(tx, &PaymentProcessing { payment: id }).await?,
        PaymentState::Failed => {
            let failure = said.failure.clone().unwrap_or_else(|| "other".to_owned());
            events::append(tx, &PaymentFailed { payment: id, failure }).await?;
        }
        PaymentState::Created | PaymentState::RequiresAction | PaymentState::Cancelled => {}
    }
    ask_later(tx, id, said.state).await
}

/// `sync`, and again later if something is still to come.
pub async fn follow_up(db: &Db, provider: &dyn Provider, id: PaymentId) -> Result<(), Refusal> {
    let payment = sync(db, provider, id).await?;
    let mut tx = db.begin().await?;
    ask_later(&mut tx, id, payment.state).await?;
    Ok(tx.commit().await?)
}

/// While something is to come from the provider, it is asked after, in case no webhook comes.
async fn ask_later(tx: &mut Tx, id: PaymentId, state: PaymentState) -> Result<(), Refusal> {
    let key = SyncPayment::key(id);
    if matches!(state, PaymentState::Processing | PaymentState::RequiresAction) {
        let at = tx.now() + ASK_AGAIN_AFTER;
        jobs::schedule(tx, &key, &SyncPayment { payment: id }, at).await?;
    } else {
        jobs::cancel(tx, &key).await?;
    }
    Ok(())
}

async fn load(db: &Db, id: PaymentId) -> Result<Payment, Refusal> {
    find(&mut db.read().await?, id).await?.ok_or(Refusal::NotFound)
}
