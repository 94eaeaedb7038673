//! Refunds that did not reach their buyer, and that staff has paid them another way: they wait for somebody at the provider,
//! failed, or came back when their order was over.

use super::by_hand::ByHand;
use super::model::{Mover, Order, StepData};
use super::store::{self, Locked};
use super::{fire, money, settle, table};
use crate::payments::model::{Refund, RefundState};
use crate::payments::rules as payments;
use kernel::{MemberId, OrderId, RefundId, Refusal};
use ledger::{Account, flows};
use platform::{Reader, Tx};
use process::Actor;

/// By which an order that waits for it ends, or a part of one.
const STEPS: [&str; 2] = ["refund_other_way", "partial_other_way"];

/// A refund that was paid by hand, how, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Paid<'a> {
    pub refund: RefundId,
    pub how: &'a ByHand,
    pub by: MemberId,
    /// Who agreed to it, where it takes two.
    pub second: Option<MemberId>,
    pub why: &'a str,
}

/// The refunds of an order that somebody must see to, oldest first.
pub async fn open(reader: &mut Reader, id: OrderId) -> Result<Vec<Refund>, Refusal> {
    let order = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let all = payments::refunds_of(reader, id).await?;
    let latest = all.last().map(|refund| refund.id);
    let mut open = Vec::new();
    for refund in all {
        let is_open = match refund.state {
            RefundState::NeedsAttention => true,
            RefundState::Failed => latest == Some(refund.id) && step_of(&order).is_some(),
            RefundState::Bounced => !is_paid(reader, refund.id).await?,
            RefundState::Created | RefundState::Unknown | RefundState::Pending | RefundState::Succeeded => {
                false
            }
        };
        if is_open {
            open.push(refund);
        }
    }
    Ok(open)
}

/// Ends a refund as paid by hand, and with it the order that waits for it. Errors: `NotFound`; `Conflict("refund-not-failed")`
/// while the provider may still pay it; `Conflict("refund-not-owed")` when its buyer has the money; those of the order's step.
pub async fn pay(tx: &mut Tx, it: &Paid<'_>) -> Result<(), Refusal> {
    let of = found(tx, it.refund).await?.order;
    store::lock(tx, of).await?.ok_or(Refusal::NotFound)?;
    match found(tx, it.refund).await?.state {
        RefundState::NeedsAttention => {
            payments::end_waiting(tx, it.refund).await?;
            settle::refund(tx, it.refund).await?;
        }
        RefundState::Failed | RefundState::Bounced => {}
        RefundState::Created | RefundState::Unknown | RefundState::Pending | RefundState::Succeeded => {
            return Err(Refusal::Conflict("refund-not-failed"));
        }
    }
    let refund = found(tx, it.refund).await?;
    let order = store::lock(tx, of).await?.ok_or(Refusal::NotFound)?;
    let owed = money::held(tx, &Account::BuyerDue(of), &order).await?;
    if owed.amount < refund.amount.amount || is_paid(tx, it.refund).await? {
        return Err(Refusal::Conflict("refund-not-owed"));
    }
    if refund.state == RefundState::Bounced {
        book(tx, &refund, it.how).await?;
    } else {
        end(tx, &order, it).await?;
    }
    payments::seen_to(tx, it.refund, "it was paid by hand").await
}

async fn found(reader: &mut Reader, id: RefundId) -> Result<Refund, Refusal> {
    payments::find_refund(reader, id).await?.ok_or(Refusal::NotFound)
}

async fn is_paid(reader: &mut Reader, id: RefundId) -> Result<bool, Refusal> {
    Ok(ledger::is_posted(reader, &flows::key_another_way(id)).await?)
}

fn step_of(order: &Order) -> Option<&'static str> {
    let table = table::order(order.process_version);
    STEPS.into_iter().find(|step| table.transition(&order.state, step).is_some())
}

/// The order waits for nothing else.
async fn end(tx: &mut Tx, order: &Locked, it: &Paid<'_>) -> Result<(), Refusal> {
    let latest = payments::latest_refund(tx, order.id).await?;
    let step = step_of(order).filter(|_| latest.is_some_and(|latest| latest.id == it.refund));
    let step = step.ok_or(Refusal::Conflict("refund-not-owed"))?;
    let (by, second) = (Some(it.by), it.second);
    let data = StepData {
        reason: Some(it.why.to_owned()),
        paid_from: Some(it.how.from.name().to_owned()),
        reference: Some(it.how.reference.clone()),
        ..StepData::default()
    };
    fire::fire(tx, order.id, step, Mover { actor: Actor::Operator, member: by, second }, &data).await?;
    Ok(())
}

/// J6d: the order stays at its end.
async fn book(tx: &mut Tx, refund: &Refund, how: &ByHand) -> Result<(), Refusal> {
    let payment = payments::find(tx, refund.payment).await?.ok_or(Refusal::NotFound)?;
    money::book_by_hand(tx, refund, &payment.provider, how).await
}
