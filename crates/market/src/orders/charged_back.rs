//! What a payment that its buyer's bank takes back does to the orders it was for. Who books it is the slice of chargebacks;
//! this one keeps the orders' side of it.

use super::model::{Mover, Order, Step, StepData};
use super::store::{self, charged_back as rows};
use super::{fire, settle};
use crate::staff::model::Reason;
use kernel::{MemberId, Money, OrderId, PaymentId, Refusal};
use platform::{Reader, Tx};
use process::Actor;

/// What gives an order's money back before its bank takes it, by the state it is in: the first that its table has.
const WAYS_BACK: [(&str, Actor); 3] = [
    ("refund_inquiry", Actor::System),
    ("cancel_by_operator", Actor::Operator),
    ("refund_after_release", Actor::Operator),
];

/// One of the orders that a payment was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub order: OrderId,
    pub total: Money,
    /// What neither went back to the buyer nor was taken by a bank.
    pub left: Money,
    /// How far its seller was trusted at sale.
    pub tier: i16,
}

/// The orders of a payment by their ids, locked until the unit of work is over.
pub async fn lock(tx: &mut Tx, payment: PaymentId) -> Result<Vec<Order>, Refusal> {
    Ok(store::lock_of_payment(tx, payment).await?)
}

/// The same, by what is left of each.
pub async fn parts(reader: &mut Reader, payment: PaymentId) -> Result<Vec<Part>, Refusal> {
    let found = rows::left(reader, payment).await?;
    let part = |row: rows::Left| Part {
        order: row.order,
        total: Money::new(row.total, row.currency),
        left: Money::new((row.total - row.refunded - row.charged_back).max(0), row.currency),
        tier: row.tier,
    };
    Ok(found.into_iter().map(part).collect())
}

/// Everything that happened to an order, the first step first.
pub async fn history(reader: &mut Reader, order: OrderId) -> Result<Vec<Step>, Refusal> {
    Ok(store::steps(reader, order).await?)
}

/// Gives all that is left of an order back to its buyer, in the name of staff. Nothing happens to one whose money went
/// back, or is about to. Errors: `Conflict("chargeback-order-elsewhere")` when its table has no way to that from where it is.
pub async fn give_back(tx: &mut Tx, by: MemberId, order: &Order, why: &Reason) -> Result<(), Refusal> {
    if is_going_back(&order.state) || is_over_without_money(&order.state) {
        return Ok(());
    }
    // The first version has no way back from most of its states.
    settle::adopt_newest(tx, order.id).await?;
    let data = StepData { reason: Some(why.as_str().to_owned()), ..StepData::default() };
    for (way, actor) in WAYS_BACK {
        let mut mover = Mover::machine(actor);
        mover.member = Some(by);
        match fire::fire(tx, order.id, way, mover, &data).await {
            Err(Refusal::Conflict("order-step")) => {}
            done => return done.map(drop),
        }
    }
    Err(Refusal::Conflict("chargeback-order-elsewhere"))
}

/// Gives an order's money back that was paid and neither sent nor handed over, in the name of the marketplace. Answers
/// whether it did: not where something holds the order.
pub async fn call_off(tx: &mut Tx, order: &Order, why: &str) -> Result<bool, Refusal> {
    if order.state != "paid" {
        return Ok(false);
    }
    let data = StepData { reason: Some(why.to_owned()), ..StepData::default() };
    let mover = Mover::machine(Actor::Operator);
    match fire::fire(tx, order.id, "cancel_by_operator", mover, &data).await {
        Ok(_) => Ok(true),
        Err(Refusal::Conflict(_)) => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// Whether an order's money, or a part of it, is on its way back to the buyer or has arrived.
pub fn is_going_back(state: &str) -> bool {
    matches!(state, "refunding" | "refund_stuck" | "refunded" | "partial_refunding" | "partial_stuck")
}

fn is_over_without_money(state: &str) -> bool {
    matches!(state, "cancelled" | "payment_expired" | "charged_back")
}
