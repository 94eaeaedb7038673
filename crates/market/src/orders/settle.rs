//! Payments and refunds changed: the orders they belong to move. Driven by the state that the payment is in,
//! so it may be called as often as one likes.

use super::model::{Mover, Order, StepData};
use super::{fire, store, table};
use crate::listings::stock;
use crate::payments::{self, model::PaymentState, model::RefundState};
use kernel::{ListingId, Money, OrderId, PaymentId, RefundId, Refusal};
use platform::Tx;
use process::Actor;

/// Moves every order of the payment to where its state leads. An order that cannot move stays.
pub async fn payment(tx: &mut Tx, id: PaymentId) -> Result<(), Refusal> {
    let payment = payments::rules::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    let answer = match payment.state {
        PaymentState::Succeeded => "payment_succeeded",
        PaymentState::Processing => "payment_processing",
        PaymentState::Failed => "payment_failed",
        _ => return Ok(()),
    };
    let orders = store::lock_of_payment(tx, id).await?;
    lock_stock(tx, &orders).await?;
    if payment.state == PaymentState::Succeeded {
        share_fee(tx, &orders, payment.fee).await?;
    }
    for order in orders {
        answer_to(tx, &order, answer, false).await?;
    }
    Ok(())
}

/// Locks the stock of several orders in one go and in the one order in which everybody does: order by order, two
/// payments for the same things would block each other.
pub(super) async fn lock_stock(tx: &mut Tx, orders: &[Order]) -> Result<(), Refusal> {
    let ids: Vec<OrderId> = orders.iter().map(|o| o.id).collect();
    let legs = store::legs(tx, &ids).await?;
    let listings: Vec<ListingId> = legs.into_iter().filter_map(|(_, leg)| leg.listing).collect();
    stock::lock(tx, &listings).await
}

/// A try to pay failed: told once for each try, because the orders stay where they are.
pub async fn payment_failed(tx: &mut Tx, id: PaymentId) -> Result<(), Refusal> {
    for order in store::lock_of_payment(tx, id).await? {
        answer_to(tx, &order, "payment_failed", true).await?;
    }
    Ok(())
}

/// The provider settled a refund, or could not.
pub async fn refund(tx: &mut Tx, id: RefundId) -> Result<(), Refusal> {
    let refund = payments::rules::find_refund(tx, id).await?.ok_or(Refusal::NotFound)?;
    let answer = match refund.state {
        RefundState::Succeeded => "refund_settled",
        RefundState::Failed => "refund_failed",
        _ => return Ok(()),
    };
    let latest = payments::rules::latest_refund(tx, refund.order).await?;
    if latest.is_some_and(|l| l.id != id) {
        return Ok(()); // an earlier one, whose failure led to the latest
    }
    let order = store::find(tx, refund.order).await?.ok_or(Refusal::NotFound)?;
    match answer_to(tx, &order, answer, true).await {
        Err(Refusal::Conflict("refund-not-in-flight")) => Ok(()),
        done => done,
    }
}

async fn answer_to(tx: &mut Tx, order: &Order, answer: &str, loops_too: bool) -> Result<(), Refusal> {
    // Locked first: the state decides, and another worker may be at it.
    let Some(locked) = store::lock(tx, order.id).await? else { return Ok(()) };
    let Some(row) = table::order().answer(&locked.state, answer) else { return Ok(()) };
    if row.is_loop() && !loops_too {
        return Ok(());
    }
    fire::fire(tx, order.id, &row.name, Mover::machine(Actor::Provider), &StepData::default()).await?;
    Ok(())
}

/// Splits what the provider kept of a payment among its orders, by their totals.
async fn share_fee(tx: &mut Tx, orders: &[Order], fee: Option<Money>) -> Result<(), Refusal> {
    let Some(fee) = fee else { return Ok(()) };
    let weights: Vec<u64> = orders.iter().map(|o| o.total.amount.unsigned_abs()).collect();
    for (order, part) in orders.iter().zip(fee.split(&weights)?) {
        if order.provider_fee.is_zero() && !part.is_zero() {
            store::set_provider_fee(tx, order.id, part.amount).await?;
        }
    }
    Ok(())
}
