//! A seller's money on its way to them. Where sellers have accounts of their own at the provider, it is transferred there
//! (and mirrored, because nothing that is not booked can be compared) and paid out from there; where they have none,
//! the provider pays it out from the marketplace's own balance.

use super::AtProvider;
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{MemberId, Moment, Money, PayoutId, SettlementId};

fn connected(seller: MemberId, at: &AtProvider<'_>) -> Account {
    Account::Connected(seller, at.provider.to_owned())
}

fn in_transit(seller: MemberId, at: &AtProvider<'_>) -> Account {
    Account::PayoutInTransit(seller, at.provider.to_owned())
}

fn theirs(seller: MemberId, at: &AtProvider<'_>) -> Account {
    Account::SellerAtProvider(seller, at.provider.to_owned())
}

/// J4: a settlement was transferred to the seller's own account at the provider.
///
/// | debit | credit |
/// |---|---|
/// | seller payable | what the provider holds |
/// | connected | seller at provider |
pub fn transferred(
    settlement: SettlementId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::Transfer, format!("transfer:{settlement}"), settlement, now)
        .provider_ref(at.reference)
        .debit(Account::SellerPayable(seller), amount)
        .credit(at.account(), amount)
        .debit(connected(seller, &at), amount)
        .credit(theirs(seller, &at), amount)
        .build()
}

/// J4r: all or a part of a transfer came back; `n` counts the reversals of one settlement.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds | seller payable |
/// | seller at provider | connected |
pub fn transfer_reversed(
    settlement: SettlementId,
    n: i32,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::TransferReversed, format!("reversal:{settlement}:{n}"), settlement, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::SellerPayable(seller), amount)
        .debit(theirs(seller, &at), amount)
        .credit(connected(seller, &at), amount)
        .build()
}

/// J5: a payout left the seller's account at the provider.
///
/// | debit | credit |
/// |---|---|
/// | payout in transit | connected |
pub fn payout_created(
    payout: PayoutId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutCreated, format!("payout:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(in_transit(seller, &at), amount)
        .credit(connected(seller, &at), amount)
        .build()
}

/// J5b: it reached the bank, and is no business of ours any more.
///
/// | debit | credit |
/// |---|---|
/// | seller at provider | payout in transit |
pub fn payout_paid(
    payout: PayoutId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutPaid, format!("payout_paid:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(theirs(seller, &at), amount)
        .credit(in_transit(seller, &at), amount)
        .build()
}

/// J5c: it never reached the bank.
///
/// | debit | credit |
/// |---|---|
/// | connected | payout in transit |
pub fn payout_failed(
    payout: PayoutId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutFailed, format!("payout_failed:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(connected(seller, &at), amount)
        .credit(in_transit(seller, &at), amount)
        .build()
}

/// J5d: the bank sent it back after it was said to be paid.
///
/// | debit | credit |
/// |---|---|
/// | connected | seller at provider |
pub fn payout_returned(
    payout: PayoutId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutReturned, format!("payout_returned:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(connected(seller, &at), amount)
        .credit(theirs(seller, &at), amount)
        .build()
}

/// J12: the provider was asked to send the money from our balance to the seller's bank.
///
/// | debit | credit |
/// |---|---|
/// | seller payable | payout in transit |
pub fn payout_sent(
    payout: PayoutId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutSent, format!("payout:{payout}"), payout, now)
        .debit(Account::SellerPayable(seller), amount)
        .credit(Account::SentOut(payout), amount)
        .build()
}

/// J12: it arrived; what the provider took for it is our expense.
///
/// | debit | credit |
/// |---|---|
/// | payout in transit, amount · payout fees, fee | what the provider holds, both |
pub fn payout_arrived(
    payout: PayoutId,
    at: AtProvider<'_>,
    amount: Money,
    fee: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutArrived, format!("payout_paid:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(Account::SentOut(payout), amount)
        .credit(at.account(), amount)
        .debit(Account::PayoutFees, fee)
        .credit(at.account(), fee)
        .build()
}

/// J12: it never left: the seller is due it as before.
///
/// | debit | credit |
/// |---|---|
/// | payout in transit | seller payable |
pub fn payout_back(
    payout: PayoutId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutBack, format!("payout_failed:{payout}"), payout, now)
        .debit(Account::SentOut(payout), amount)
        .credit(Account::SellerPayable(seller), amount)
        .build()
}

/// J12: the bank sent it back after it had arrived.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds | seller payable |
pub fn payout_back_late(
    payout: PayoutId,
    seller: MemberId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PayoutBackLate, format!("payout_returned:{payout}"), payout, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::SellerPayable(seller), amount)
        .build()
}
