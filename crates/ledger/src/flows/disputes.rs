//! A payment that the buyer's bank was asked to take back: one entry an order of that payment. A dispute of one order ends
//! once, so all ways of losing it share a key.

use super::{AtProvider, Taken, from_each};
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{ChargebackId, MemberId, Moment, Money, OrderId};

/// J9: the card network took the order's part, and the provider its fee (of one order of the payment; zero for the others).
///
/// | debit | credit |
/// |---|---|
/// | dispute held, amount · dispute fees, fee | what the provider holds, both |
pub fn dispute_opened(
    chargeback: ChargebackId,
    order: OrderId,
    at: AtProvider<'_>,
    amount: Money,
    fee: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeOpened, format!("dispute:{chargeback}:{order}"), order, now)
        .provider_ref(at.reference)
        .debit(Account::DisputeHeld(order), amount)
        .credit(at.account(), amount)
        .debit(Account::DisputeFees, fee)
        .credit(at.account(), fee)
        .build()
}

/// J9w: it was won: the money came back, and some of the fee if the provider gives it back.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds, both | dispute held, amount · dispute fees, fee |
pub fn dispute_won(
    chargeback: ChargebackId,
    order: OrderId,
    at: AtProvider<'_>,
    amount: Money,
    fee_back: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeWon, format!("dispute_won:{chargeback}:{order}"), order, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::DisputeHeld(order), amount)
        .debit(at.account(), fee_back)
        .credit(Account::DisputeFees, fee_back)
        .build()
}

/// J9l: it was lost before the order was released: the buyer has what was held for the order.
///
/// | debit | credit |
/// |---|---|
/// | escrow | dispute held |
pub fn dispute_lost(
    chargeback: ChargebackId,
    order: OrderId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeLost, format!("dispute_lost:{chargeback}:{order}"), order, now)
        .debit(Account::Escrow(order), amount)
        .credit(Account::DisputeHeld(order), amount)
        .build()
}

/// J10: the order was released already: what can be had of the seller is set aside until the dispute ends.
///
/// | debit | credit |
/// |---|---|
/// | seller payable | dispute reserve |
pub fn dispute_reserved(
    chargeback: ChargebackId,
    order: OrderId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeReserved, format!("dispute_reserved:{chargeback}:{order}"), order, now)
        .debit(Account::SellerPayable(seller), amount)
        .credit(Account::DisputeReserve(order), amount)
        .build()
}

/// J10, once more: what a transfer that was taken back brought in later is set aside too. `already` is what was set aside before.
///
/// | debit | credit |
/// |---|---|
/// | seller payable | dispute reserve |
pub fn dispute_reserved_later(
    chargeback: ChargebackId,
    order: OrderId,
    seller: MemberId,
    amount: Money,
    already: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let key = format!("dispute_reserved:{chargeback}:{order}:{}", already.amount);
    Entry::about(EntryKind::DisputeReserved, key, order, now)
        .debit(Account::SellerPayable(seller), amount)
        .credit(Account::DisputeReserve(order), amount)
        .build()
}

/// J10w: it was won: the seller has it back.
///
/// | debit | credit |
/// |---|---|
/// | dispute reserve | seller payable |
pub fn dispute_unreserved(
    chargeback: ChargebackId,
    order: OrderId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeUnreserved, format!("dispute_unreserved:{chargeback}:{order}"), order, now)
        .debit(Account::DisputeReserve(order), amount)
        .credit(Account::SellerPayable(seller), amount)
        .build()
}

/// J10l: it was lost after the order was released: the order is taken apart again.
///
/// | debit | credit |
/// |---|---|
/// | dispute reserve · seller payable · seller reserve · seller receivable · commission · buyer fee · taxes | dispute held |
pub fn dispute_lost_after(
    chargeback: ChargebackId,
    order: OrderId,
    seller: MemberId,
    taken: &Taken<'_>,
    now: Moment,
) -> Result<Entry, EntryError> {
    let key = format!("dispute_lost:{chargeback}:{order}");
    let entry = Entry::about(EntryKind::DisputeLostAfter, key, order, now);
    from_each(entry, taken.parts(order, seller), &Account::DisputeHeld(order)).build()
}

/// J10a: it was lost although the money had gone back to the buyer already: `loss` is ours. `due` is what the buyer was still owed
/// another way, and now has.
///
/// | debit | credit |
/// |---|---|
/// | chargeback losses, loss · buyer due, due | dispute held, both |
pub fn dispute_absorbed(
    chargeback: ChargebackId,
    order: OrderId,
    loss: Money,
    due: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let key = format!("dispute_lost:{chargeback}:{order}");
    let entry = Entry::about(EntryKind::DisputeAbsorbed, key, order, now);
    let parts = vec![(Account::ChargebackLosses, loss), (Account::BuyerDue(order), due)];
    from_each(entry, parts, &Account::DisputeHeld(order)).build()
}

/// J10a, beside another way of losing it: what the network took is more than the order still had. It is our loss.
///
/// | debit | credit |
/// |---|---|
/// | chargeback losses | dispute held |
pub fn dispute_exceeded(
    chargeback: ChargebackId,
    order: OrderId,
    loss: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DisputeAbsorbed, format!("dispute_exceeded:{chargeback}:{order}"), order, now)
        .debit(Account::ChargebackLosses, loss)
        .credit(Account::DisputeHeld(order), loss)
        .build()
}
