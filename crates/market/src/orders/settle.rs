//! Payments and refunds changed: the orders they belong to move. Driven by the state that the payment is in,
//! so it may be called as often as one likes.

use super::model::{Mover, Order, Step, StepData, Taken};
use super::{fire, money, store, table};
use crate::listings::stock;
use crate::payments::{self, model::PaymentState, model::RefundState};
use kernel::{ChargebackId, ListingId, Money, OrderId, PaymentId, RefundId, Refusal};
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
        // What bounced had succeeded first.
        RefundState::Succeeded | RefundState::Bounced => "refund_settled",
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

/// A bank took `share` of the order's payment back for good. An order that ran by the first version, which has no row for
/// that, runs by the second from here on. Nothing happens to one whose payment never came. Errors: `NotFound`.
pub async fn chargeback(
    tx: &mut Tx,
    chargeback: ChargebackId,
    id: OrderId,
    share: Money,
) -> Result<(), Refusal> {
    adopt_newest(tx, id).await?;
    let order = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let Some(row) = table::order(order.process_version).answer(&order.state, "chargeback_lost") else {
        return Ok(());
    };
    let data = StepData { taken: Some(Taken { chargeback, share }), ..StepData::default() };
    let after = fire::fire(tx, id, &row.name, Mover::machine(Actor::Provider), &data).await?;
    // Who was owed a refund that failed has the money from the bank now: nobody else pays it.
    let ends = table::order(after.process_version).transition(&after.state, "paid_by_bank");
    if ends.is_some() && money::has_failed(tx, &after).await? && money::owes_nothing(tx, &after).await? {
        fire::fire(tx, id, "paid_by_bank", Mover::machine(Actor::System), &StepData::default()).await?;
    }
    Ok(())
}

/// Puts an order on the newest version of its table. Its state is there, and its timer runs as it ran.
pub(super) async fn adopt_newest(tx: &mut Tx, id: OrderId) -> Result<(), Refusal> {
    let order = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    if order.process_version >= table::NEWEST {
        return Ok(());
    }
    store::set_version(tx, &order, table::NEWEST).await?;
    let step = Step {
        n: order.version,
        transition: "adopt_version".to_owned(),
        actor: table::actor_name(Actor::System).to_owned(),
        from: order.state.clone(),
        to: order.state.clone(),
        at: tx.now(),
        data: serde_json::json!({ "process_version": table::NEWEST }),
    };
    Ok(store::take_step(tx, &order, &step, None, order.timer.as_ref()).await?)
}

async fn answer_to(tx: &mut Tx, order: &Order, answer: &str, loops_too: bool) -> Result<(), Refusal> {
    // Locked first: the state decides, and another worker may be at it.
    let Some(locked) = store::lock(tx, order.id).await? else { return Ok(()) };
    let Some(row) = table::order(locked.process_version).answer(&locked.state, answer) else { return Ok(()) };
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
