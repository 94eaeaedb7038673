//! What an order releases to its seller, and what is taken back of it.

use super::model::{NewSettlement, SettlementKind, TakeBack, TakenBack};
use super::store::{self, Settled};
use super::tiers::Tier;
use crate::payments::rules as payments;
use kernel::{MemberId, Money, OrderId, Refusal, SettlementId};
use platform::{Reader, Tx};
use time::Duration;

/// How far a seller is trusted now.
pub async fn tier_of(reader: &mut Reader, seller: MemberId) -> Result<Tier, Refusal> {
    Ok(store::tier(reader, seller).await?.map_or(Tier::NEW, Tier::numbered))
}

/// Puts what an order released on its way to its seller: it waits as long as their tier says, counted from now. Errors:
/// `NotFound` for the payment; the order has released something of this kind before.
pub async fn settle(tx: &mut Tx, new: &NewSettlement<'_>) -> Result<SettlementId, Refusal> {
    let tier = Tier::numbered(new.tier);
    let (days, because) = match new.kind {
        SettlementKind::Sale if new.tracked => (tier.tracked_days, "tier"),
        SettlementKind::Sale => (tier.hold_days, "tier"),
        SettlementKind::Reserve => (tier.reserve_days, "reserve"),
        SettlementKind::Won => (0, "won"),
        SettlementKind::Goodwill => (0, "goodwill"),
    };
    let provider = payments::find(tx, new.payment).await?.ok_or(Refusal::NotFound)?.provider;
    let until = tx.now() + Duration::days(days);
    Ok(store::insert_settlement(tx, new, &provider, until, new.because.unwrap_or(because)).await?)
}

/// Takes `amount` back of what an order released, as far as it is still there: first from what the seller would have been
/// paid, then from what was kept back. For a refund the rest becomes the seller's debt. Errors: the order released nothing.
pub async fn take_back(
    tx: &mut Tx,
    order: OrderId,
    amount: Money,
    why: TakeBack,
) -> Result<TakenBack, Refusal> {
    let zero = Money::zero(amount.currency);
    let mut taken = TakenBack { payable: zero, reserve: zero, owed: amount, debt: None };
    let settled = store::lock_of_order(tx, order).await?;
    let first = settled.first().ok_or_else(|| Refusal::broken(format!("order {order} released nothing")))?;
    let (seller, provider) = (first.seller, first.provider.clone());
    for one in settled.iter().filter(|one| one.is_here()) {
        let part = Money::new(one.left().min(taken.owed.amount), amount.currency);
        if part.amount <= 0 {
            continue;
        }
        store::take_from(tx, one, part.amount, why).await?;
        taken.owed = taken.owed.minus(part)?;
        match one.is_reserve() {
            true => taken.reserve = taken.reserve.plus(part)?,
            false => taken.payable = taken.payable.plus(part)?,
        }
    }
    if why == TakeBack::Refund && !taken.owed.is_zero() {
        let debt = store::Debt { order, seller, provider, amount: taken.owed, because: why };
        taken.debt = Some(store::insert_debt(tx, &debt).await?);
    }
    Ok(taken)
}

impl Settled {
    /// Whether it has not left the marketplace.
    fn is_here(&self) -> bool {
        matches!(self.state.as_str(), "on_hold" | "payable")
    }

    fn is_reserve(&self) -> bool {
        self.kind == SettlementKind::Reserve.name() && self.state == "on_hold"
    }

    /// What the seller would get of it, minor units.
    fn left(&self) -> i64 {
        self.amount - self.netted_amount - self.taken_amount
    }
}

/// Forgets where a seller has their bank account, and how far they were trusted. They must be being erased.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::forget(tx, member).await?)
}
