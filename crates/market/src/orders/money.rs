//! What an order's steps do to its money: one ledger entry each, in the step's transaction.

use super::by_hand::{ByHand, PaidFrom};
use super::model::{Order, Taken};
use super::parts::{self, Shared};
use super::store::{self, Locked, Moved};
use crate::payments;
use crate::payments::model::{Refund, RefundState};
use crate::payouts::{self, NewSettlement, SettlementKind, TakeBack, Tier};
use crate::tax;
use kernel::{Money, RefundId, Refusal, Wrong};
use ledger::Account;
use ledger::flows::{self, AtProvider, Shares};
use platform::{Reader, Tx};

/// The buyer's money is held for the order (J1).
pub(super) async fn hold(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let payment = payments::rules::find(tx, order.payment).await?.ok_or(Refusal::NotFound)?;
    let reference = payment.provider_ref.unwrap_or_default();
    let at = AtProvider { provider: &payment.provider, reference: &reference };
    let now = tx.now();
    let entry = flows::paid(order.id, at, order.total, order.provider_fee, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(store::set_paid(tx, order).await?)
}

/// Asks for a refund, when `before` has gone back of the order already, and says what of it is tax on the goods.
async fn ask(tx: &mut Tx, order: &Order, before: Money, amount: Money) -> Result<RefundId, Refusal> {
    let tax = parts::tax_in(order, before, amount)?;
    payments::rules::ask_refund_taxed(tx, order.id, order.payment, amount, tax).await
}

/// What is left when `back` has gone back is shared (J3, J7): the seller's part less what is kept back for a while, the
/// marketplace's, the tax offices'. The seller's goes on its way to them.
pub(super) async fn release(tx: &mut Tx, order: &Locked, back: Money) -> Result<(), Refusal> {
    let given = shared(tx, order, back).await?;
    let reserve = payouts::reserve_of(&Tier::numbered(order.seller_tier), given.seller)?;
    let at_once = given.seller.minus(reserve)?;
    let shares = Shares {
        seller: at_once,
        reserve,
        commission: given.commission,
        buyer_fee: given.buyer_fee,
        taxes: &given.taxes,
    };
    let now = tx.now();
    let entry = flows::released(order.id, order.seller, &shares, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    for (kind, amount) in [(SettlementKind::Sale, at_once), (SettlementKind::Reserve, reserve)] {
        if amount.is_zero() {
            continue;
        }
        let settlement = NewSettlement {
            order: order.id,
            seller: order.seller,
            kind,
            payment: order.payment,
            amount,
            tier: order.seller_tier,
            tracked: order.tracking.is_some(),
            because: None,
        };
        payouts::settle(tx, &settlement).await?;
    }
    let moved = Moved { released: given.seller.amount, ..Moved::default() };
    Ok(store::move_money(tx, order, moved, true).await?)
}

/// `amount` of what is held goes back: the provider is asked for a refund (J6a).
pub(super) async fn refund(tx: &mut Tx, order: &Locked, amount: Money) -> Result<(), Refusal> {
    let refund = ask(tx, order, order.refunded, amount).await?;
    let now = tx.now();
    let entry = flows::refund_asked(order.id, refund, amount, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    let moved = Moved { refunded: amount.amount, ..Moved::default() };
    Ok(store::move_money(tx, order, moved, false).await?)
}

/// `amount` of what was released is taken back from everybody who had a share of it, and goes to the buyer (J8). What
/// cannot be had of the seller is their debt: the buyer does not wait for it.
pub(super) async fn claw_back(tx: &mut Tx, order: &Locked, amount: Money) -> Result<(), Refusal> {
    let (before, after) = (order.refunded, order.refunded.plus(amount)?);
    let taken = parts::taken(&shared(tx, order, before).await?, &shared(tx, order, after).await?)?;
    let theirs = take(tx, order, taken.seller).await?;
    let refund = ask(tx, order, before, amount).await?;
    let parts = flows::Taken {
        payable: theirs.payable,
        reserve: theirs.reserve,
        set_aside: Money::zero(order.currency),
        owed: theirs.owed,
        commission: taken.commission,
        buyer_fee: taken.buyer_fee,
        taxes: &taken.taxes,
    };
    let now = tx.now();
    let entry = flows::clawed_back(order.id, refund, order.seller, &parts, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    let moved = Moved {
        refunded: amount.amount,
        released: -taken.seller.amount.min(order.released.amount),
        ..Moved::default()
    };
    Ok(store::move_money(tx, order, moved, false).await?)
}

/// Where the seller's part of something is had.
struct Theirs {
    payable: Money,
    reserve: Money,
    owed: Money,
}

async fn take(tx: &mut Tx, order: &Locked, amount: Money) -> Result<Theirs, Refusal> {
    let zero = Money::zero(order.currency);
    if amount.is_zero() {
        return Ok(Theirs { payable: zero, reserve: zero, owed: zero });
    }
    let taken = payouts::take_back(tx, order.id, amount, TakeBack::Refund).await?;
    Ok(Theirs { payable: taken.payable, reserve: taken.reserve, owed: taken.owed })
}

/// A refund that failed is asked for again.
pub(super) async fn refund_again(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let (failed, _) = latest_refund(tx, order).await?;
    let before = Money::new((order.refunded.amount - failed.amount.amount).max(0), order.currency);
    let owed = still_owed(tx, &failed).await?;
    let refund = ask(tx, order, before, owed).await?;
    let now = tx.now();
    let entry = flows::refund_again(order.id, refund, owed, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// The provider paid the refund (J6b).
pub(super) async fn refund_settled(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let (refund, provider) = latest_refund(tx, order).await?;
    let reference = refund.provider_ref.unwrap_or_default();
    let at = AtProvider { provider: &provider, reference: &reference };
    let now = tx.now();
    let entry =
        flows::refund_settled(order.id, refund.id, at, refund.amount, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// The provider could not pay it: the buyer is owed the money (J6c).
pub(super) async fn refund_failed(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let (refund, _) = latest_refund(tx, order).await?;
    let now = tx.now();
    let entry = flows::refund_failed(order.id, refund.id, refund.amount, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// Staff paid it another way (J6d). Errors: the field `data/reference` when that names what has failed.
pub(super) async fn paid_another_way(tx: &mut Tx, order: &Locked, how: &ByHand) -> Result<(), Refusal> {
    let (refund, provider) = latest_refund(tx, order).await?;
    book_by_hand(tx, &refund, &provider, how).await
}

/// The entry of it. Errors as [`paid_another_way`].
pub(super) async fn book_by_hand(
    tx: &mut Tx,
    refund: &Refund,
    provider: &str,
    how: &ByHand,
) -> Result<(), Refusal> {
    let reference = how.reference.as_str();
    if refund.provider_ref.as_deref() == Some(reference) {
        return Err(Refusal::field("data/reference", Wrong::Because("reference-failed")));
    }
    let (now, order, amount) = (tx.now(), refund.order, still_owed(tx, refund).await?);
    let entry = match how.from {
        PaidFrom::Provider => {
            let at = AtProvider { provider, reference };
            flows::paid_another_way(order, refund.id, at, amount, now)
        }
        PaidFrom::Bank => flows::paid_from_bank(order, refund.id, reference, amount, now),
    };
    ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
    Ok(())
}

/// A bank took the order's share of a payment back for good. What was held is lost, and what is left of it is released
/// (J9l, J7); what was released is taken apart again, first from what was set aside for it (J10l).
pub(super) async fn charge_back(tx: &mut Tx, order: &Locked, taken: Taken) -> Result<(), Refusal> {
    let share = Money::new(taken.share.amount.min(order.left().amount), order.currency);
    let held = held(tx, &Account::Escrow(order.id), order).await?;
    let now = tx.now();
    let moved = Moved { charged_back: share.amount, ..Moved::default() };
    if !held.is_zero() {
        let entry = flows::dispute_lost(taken.chargeback, order.id, share, now).map_err(Refusal::broken)?;
        ledger::post(tx, &entry).await?;
        store::move_money(tx, order, moved, false).await?;
        return if share == held { Ok(()) } else { release(tx, order, share).await };
    }
    let (before, after) = (order.refunded, order.refunded.plus(share)?);
    let lost = parts::taken(&shared(tx, order, before).await?, &shared(tx, order, after).await?)?;
    let aside = self::held(tx, &Account::DisputeReserve(order.id), order).await?;
    let set_aside = Money::new(aside.amount.min(lost.seller.amount), order.currency);
    let theirs = take(tx, order, lost.seller.minus(set_aside)?).await?;
    let parts = flows::Taken {
        payable: theirs.payable,
        reserve: theirs.reserve,
        set_aside,
        owed: theirs.owed,
        commission: lost.commission,
        buyer_fee: lost.buyer_fee,
        taxes: &lost.taxes,
    };
    let entry = flows::dispute_lost_after(taken.chargeback, order.id, order.seller, &parts, now);
    ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
    let moved = Moved { released: -lost.seller.amount.min(order.released.amount), ..moved };
    Ok(store::move_money(tx, order, moved, false).await?)
}

/// A bank took back what had gone back already, or is on its way: the marketplace's loss, but for what the buyer was still
/// owed another way (J10a).
pub(super) async fn absorb(tx: &mut Tx, order: &Locked, taken: Taken) -> Result<(), Refusal> {
    let owed = held(tx, &Account::BuyerDue(order.id), order).await?;
    let due = Money::new(owed.amount.min(taken.share.amount), order.currency);
    let loss = taken.share.minus(due)?;
    let now = tx.now();
    let entry =
        flows::dispute_absorbed(taken.chargeback, order.id, loss, due, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    let room = order.total.amount - order.charged_back.amount;
    let moved = Moved { charged_back: taken.share.amount.min(room), ..Moved::default() };
    Ok(store::move_money(tx, order, moved, false).await?)
}

/// Whether the provider has said that the last refund will not arrive.
pub(super) async fn has_failed(tx: &mut Tx, order: &Order) -> Result<bool, Refusal> {
    Ok(latest_refund(tx, order).await?.0.state == RefundState::Failed)
}

/// What of a refund that failed the buyer is still owed: a bank may have paid a part of it.
async fn still_owed(tx: &mut Tx, refund: &Refund) -> Result<Money, Refusal> {
    let due = ledger::balance_of(tx, &Account::BuyerDue(refund.order), refund.amount.currency).await?;
    Ok(Money::new(due.amount.min(refund.amount.amount), due.currency))
}

/// Whether nothing is on its way to the buyer, and nothing is owed to them.
pub(super) async fn owes_nothing(reader: &mut Reader, order: &Order) -> Result<bool, Refusal> {
    let on_its_way = held(reader, &Account::RefundInTransit(order.id), order).await?;
    Ok(on_its_way.is_zero() && held(reader, &Account::BuyerDue(order.id), order).await?.is_zero())
}

/// What one of the order's own accounts holds.
pub(super) async fn held(reader: &mut Reader, account: &Account, order: &Order) -> Result<Money, Refusal> {
    Ok(ledger::balance_of(reader, account, order.currency).await?)
}

/// Whose the money is when `back` of the order has gone back, all together.
async fn shared(reader: &mut Reader, order: &Order, back: Money) -> Result<Shared, Refusal> {
    let decisions = tax::of_order(reader, order.id).await?;
    parts::shared(&parts::left(order, back)?, &decisions)
}

/// The last refund that was asked for, and with whom.
async fn latest_refund(tx: &mut Tx, order: &Order) -> Result<(Refund, String), Refusal> {
    let payment = payments::rules::find(tx, order.payment).await?.ok_or(Refusal::NotFound)?;
    let refund = payments::rules::latest_refund(tx, order.id).await?.ok_or(Refusal::NotFound)?;
    Ok((refund, payment.provider))
}
