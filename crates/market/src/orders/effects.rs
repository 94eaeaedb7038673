//! What a step of the table does beside changing the state, and what must hold before it.

use super::by_hand::ByHand;
use super::events::{OperatorNeeded, Struck};
use super::model::{Mover, Order, StepData};
use super::store::{self, Locked};
use super::{casework, money, risk, taxing};
use crate::holds::{self, NewHold};
use crate::listings::stock;
use crate::payments;
use kernel::{ListingId, Money as Amount, Refusal};
use ledger::Account;
use platform::{Tx, events};
use process::{Actor, Effect, Hold, Money, Stock, Transition};
use time::Duration;

/// How long after the release an order can still be paid back.
pub const REFUND_TIME: Duration = Duration::days(180);
/// A parcel that is confirmed within this time of its sending may be none.
const EARLY: Duration = Duration::hours(24);
/// How long such an order is looked at.
const EARLY_HOLD: Duration = Duration::days(3);

/// A step that is about to be taken.
#[derive(Debug)]
pub(super) struct Doing<'a> {
    pub order: &'a Locked,
    pub step: &'a Transition,
    pub mover: Mover,
    pub data: &'a StepData,
    /// What of the money goes back, where it is a part.
    pub part: Option<Amount>,
    /// How staff has paid the buyer, where it did.
    pub by_hand: Option<ByHand>,
}

/// Whether all guards of a step hold. Errors: the first that does not, as `Conflict`.
pub(super) async fn check(tx: &mut Tx, doing: &Doing<'_>) -> Result<(), Refusal> {
    let order = doing.order;
    for guard in &doing.step.guards {
        let (holds, refused) = match guard.as_str() {
            "amount_matches" => (amount_matches(tx, order).await?, "amount-differs"),
            "refund_in_flight" => (
                !money::held(tx, &Account::RefundInTransit(order.id), order).await?.is_zero(),
                "refund-not-in-flight",
            ),
            "refund_known_failed" => (money::has_failed(tx, order).await?, "refund-not-failed"),
            "still_owed" => {
                (!money::held(tx, &Account::BuyerDue(order.id), order).await?.is_zero(), "refund-not-failed")
            }
            "nothing_owed" => (money::owes_nothing(tx, order).await?, "refund-not-in-flight"),
            "not_sent_yet" => (order.tracking.is_none() && order.carrier.is_none(), "order-step"),
            "proposal_of_partial" | "proposal_of_return" | "proposal_of_replacement" => {
                casework::offered(tx, doing).await?;
                (true, "")
            }
            "other_reviewer" => (casework::is_new_to(tx, doing).await?, "case-other-reviewer"),
            "within_refund_time" => {
                let released = order.released_at.unwrap_or(order.state_since);
                (tx.now() - released <= REFUND_TIME, "refund-too-late")
            }
            "something_left" => (order.left().amount > 0, "refund-too-much"),
            // The checkout itself has seen to these before there was an order.
            "listing_buyable" | "not_own_listing" | "risk_allows" => (true, ""),
            _ => (false, "guard-unknown"),
        };
        if !holds {
            return Err(Refusal::Conflict(refused));
        }
    }
    Ok(())
}

/// Does what the step's row says, in its order.
pub(super) async fn run(tx: &mut Tx, doing: &Doing<'_>) -> Result<(), Refusal> {
    for effect in &doing.step.effects {
        match effect {
            Effect::Money(movement) => move_money(tx, doing, *movement).await?,
            Effect::Stock(movement) => move_stock(tx, doing.order, *movement).await?,
            Effect::Other(name) => other(tx, doing, name).await?,
        }
    }
    Ok(())
}

async fn move_money(tx: &mut Tx, doing: &Doing<'_>, movement: Money) -> Result<(), Refusal> {
    let order = doing.order;
    let part =
        || doing.part.ok_or_else(|| Refusal::broken("a step pays a part back, and nobody said how much"));
    let taken =
        || doing.data.taken.ok_or_else(|| Refusal::broken("a bank took something, and nobody said what"));
    match movement {
        Money::Hold => {
            money::hold(tx, order).await?;
            if doing.step.to == "paid" {
                taxing::count(tx, order).await?;
                risk::act(tx, order).await?;
            }
            Ok(())
        }
        Money::SettleRelease => money::release(tx, order, Amount::zero(order.currency)).await,
        Money::SettleRefund => money::refund(tx, order, order.total).await,
        Money::SettleSplit => {
            let part = part()?;
            money::refund(tx, order, part).await?;
            money::release(tx, order, part).await
        }
        Money::Clawback => money::claw_back(tx, order, order.left()).await,
        Money::ClawbackPart => money::claw_back(tx, order, part()?).await,
        Money::SettleChargeback => {
            money::charge_back(tx, order, taken()?).await?;
            casework::charged_back(tx, order).await
        }
        Money::AbsorbChargeback => money::absorb(tx, order, taken()?).await,
        Money::RefundSettled => money::refund_settled(tx, order).await,
        Money::RefundFailed => money::refund_failed(tx, order).await,
        Money::RefundAgain => money::refund_again(tx, order).await,
        // The buyer's bank did.
        Money::RefundOtherWay if doing.mover.actor == Actor::System => Ok(()),
        Money::RefundOtherWay => {
            let how = doing.by_hand.as_ref();
            let how = how.ok_or_else(|| Refusal::broken("staff paid a buyer, and nobody said how"))?;
            money::paid_another_way(tx, order, how).await
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

async fn other(tx: &mut Tx, doing: &Doing<'_>, name: &str) -> Result<(), Refusal> {
    let (order, step) = (doing.order, doing.step);
    match name {
        // The checkout opens one payment for all its orders.
        "create_payment" => Ok(()),
        "cancel_payment" => payments::rules::ask_cancel(tx, order.payment).await,
        "page_operator" => {
            let event = OperatorNeeded { order: order.id, transition: step.name.clone() };
            Ok(events::append(tx, &event).await?)
        }
        "open_case" => casework::open(tx, doing).await,
        "close_case" => casework::close(tx, doing).await,
        "strike_seller" => Ok(events::append(tx, &Struck { order: order.id, seller: order.seller }).await?),
        "risk_early_confirm" => look_at_early(tx, order).await,
        _ => Err(Refusal::broken(format!("the order's table asks for an unknown effect: {name}"))),
    }
}

/// A new seller whose buyer is content before a parcel can be there: what was released waits until somebody has had time
/// to look.
async fn look_at_early(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let now = tx.now();
    if order.seller_tier > 0 || now - order.state_since >= EARLY {
        return Ok(());
    }
    let hold = NewHold {
        order: order.id,
        kind: Hold::Fraud,
        because: "early-confirm",
        note: "",
        by: None,
        until: Some(now + EARLY_HOLD),
    };
    holds::put(tx, &hold).await.map(drop)
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
            "risk_allows",
            "amount_matches",
            "refund_in_flight",
            "refund_known_failed",
            "nothing_owed",
            "still_owed",
            "not_sent_yet",
            "proposal_of_partial",
            "proposal_of_return",
            "proposal_of_replacement",
            "other_reviewer",
            "within_refund_time",
            "something_left",
        ];
        let known_effects = [
            "create_payment",
            "cancel_payment",
            "page_operator",
            "open_case",
            "close_case",
            "strike_seller",
            "risk_early_confirm",
        ];
        for version in 1..=table::NEWEST {
            let table = table::order(version);
            assert!(table.guards().iter().all(|g| known_guards.contains(&g.as_str())));
            assert!(table.other_effects().iter().all(|e| known_effects.contains(&e.as_str())));
        }
    }
}
