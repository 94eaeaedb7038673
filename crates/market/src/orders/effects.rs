//! What a step of the table does beside changing the state, and what must hold before it.

use super::events::OperatorNeeded;
use super::model::Order;
use super::{money, store};
use crate::listings::stock;
use crate::payments;
use kernel::{ListingId, Refusal};
use ledger::Account;
use platform::{Tx, events};
use process::{Effect, Money, Stock, Transition};

/// Whether all guards of a step hold. Errors: the first that does not, as `Conflict`.
pub(super) async fn check(tx: &mut Tx, order: &Order, step: &Transition) -> Result<(), Refusal> {
    for guard in &step.guards {
        let (holds, refused) = match guard.as_str() {
            "amount_matches" => (amount_matches(tx, order).await?, "amount-differs"),
            "refund_in_flight" => (
                !money::held(tx, &Account::RefundInTransit(order.id), order).await?.is_zero(),
                "refund-not-in-flight",
            ),
            "refund_known_failed" => {
                (!money::held(tx, &Account::BuyerDue(order.id), order).await?.is_zero(), "refund-not-failed")
            }
            // The checkout itself has seen to these before there was an order.
            "listing_buyable" | "not_own_listing" => (true, ""),
            _ => (false, "guard-unknown"),
        };
        if !holds {
            return Err(Refusal::Conflict(refused));
        }
    }
    Ok(())
}

/// Does what the step's row says, in its order.
pub(super) async fn run(tx: &mut Tx, order: &Order, step: &Transition) -> Result<(), Refusal> {
    for effect in &step.effects {
        match effect {
            Effect::Money(movement) => move_money(tx, order, *movement).await?,
            Effect::Stock(movement) => move_stock(tx, order, *movement).await?,
            Effect::Other(name) => other(tx, order, step, name).await?,
        }
    }
    Ok(())
}

async fn move_money(tx: &mut Tx, order: &Order, movement: Money) -> Result<(), Refusal> {
    match movement {
        Money::Hold => money::hold(tx, order).await,
        Money::SettleRelease => money::release(tx, order).await,
        Money::SettleRefund => money::refund(tx, order).await,
        Money::RefundSettled => money::refund_settled(tx, order).await,
        Money::RefundFailed => money::refund_failed(tx, order).await,
        Money::RefundAgain => money::refund_again(tx, order).await,
        Money::RefundOtherWay => money::paid_another_way(tx, order).await,
        Money::SettleSplit
        | Money::SettleChargeback
        | Money::AbsorbChargeback
        | Money::Clawback
        | Money::ClawbackPart => {
            Err(Refusal::broken("the order's table asks for a movement that the engine does not know"))
        }
    }
}

async fn move_stock(tx: &mut Tx, order: &Order, movement: Stock) -> Result<(), Refusal> {
    for (listing, pieces) in pieces(tx, order).await? {
        match movement {
            Stock::Reserve => stock::reserve(tx, listing, pieces).await?,
            Stock::Commit => stock::commit(tx, listing, pieces).await?,
            Stock::Release => stock::release(tx, listing, pieces).await?,
            Stock::Restock => stock::restock(tx, listing, pieces).await?,
        }
    }
    Ok(())
}

/// What the order's item legs move, in the order of listings in which stock is locked.
async fn pieces(tx: &mut Tx, order: &Order) -> Result<Vec<(ListingId, i32)>, Refusal> {
    let legs = store::legs(tx, &[order.id]).await?;
    let mut pieces: Vec<_> =
        legs.into_iter().filter_map(|(_, leg)| Some((leg.listing?, leg.quantity))).collect();
    pieces.sort_unstable();
    Ok(pieces)
}

async fn other(tx: &mut Tx, order: &Order, step: &Transition, name: &str) -> Result<(), Refusal> {
    match name {
        // The checkout opens one payment for all its orders.
        "create_payment" => Ok(()),
        "cancel_payment" => payments::rules::ask_cancel(tx, order.payment).await,
        "page_operator" => {
            let event = OperatorNeeded { order: order.id, transition: step.name.clone() };
            Ok(events::append(tx, &event).await?)
        }
        _ => Err(Refusal::broken(format!("the order's table asks for an unknown effect: {name}"))),
    }
}

/// The payment is of exactly what its orders cost.
async fn amount_matches(tx: &mut Tx, order: &Order) -> Result<bool, Refusal> {
    let payment = payments::rules::find(tx, order.payment).await?.ok_or(Refusal::NotFound)?;
    let orders = store::of_payment(tx, order.payment).await?;
    let sum: i64 = orders.iter().map(|o| o.total.amount).sum();
    Ok(payment.amount.currency == order.currency && payment.amount.amount == sum)
}

#[cfg(test)]
mod tests {
    use super::super::table;

    #[test]
    fn the_engine_knows_every_guard_and_effect_of_the_table() {
        let known_guards = [
            "listing_buyable",
            "not_own_listing",
            "amount_matches",
            "refund_in_flight",
            "refund_known_failed",
        ];
        assert!(table::order().guards().iter().all(|g| known_guards.contains(&g.as_str())));
        let known_effects = ["create_payment", "cancel_payment", "page_operator"];
        assert!(table::order().other_effects().iter().all(|e| known_effects.contains(&e.as_str())));
    }
}
