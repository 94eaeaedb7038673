//! A refund from its asking to its end.

use super::super::events::{RefundFailed, RefundSucceeded};
use super::super::model::{Payment, PaymentState, Refund, RefundState};
use super::super::provider::{NewRefund, Provider, ProviderRefund};
use super::super::store::{self, Call};
use super::super::work::{SendRefund, SyncRefund};
use super::{calls, is_with};
use kernel::{Money, OrderId, PaymentId, RefundId, Refusal};
use platform::{Db, Reader, Tx, events, jobs};
use serde_json::json;
use time::Duration;

/// How long after the last news a refund that takes its time is asked after.
const ASK_AGAIN_AFTER: Duration = Duration::hours(6);

/// Asks that `amount` of a payment go back to the buyer, for an order; the provider hears of it after the commit.
/// Errors: `Conflict` with `payment-not-paid` or `refund-too-much`.
pub async fn ask_refund(
    tx: &mut Tx,
    order: OrderId,
    payment: PaymentId,
    amount: Money,
) -> Result<RefundId, Refusal> {
    let paid = store::lock_payment(tx, payment).await?.ok_or(Refusal::NotFound)?;
    if paid.state != PaymentState::Succeeded {
        return Err(Refusal::Conflict("payment-not-paid"));
    }
    let before = Money::new(store::refunded(tx, payment).await?, paid.amount.currency);
    if before.plus(amount)?.amount > paid.amount.amount {
        return Err(Refusal::Conflict("refund-too-much"));
    }
    let refund = Refund {
        id: tx.new_id(),
        order,
        payment,
        amount,
        state: RefundState::Created,
        provider_ref: None,
        failure: None,
        created_at: tx.now(),
        settled_at: None,
    };
    store::insert_refund(tx, &refund).await?;
    jobs::enqueue(tx, &SendRefund { refund: refund.id }).await?;
    Ok(refund.id)
}

pub async fn find_refund(reader: &mut Reader, id: RefundId) -> Result<Option<Refund>, Refusal> {
    Ok(store::refund(reader, id).await?)
}

/// The refunds of an order, oldest first.
pub async fn refunds_of(reader: &mut Reader, order: OrderId) -> Result<Vec<Refund>, Refusal> {
    Ok(store::refunds_of_order(reader, order).await?)
}

/// The last refund that was asked for an order.
pub async fn latest_refund(reader: &mut Reader, order: OrderId) -> Result<Option<Refund>, Refusal> {
    Ok(store::refunds_of_order(reader, order).await?.pop())
}

/// Asks the provider for a refund that was not sent yet. A refusal ends the refund: the buyer is owed the money.
pub async fn send_refund(db: &Db, provider: &dyn Provider, id: RefundId) -> Result<(), Refusal> {
    let mut reader = db.read().await?;
    let refund = store::refund(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let payment = store::payment(&mut reader, refund.payment).await?.ok_or(Refusal::NotFound)?;
    drop(reader);
    is_with(provider, &payment)?;
    if refund.state != RefundState::Created {
        return Ok(());
    }
    let (key, new) = (format!("refund:{id}"), as_asked(&refund, payment)?);
    let call = Call {
        key: &key,
        provider: provider.name(),
        operation: "refund",
        subject: id.0,
        request: json!({ "payment": new.payment_ref, "amount": new.amount }),
    };
    let look_up = provider.find_refund(&new, refund.created_at);
    match calls::make(db, &call, look_up, provider.refund(&key, &new)).await? {
        Ok(said) => settle(db, id, &said).await,
        Err(error) if error.is_final() => give_up(db, id, error.code()).await,
        Err(error) => Err(error.into()),
    }
}

/// Looks the refund up at its provider and applies what it says: the same as if a webhook had come.
pub async fn sync_refund(db: &Db, provider: &dyn Provider, id: RefundId) -> Result<(), Refusal> {
    let mut reader = db.read().await?;
    let refund = store::refund(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let payment = store::payment(&mut reader, refund.payment).await?.ok_or(Refusal::NotFound)?;
    drop(reader);
    is_with(provider, &payment)?;
    let said = match &refund.provider_ref {
        Some(reference) => Some(provider.get_refund(reference).await?),
        None => {
            let new = as_asked(&refund, payment)?;
            provider.find_refund(&new, refund.created_at).await?.found()
        }
    };
    match said {
        Some(said) => settle(db, id, &said).await,
        None => Ok(()),
    }
}

/// What the provider was asked for, or will be.
fn as_asked(refund: &Refund, payment: Payment) -> Result<NewRefund, Refusal> {
    let payment_ref =
        payment.provider_ref.ok_or_else(|| Refusal::broken("a paid payment without a reference"))?;
    Ok(NewRefund { ours: refund.id, payment_ref, amount: refund.amount })
}

async fn settle(db: &Db, id: RefundId, said: &ProviderRefund) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    apply(&mut tx, id, said).await?;
    Ok(tx.commit().await?)
}

/// Moves a refund to what its provider says of it, once, and tells it as an event. Errors: the amount is not
/// ours, or a settled refund is said to have failed; then a person must look.
async fn apply(tx: &mut Tx, id: RefundId, said: &ProviderRefund) -> Result<(), Refusal> {
    let refund = store::lock_refund(tx, id).await?.ok_or(Refusal::NotFound)?;
    if said.amount != refund.amount {
        return Err(Refusal::broken(format!("refund {id}: the provider speaks of another amount")));
    }
    if refund.state.is_final() && said.state.is_final() && refund.state != said.state {
        let (ours, theirs) = (refund.state.as_str(), said.state.as_str());
        return Err(Refusal::broken(format!("refund {id} had {ours}, and is now said to have {theirs}")));
    }
    if refund.state.is_final() || refund.state == said.state {
        return Ok(());
    }
    store::move_refund(tx, id, said).await?;
    match said.state {
        RefundState::Succeeded => {
            let Refund { order, payment, amount, .. } = refund;
            let event =
                RefundSucceeded { refund: id, order, payment, amount, provider_ref: said.reference.clone() };
            events::append(tx, &event).await?;
        }
        RefundState::Failed => tell_failure(tx, &refund, said.failure.as_deref().unwrap_or("other")).await?,
        RefundState::Created | RefundState::Pending | RefundState::NeedsAttention => {}
    }
    ask_later(tx, id, said.state).await
}

/// The provider refused to begin.
async fn give_up(db: &Db, id: RefundId, code: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let refund = store::lock_refund(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if refund.state == RefundState::Created {
        store::refuse_refund(&mut tx, id, code).await?;
        tell_failure(&mut tx, &refund, code).await?;
    }
    Ok(tx.commit().await?)
}

async fn tell_failure(tx: &mut Tx, refund: &Refund, code: &str) -> Result<(), Refusal> {
    let Refund { id, order, payment, amount, .. } = *refund;
    let event = RefundFailed { refund: id, order, payment, amount, failure: code.to_owned() };
    Ok(events::append(tx, &event).await?)
}

/// `sync_refund`, and again later if something is still to come.
pub async fn follow_up_refund(db: &Db, provider: &dyn Provider, id: RefundId) -> Result<(), Refusal> {
    sync_refund(db, provider, id).await?;
    let mut tx = db.begin().await?;
    let refund = store::refund(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    ask_later(&mut tx, id, refund.state).await?;
    Ok(tx.commit().await?)
}

/// While the provider is at it, it is asked after, in case no webhook comes.
async fn ask_later(tx: &mut Tx, id: RefundId, state: RefundState) -> Result<(), Refusal> {
    let key = SyncRefund::key(id);
    if matches!(state, RefundState::Pending | RefundState::NeedsAttention) {
        let at = tx.now() + ASK_AGAIN_AFTER;
        jobs::schedule(tx, &key, &SyncRefund { refund: id }, at).await?;
    } else {
        jobs::cancel(tx, &key).await?;
    }
    Ok(())
}
