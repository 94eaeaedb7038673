//! Taking back what an order released, wherever it is by now.

use super::converting;
use super::debts;
use super::events::Taken;
use super::fire::{self, With};
use super::model::{Settlement, TakeBack, TakenBack};
use super::store::settlements as store;
use kernel::{Money, OrderId, Refusal};
use platform::{Tx, checkpoints, events};

/// Takes `amount` back of what an order released, as far as it is still here: first from what the seller would have been
/// paid, then from what was kept back. What is at the seller's own account at the provider is asked back from there, and
/// comes later, if it does. For a refund, everything that is not here becomes the seller's debt, so that the buyer does not
/// wait. Errors: the order released nothing.
pub async fn take_back(
    tx: &mut Tx,
    order: OrderId,
    amount: Money,
    why: TakeBack,
) -> Result<TakenBack, Refusal> {
    let zero = Money::zero(amount.currency);
    let mut taken = TakenBack { payable: zero, reserve: zero, owed: amount, debt: None };
    checkpoints::reach("payouts.take_back").await;
    let mut settled = store::lock_of_order(tx, order).await?;
    checkpoints::reach("payouts.taking").await;
    let first = settled.first().ok_or_else(|| Refusal::broken(format!("order {order} released nothing")))?;
    let (seller, provider) = (first.seller, first.provider.clone());
    settled.sort_by_key(|one| (one.is_kept_back(), one.id));
    let (here, away): (Vec<_>, Vec<_>) = settled.into_iter().partition(Settlement::is_here);
    for one in here {
        let part = Money::new(one.as_charged(one.left()).min(taken.owed.amount), amount.currency);
        if part.amount <= 0 {
            continue;
        }
        let own = one.part_for(part.amount);
        taken.owed = taken.owed.minus(part)?;
        match one.is_kept_back() {
            true => taken.reserve = taken.reserve.plus(part)?,
            false => taken.payable = taken.payable.plus(part)?,
        }
        let step = if own == one.left() { "claw_back" } else { "claw_back_part" };
        converting::change_back(tx, &one, one.version + 1, (own, part.amount)).await?;
        let with = With { amount: own, why: Some(why), ..With::default() };
        fire::settlement(tx, one, step, &with).await?;
    }
    let had = taken.payable.plus(taken.reserve)?;
    if !had.is_zero() {
        let because = why.name().to_owned();
        events::append(tx, &Taken { order, seller, amount: had, because }).await?;
    }
    if why == TakeBack::Refund && !taken.owed.is_zero() {
        let debt = debts::open(tx, order, (seller, &provider), taken.owed, why).await?;
        taken.debt = Some(debt);
    }
    ask_back(tx, away, taken.owed, why).await?;
    Ok(taken)
}

/// Asks for what is at the seller's own account, as far as it is owed; oldest first.
async fn ask_back(tx: &mut Tx, away: Vec<Settlement>, mut owed: Money, why: TakeBack) -> Result<(), Refusal> {
    for one in away.into_iter().filter(Settlement::is_there) {
        let part = one.as_charged(one.left()).min(owed.amount);
        if part > 0 {
            owed.amount -= part;
            let amount = one.part_for(part);
            fire::settlement(tx, one, "reverse", &With { amount, why: Some(why), ..With::default() }).await?;
        }
    }
    Ok(())
}
