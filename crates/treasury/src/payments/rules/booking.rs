//! What a provider says of a payment, once it is said: the payment moves, and it is told.

use super::super::calls;
use super::super::calls::operations::CreatePayment;
use super::super::events::{PaymentFailed, PaymentProcessing, PaymentSucceeded};
use super::super::model::{Payment, PaymentState};
use super::super::provider::{Provider, ProviderPayment};
use super::super::store;
use super::super::work::SyncPayment;
use kernel::{Money, PaymentId, Refusal};
use platform::{Db, Tx, checkpoints, events, jobs};
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

/// Applies an answer in a transaction of its own, fetching a newer one when it was overtaken.
pub(super) async fn settle(
    db: &Db,
    provider: &dyn Provider,
    mut seen: Payment,
    mut said: ProviderPayment,
) -> Result<Payment, Refusal> {
    for _ in 0..FETCHES_MAX {
        checkpoints::reach("payments.said").await;
        let mut tx = db.begin().await?;
        let applied = apply(&mut tx, &seen, &said).await?;
        tx.commit().await?;
        match applied {
            Applied::Changed(changed) => return Ok(changed.payment),
            Applied::Same => return super::paying::load(db, seen.id).await,
            Applied::Stale => {
                seen = super::paying::load(db, seen.id).await?;
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
    checkpoints::reach("payments.locked").await;
    if said.amount != payment.amount || payment.provider_ref.as_ref().is_some_and(|r| *r != said.reference) {
        let what = format!("payment {}: the provider speaks of {}, not of ours", seen.id, said.reference);
        return Err(Refusal::broken(what));
    }
    if payment.provider_ref.is_none() {
        store::set_payment_ref(tx, payment.id, said).await?;
        calls::hear(tx, &CreatePayment::key_of(payment.id), said).await?;
    }
    let is_news = payment.state.goes_to(said.state) || is_another_failure(&payment, said);
    if !is_news {
        if payment.state == said.state && says_more(&payment, said) {
            store::complete_payment(tx, payment.id, said).await?;
        }
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

/// The fee may be known later than the success.
const fn says_more(payment: &Payment, said: &ProviderPayment) -> bool {
    (payment.fee.is_none() && said.fee.is_some())
        || (payment.charge.is_none() && said.charge.is_some())
        || (payment.settled.is_none() && said.settled.is_some())
        || (payment.method.is_none() && said.method.is_some())
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
                charge: said.charge.clone(),
                settled: said.settled,
                method: said.method.clone(),
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

/// While something is to come from the provider, it is asked after, in case no webhook comes.
pub(super) async fn ask_later(tx: &mut Tx, id: PaymentId, state: PaymentState) -> Result<(), Refusal> {
    let key = SyncPayment::key(id);
    if matches!(state, PaymentState::Processing | PaymentState::RequiresAction) {
        let at = tx.now() + ASK_AGAIN_AFTER;
        jobs::schedule(tx, &key, &SyncPayment { payment: id }, at).await?;
    } else {
        jobs::cancel(tx, &key).await?;
    }
    Ok(())
}
