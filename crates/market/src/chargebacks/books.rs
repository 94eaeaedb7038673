//! What a chargeback does to the books: J9 and J10 of the journal, an entry an order.
//!
//! The network's own part is booked once the provider says that it has taken it, or at the latest when it is lost: some
//! providers leave the money alone until then.

use super::model::{Chargeback, Share};
use super::{shares, store};
use crate::orders::charged_back as orders;
use crate::orders::model::Order;
use crate::orders::rules::find;
use crate::payouts::{self, NewSettlement, SettlementKind, TakeBack};
use kernel::{Money, OrderId, Refusal, SettlementId};
use ledger::flows::{self, AtProvider};
use ledger::{Account, Entry, EntryError};
use platform::{Reader, Tx};

mod apart;
mod losing;

use apart::Whole;
pub(super) use losing::lost;

/// Shares it by the orders of its payment, as long as nothing of it is booked.
pub(super) async fn share(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let parts = orders::parts(tx, it.payment).await?;
    let stakes: Vec<shares::Stake> =
        parts.iter().map(|part| shares::Stake { total: part.total, left: part.left }).collect();
    for (part, amount) in parts.iter().zip(shares::split(it.amount, &stakes)?) {
        store::shares::put(tx, it.id, part.order, amount).await?;
    }
    Ok(())
}

/// J9, if the provider's statement says that the money is gone. Nothing happens when it is booked.
pub(super) async fn opened(tx: &mut Tx, it: &mut Chargeback) -> Result<(), Refusal> {
    if it.lines.is_empty() { Ok(()) } else { book(tx, it).await }
}

async fn book(tx: &mut Tx, it: &mut Chargeback) -> Result<(), Refusal> {
    if it.booked_at.is_some() {
        return Ok(());
    }
    let now = tx.now();
    // The fee is ours, and one; it stands with the first order.
    let mut fee = Money::new(it.fee.amount.max(0), it.fee.currency);
    for mut share in store::shares::of(tx, it.id).await? {
        if share.amount.is_zero() {
            continue;
        }
        post(tx, flows::dispute_opened(it.id, share.order, at(it), share.amount, fee, now)).await?;
        share.fee = std::mem::replace(&mut fee, Money::zero(it.fee.currency));
        store::shares::save(tx, it.id, &share).await?;
    }
    it.booked_at = Some(now);
    Ok(())
}

/// J9w: the provider has it again, with what it gives back of its fee. Nothing happens when it never went.
pub(super) async fn won(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    if it.booked_at.is_none() {
        return Ok(());
    }
    let now = tx.now();
    for share in store::shares::of(tx, it.id).await? {
        if share.amount.is_zero() {
            continue;
        }
        let back = (share.fee.amount - it.fee.amount.max(0)).max(0);
        let back = Money::new(if share.fee.is_zero() { 0 } else { back }, share.fee.currency);
        post(tx, flows::dispute_won(it.id, share.order, at(it), share.amount, back, now)).await?;
    }
    Ok(())
}

/// J10: of what was released already, what can be had is set aside.
pub(super) async fn set_aside(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let now = tx.now();
    for mut share in store::shares::of(tx, it.id).await? {
        let order = find(tx, share.order).await?;
        let is_held = !held(tx, &Account::Escrow(order.id), share.amount).await?.is_zero();
        if is_held || orders::is_going_back(&order.state) || !share.reserved.is_zero() {
            continue;
        }
        let wanted = Whole::of(tx, &order).await?.cut(share.amount)?.seller;
        if wanted.is_zero() || !store::shares::has_settlement(tx, order.id).await? {
            continue;
        }
        let taken = payouts::take_back(tx, order.id, wanted, TakeBack::Dispute).await?;
        if !taken.reserve.is_zero() {
            // What is kept back of it comes first to where it can be set aside from; no settlement is released by that.
            let nobody: SettlementId = tx.new_id();
            post(tx, flows::reserve_released(nobody, order.seller, taken.reserve, now)).await?;
        }
        share.reserved = taken.payable.plus(taken.reserve)?;
        if !share.reserved.is_zero() {
            post(tx, flows::dispute_reserved(it.id, order.id, order.seller, share.reserved, now)).await?;
        }
        store::shares::save(tx, it.id, &share).await?;
    }
    Ok(())
}

/// A transfer came back of which `amount` was wanted for a dispute: it is set aside, or the seller's again when the dispute
/// is over meanwhile.
pub(super) async fn came_back(tx: &mut Tx, order: OrderId, amount: Money) -> Result<(), Refusal> {
    if amount.is_zero() {
        return Ok(());
    }
    let now = tx.now();
    let order = find(tx, order).await?;
    let newest = store::shares::newest_of(tx, order.id).await?;
    let it = match newest {
        Some(id) => store::lock(tx, id).await?.filter(|it| it.is_open() && !it.is_inquiry()),
        None => None,
    };
    let Some(it) = it else {
        return settle(tx, &order, amount).await;
    };
    let found = store::shares::of(tx, it.id).await?.into_iter().find(|share| share.order == order.id);
    let mut share = found.ok_or_else(|| Refusal::broken("a chargeback without the order's part"))?;
    let already = share.reserved;
    post(tx, flows::dispute_reserved_later(it.id, order.id, order.seller, amount, already, now)).await?;
    share.reserved = already.plus(amount)?;
    Ok(store::shares::save(tx, it.id, &share).await?)
}

/// J10w: what was set aside goes to the sellers again, by settlements of their own.
pub(super) async fn give_back(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    for mut share in store::shares::of(tx, it.id).await? {
        unreserve(tx, it, &mut share).await?;
    }
    Ok(())
}

/// The same of one order.
async fn unreserve(tx: &mut Tx, it: &Chargeback, share: &mut Share) -> Result<(), Refusal> {
    if share.reserved.is_zero() {
        return Ok(());
    }
    let (now, order) = (tx.now(), find(tx, share.order).await?);
    post(tx, flows::dispute_unreserved(it.id, order.id, order.seller, share.reserved, now)).await?;
    settle(tx, &order, share.reserved).await?;
    share.reserved = Money::zero(share.reserved.currency);
    Ok(store::shares::save(tx, it.id, share).await?)
}

/// What an order's seller loses by it, or would lose.
pub(super) async fn cost(reader: &mut Reader, it: &Chargeback, share: &Share) -> Result<Money, Refusal> {
    let order = find(reader, share.order).await?;
    let whole = Whole::of(reader, &order).await?;
    if orders::is_going_back(&order.state) {
        return Ok(Money::zero(share.amount.currency));
    }
    if it.state == "lost" {
        let lost = apart::lost_by_seller(reader, &order).await?;
        if !lost.is_zero() {
            return Ok(lost);
        }
    }
    let whole = if whole.total()?.is_zero() { Whole::expected(reader, &order).await? } else { whole };
    Ok(whole.cut(share.amount)?.seller)
}

/// Puts what a seller gets again on its way to them.
async fn settle(tx: &mut Tx, order: &Order, amount: Money) -> Result<(), Refusal> {
    let parts = orders::parts(tx, order.payment).await?;
    let tier = parts.iter().find(|part| part.order == order.id).map_or(0, |part| part.tier);
    let new = NewSettlement {
        order: order.id,
        seller: order.seller,
        kind: SettlementKind::Won,
        payment: order.payment,
        amount,
        tier,
        tracked: order.tracking.is_some(),
        because: None,
    };
    payouts::settle(tx, &new).await?;
    Ok(())
}

/// What stands on an account in the currency of `like`.
async fn held(reader: &mut Reader, account: &Account, like: Money) -> Result<Money, Refusal> {
    Ok(ledger::balance_of(reader, account, like.currency).await?)
}

fn at(it: &Chargeback) -> AtProvider<'_> {
    AtProvider { provider: &it.provider, reference: &it.provider_ref }
}

async fn post(tx: &mut Tx, entry: Result<Entry, EntryError>) -> Result<(), Refusal> {
    ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
    Ok(())
}
