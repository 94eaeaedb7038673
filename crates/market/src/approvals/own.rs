//! Acts about the company's own money and about money in suspense: how much each is about, and doing it.

use super::model::Act;
use crate::accounts::model::Member;
use crate::orders::goodwill::{self, Gift};
use crate::orders::rules as orders;
use crate::reconciliation::{Was, own, suspense};
use crate::staff::model::Reason;
use kernel::{Money, Refusal, SuspenseId, TaxPlace};
use ledger::flows::AtProvider;
use platform::{Reader, Tx};

/// The money that one of them is about, if it is one. Errors: `NotFound` for what it names.
pub(super) async fn stake(reader: &mut Reader, act: &Act) -> Result<Option<Money>, Refusal> {
    Ok(match act {
        Act::ClearSuspense { suspense, .. } => {
            let amount = suspense::find(reader, *suspense).await?.0.amount;
            Some(Money::new(amount.amount.saturating_abs(), amount.currency))
        }
        Act::TakeEarnings { money, .. } | Act::TopUp { money, .. } | Act::PayTax { money, .. } => {
            Some(*money)
        }
        Act::Goodwill { order, money, .. } => Some(goodwill::stake(reader, *order, *money).await?),
        _ => None,
    })
}

/// Does one of them. Errors: those of the act.
pub(super) async fn perform(tx: &mut Tx, by: &Member, act: &Act, why: &Reason) -> Result<(), Refusal> {
    match act {
        Act::ClearSuspense { suspense: id, was } => clear(tx, by, *id, was, why).await,
        Act::TakeEarnings { provider, reference, money } => {
            own::take_earnings(tx, by, AtProvider { provider, reference }, *money, why).await
        }
        Act::TopUp { provider, reference, money } => {
            own::top_up(tx, by, AtProvider { provider, reference }, *money, why).await
        }
        Act::PayTax { number, place, money } => {
            let place = TaxPlace::parse(place).ok_or(Refusal::Conflict("approval-stale"))?;
            own::pay_tax(tx, by, *number, (place, *money), why).await
        }
        Act::Goodwill { number, order, to, money } => {
            let gift = Gift { number: *number, order: *order, to, money: *money };
            goodwill::give(tx, by, gift, why).await
        }
        _ => Err(Refusal::broken("an act that is not about the company's money")),
    }
}

/// Says what money in suspense was. Errors: those of `suspense::clear`; `Conflict("staff-self")` for a side of the order whose it
/// was, `("suspense-currency")` when the order is in another currency, `("approval-stale")` for another seller than its own.
async fn clear(tx: &mut Tx, by: &Member, id: SuspenseId, was: &Was, why: &Reason) -> Result<(), Refusal> {
    let Some(order) = was.order() else { return suspense::clear(tx, by, id, was, why).await.map(drop) };
    let order = orders::find(tx, order).await?;
    if order.side_of(by.id).is_some() {
        return Err(Refusal::Conflict("staff-self"));
    }
    if matches!(was, Was::Seller { seller, .. } if *seller != order.seller) {
        return Err(Refusal::Conflict("approval-stale"));
    }
    let amount = suspense::clear(tx, by, id, was, why).await?;
    if amount.currency != order.currency {
        return Err(Refusal::Conflict("suspense-currency"));
    }
    match was {
        Was::Seller { .. } => goodwill::let_go(tx, &order, amount).await,
        _ => Ok(()),
    }
}
