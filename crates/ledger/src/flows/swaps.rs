//! The safety that each side of a swap leaves with us until both have what they swapped for.

use super::AtProvider;
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{MemberId, Moment, Money, OrderId, RefundId};

/// J13: one side paid its safety; what the provider keeps of it is our expense.
///
/// | debit | credit |
/// |---|---|
/// | provider pending, amount | deposit, amount |
/// | provider fees, fee | provider pending, fee |
pub fn deposit_taken(
    swap: OrderId,
    side: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    fee: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DepositTaken, format!("deposit:{swap}:{side}"), swap, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::Deposit(swap, side), amount)
        .debit(Account::ProviderFees, fee)
        .credit(at.account(), fee)
        .build()
}

/// J13: the swap ended well: a side's safety goes back, as the refund `refund`.
///
/// | debit | credit |
/// |---|---|
/// | deposit | refund in transit |
pub fn deposit_back(
    swap: OrderId,
    side: MemberId,
    refund: RefundId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DepositBack, format!("deposit_back:{refund}"), swap, now)
        .debit(Account::Deposit(swap, side), amount)
        .credit(Account::RefundInTransit(swap), amount)
        .build()
}

/// J13b: a side did not send what it promised: its safety is owed to the other.
///
/// | debit | credit |
/// |---|---|
/// | deposit | buyer due |
pub fn deposit_forfeited(
    swap: OrderId,
    side: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DepositForfeited, format!("deposit_forfeited:{swap}:{side}"), swap, now)
        .debit(Account::Deposit(swap, side), amount)
        .credit(Account::BuyerDue(swap), amount)
        .build()
}

/// J13c: what the swap costs a side is kept of its safety.
///
/// | debit | credit |
/// |---|---|
/// | deposit | barter fee |
pub fn barter_fee(swap: OrderId, side: MemberId, amount: Money, now: Moment) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::BarterFee, format!("barter_fee:{swap}:{side}"), swap, now)
        .debit(Account::Deposit(swap, side), amount)
        .credit(Account::BarterFee, amount)
        .build()
}
