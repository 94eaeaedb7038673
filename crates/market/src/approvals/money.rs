//! Acts about sellers' money: how much each is about, whose it is, and doing it.

use super::model::{Act, Terms};
use super::{calls, own, refunds};
use crate::accounts::model::Member;
use crate::chargebacks::desk as chargebacks;
use crate::orders::rules as orders;
use crate::payouts::{self, debts, trust};
use crate::staff::model::Reason;
use kernel::{MemberId, Money, Refusal};
use platform::{Reader, Tx};
use treasury::rates;

/// The money that an act is about, if it is about any. Errors: `NotFound` for what it names.
pub(super) async fn stake(reader: &mut Reader, act: &Act) -> Result<Option<Money>, Refusal> {
    Ok(Some(match act {
        Act::DecideOrder { order, step, amount, .. } => {
            let order = orders::find(reader, *order).await?;
            orders::stake(reader, &order, step, *amount).await?
        }
        Act::ReleaseSettlement { settlement } => {
            let found = payouts::settlement(reader, *settlement).await?;
            found.money(found.left())
        }
        Act::WriteOffDebt { debt } => {
            let found = debts::find(reader, *debt).await?;
            Money::new(found.left(), found.currency)
        }
        Act::GiveUpPayout { payout } => payouts::find(reader, *payout).await?.money(),
        Act::AcceptChargeback { chargeback } | Act::RefundInquiry { chargeback } => {
            chargebacks::stake(reader, *chargeback).await?.0
        }
        Act::SayOfCall { key, .. } => return calls::stake(reader, key).await,
        Act::PayRefundByHand { .. } | Act::SendRefundToBank { .. } => {
            return Ok(refunds::about(reader, act).await?.map(|(refund, _)| refund.amount));
        }
        _ => return own::stake(reader, act).await,
    }))
}

/// Whether an amount is more than one person decides alone. Another currency is converted by the rate of the day; what has
/// none is taken for more.
pub(super) async fn is_above(reader: &mut Reader, terms: &Terms<'_>, stake: Money) -> Result<bool, Refusal> {
    let Some(limit) = terms.alone_up_to else { return Ok(false) };
    if stake.currency == limit.currency {
        return Ok(stake.amount > limit.amount);
    }
    let today = reader.now().date();
    let table = rates::on(reader, today).await?;
    let shown = table.show(stake, limit.currency);
    Ok(shown.is_none_or(|shown| shown.money.amount > limit.amount))
}

/// The seller whose money it is about, if it is about one's. Errors: `NotFound` for what it names.
pub(super) async fn seller(reader: &mut Reader, act: &Act) -> Result<Option<MemberId>, Refusal> {
    Ok(Some(match act {
        Act::ReleaseSettlement { settlement } => payouts::settlement(reader, *settlement).await?.seller,
        Act::WriteOffDebt { debt } => debts::find(reader, *debt).await?.seller,
        Act::GiveUpPayout { payout } => payouts::find(reader, *payout).await?.seller,
        Act::FixTier { member, .. } => *member,
        _ => return Ok(None),
    }))
}

/// Does one of them. Errors: `NotFound`; `Conflict("staff-self")` for one's own money; those of the act.
pub(super) async fn perform(tx: &mut Tx, by: &Member, act: &Act, why: &Reason) -> Result<(), Refusal> {
    if seller(tx, act).await? == Some(by.id) {
        return Err(Refusal::Conflict("staff-self"));
    }
    let why = why.as_str();
    match act {
        Act::ReleaseSettlement { settlement } => payouts::release_now(tx, by.id, *settlement, why).await,
        Act::WriteOffDebt { debt } => debts::write_off(tx, by.id, *debt, why).await,
        Act::GiveUpPayout { payout } => payouts::give_up(tx, by.id, *payout, why).await,
        Act::FixTier { member, tier, days } => trust::set(tx, by.id, *member, (*tier, *days), why).await,
        _ => Err(Refusal::broken("an act that is not about a seller's money")),
    }
}
