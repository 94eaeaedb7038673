//! A refund from its asking to its end.

use super::super::calls;
use super::super::calls::operations::MakeRefund;
use super::super::events::{RefundBounced, RefundFailed, RefundSucceeded};
use super::super::model::{Payment, PaymentState, Refund, RefundState};
use super::super::provider::{NewRefund, ProviderError, ProviderRefund};
use super::super::providers::Providers;
use super::super::store;
use super::super::work::{SendRefund, SyncRefund};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, OrderId, PaymentId, RefundId, Refusal};
use platform::{Db, Reader, Tx, checkpoints, events, jobs};
use serde_json::json;
use time::Duration;

/// How long after the last news a refund that takes its time is asked after.
const ASK_AGAIN_AFTER: Duration = Duration::hours(6);

/// How long there is to look after one that stands still.
const DUE: Duration = Duration::hours(48);

/// Asks that `amount` of a payment go back to the buyer, for an order; the provider hears of it after the commit.
/// Errors: `Conflict` with `payment-not-paid` or `refund-too-much`.
pub async fn ask_refund(
    tx: &mut Tx,
    order: OrderId,
    payment: PaymentId,
    amount: Money,
) -> Result<RefundId, Refusal> {
    ask_refund_taxed(tx, order, payment, amount, Money::zero(amount.currency)).await
}

/// The same; `tax` is what of the amount is tax on the goods, which its credit note says.
pub async fn ask_refund_taxed(
    tx: &mut Tx,
    order: OrderId,
    payment: PaymentId,
    amount: Money,
    tax: Money,
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
    store::insert_refund(tx, &refund, tax).await?;
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

/// Asks the provider for a refund that was not sent yet, or of which nobody knows. A refusal ends the refund: the buyer
/// is owed the money. When only a person can say what became of it, nothing more is done.
pub async fn send_refund(db: &Db, providers: &Providers, id: RefundId) -> Result<(), Refusal> {
    let (refund, payment) = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    if !matches!(refund.state, RefundState::Created | RefundState::Unknown) {
        return Ok(());
    }
    let new = as_asked(&refund, payment)?;
    match calls::make(db, provider, &MakeRefund(&new)).await? {
        Ok(said) => settle(db, id, &said).await,
        Err(error) if error.is_final() => give_up(db, id, error.code()).await,
        Err(error) => {
            if matches!(error, ProviderError::Unknown(_)) {
                let mut tx = db.begin().await?;
                store::refund_unknown(&mut tx, id).await?;
                tx.commit().await?;
            }
            if error.needs_a_person() { Ok(()) } else { Err(error.into()) }
        }
    }
}

/// Looks the refund up at its provider and applies what it says: the same as if a webhook had come.
pub async fn sync_refund(db: &Db, providers: &Providers, id: RefundId) -> Result<(), Refusal> {
    sync_refund_as(db, providers, id, None).await
}

/// The same; `reference` is what the provider calls it, for when its news overtook the answer that would have told us.
pub async fn sync_refund_as(
    db: &Db,
    providers: &Providers,
    id: RefundId,
    reference: Option<&str>,
) -> Result<(), Refusal> {
    let (refund, payment) = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    let said = match refund.provider_ref.as_deref().or(reference) {
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

pub(super) async fn load(db: &Db, id: RefundId) -> Result<(Refund, Payment), Refusal> {
    let mut reader = db.read().await?;
    let refund = store::refund(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let payment = store::payment(&mut reader, refund.payment).await?.ok_or(Refusal::NotFound)?;
    Ok((refund, payment))
}

/// What the provider was asked for, or will be.
fn as_asked(refund: &Refund, payment: Payment) -> Result<NewRefund, Refusal> {
    let payment_ref =
        payment.provider_ref.ok_or_else(|| Refusal::broken("a paid payment without a reference"))?;
    Ok(NewRefund { ours: refund.id, payment_ref, amount: refund.amount })
}

pub(super) async fn settle(db: &Db, id: RefundId, said: &ProviderRefund) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    apply(&mut tx, id, said).await?;
    Ok(tx.commit().await?)
}

/// Moves a refund to what its provider says of it, once, and tells it as an event. Errors: the amount is not ours.
async fn apply(tx: &mut Tx, id: RefundId, said: &ProviderRefund) -> Result<(), Refusal> {
    let refund = store::lock_refund(tx, id).await?.ok_or(Refusal::NotFound)?;
    checkpoints::reach("refunds.locked").await;
    calls::hear(tx, &MakeRefund::key_of(id), said).await?;
    if said.amount != refund.amount {
        return Err(Refusal::broken(format!("refund {id}: the provider speaks of another amount")));
    }
    if refund.state == RefundState::Failed && said.state == RefundState::Succeeded {
        // It is owed to the buyer already: who has it now, somebody must find out.
        return wants_a_person(tx, &refund, "it had failed, and is now said to have succeeded").await;
    }
    let Some(to) = refund.state.goes_to(said.state) else { return Ok(()) };
    store::move_refund(tx, id, to, said).await?;
    if refund.state == RefundState::NeedsAttention {
        tickets::close(tx, &attention(id), "it went on").await?;
    }
    let Refund { order, payment, amount, .. } = refund;
    match to {
        RefundState::Succeeded => {
            let event =
                RefundSucceeded { refund: id, order, payment, amount, provider_ref: said.reference.clone() };
            events::append(tx, &event).await?;
        }
        RefundState::Failed => tell_failure(tx, &refund, said.failure.as_deref().unwrap_or("other")).await?,
        RefundState::Bounced => {
            let event =
                RefundBounced { refund: id, order, payment, amount, provider_ref: said.reference.clone() };
            events::append(tx, &event).await?;
            wants_a_person(tx, &refund, "the buyer's bank sent it back").await?;
        }
        RefundState::NeedsAttention => wants_a_person(tx, &refund, "the provider waits for somebody").await?,
        RefundState::Created | RefundState::Unknown | RefundState::Pending => {}
    }
    ask_later(tx, id, to).await
}

/// The key of the ticket of a refund that somebody has to look after.
pub(super) fn attention(id: RefundId) -> String {
    format!("refund_attention:{id}")
}

pub(super) async fn wants_a_person(tx: &mut Tx, refund: &Refund, why: &str) -> Result<(), Refusal> {
    let new = NewTicket {
        kind: Kind::RefundAttention,
        key: &attention(refund.id),
        subject: Subject::Refund(refund.id),
        amount: Some(refund.amount),
        detail: json!({ "order": refund.order, "why": why }),
        due: DUE,
    };
    tickets::open(tx, &new).await?;
    Ok(())
}

/// The provider refused to begin.
async fn give_up(db: &Db, id: RefundId, code: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let refund = store::lock_refund(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if matches!(refund.state, RefundState::Created | RefundState::Unknown) {
        store::refuse_refund(&mut tx, id, code).await?;
        tell_failure(&mut tx, &refund, code).await?;
    }
    Ok(tx.commit().await?)
}

pub(super) async fn tell_failure(tx: &mut Tx, refund: &Refund, code: &str) -> Result<(), Refusal> {
    let Refund { id, order, payment, amount, .. } = *refund;
    let event = RefundFailed { refund: id, order, payment, amount, failure: code.to_owned() };
    Ok(events::append(tx, &event).await?)
}

/// `sync_refund`, and again later if something is still to come.
pub async fn follow_up_refund(db: &Db, providers: &Providers, id: RefundId) -> Result<(), Refusal> {
    sync_refund(db, providers, id).await?;
    let mut tx = db.begin().await?;
    let refund = store::refund(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    ask_later(&mut tx, id, refund.state).await?;
    Ok(tx.commit().await?)
}

/// While the provider is at it, it is asked after, in case no webhook comes.
pub(super) async fn ask_later(tx: &mut Tx, id: RefundId, state: RefundState) -> Result<(), Refusal> {
    let key = SyncRefund::key(id);
    if matches!(state, RefundState::Pending | RefundState::NeedsAttention) {
        let at = tx.now() + ASK_AGAIN_AFTER;
        jobs::schedule(tx, &key, &SyncRefund { refund: id }, at).await?;
    } else {
        jobs::cancel(tx, &key).await?;
    }
    Ok(())
}
