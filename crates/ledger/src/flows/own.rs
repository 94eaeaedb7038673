//! The marketplace's own money, and what only a provider's statement knows.

use super::{ABOUT_NOTHING, AtProvider, either_way};
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{MemberId, Moment, Money, OrderId, TaxPlace};
use uuid::Uuid;

/// J14: earnings went from the provider to the company's account. The ledger does not know what others are due of what the
/// provider holds: take them with `cover::take` only.
///
/// | debit | credit |
/// |---|---|
/// | bank | what the provider holds |
pub fn earnings_taken(at: AtProvider<'_>, amount: Money, now: Moment) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::EarningsTaken, at.key("earnings"), ABOUT_NOTHING, now)
        .provider_ref(at.reference)
        .debit(Account::Bank, amount)
        .credit(at.account(), amount)
        .build()
}

/// J14, the way back: the company put money of its own into the provider's balance.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds | bank |
pub fn topped_up(at: AtProvider<'_>, amount: Money, now: Moment) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::ToppedUp, at.key("topped_up"), ABOUT_NOTHING, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::Bank, amount)
        .build()
}

/// J14: taxes were paid from the company's account. `act` is the number of what somebody did, so that it is booked once.
///
/// | debit | credit |
/// |---|---|
/// | tax of the place | bank |
pub fn tax_paid(
    act: impl Into<Uuid>,
    place: TaxPlace,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let act: Uuid = act.into();
    Entry::about(EntryKind::TaxPaid, format!("tax_paid:{act}"), act, now)
        .debit(Account::Tax(place), amount)
        .credit(Account::Bank, amount)
        .build()
}

/// Goodwill: a buyer is owed something that the order does not give. `act` as in [`tax_paid`].
///
/// | debit | credit |
/// |---|---|
/// | goodwill | buyer due |
pub fn goodwill_to_buyer(
    act: impl Into<Uuid>,
    order: OrderId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let act: Uuid = act.into();
    Entry::about(EntryKind::Goodwill, format!("goodwill:{act}"), order, now)
        .debit(Account::Goodwill, amount)
        .credit(Account::BuyerDue(order), amount)
        .build()
}

/// Goodwill: a seller is due something that the order does not give. `act` as in [`tax_paid`].
///
/// | debit | credit |
/// |---|---|
/// | goodwill | seller payable |
pub fn goodwill_to_seller(
    act: impl Into<Uuid>,
    order: OrderId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let act: Uuid = act.into();
    Entry::about(EntryKind::Goodwill, format!("goodwill:{act}"), order, now)
        .debit(Account::Goodwill, amount)
        .credit(Account::SellerPayable(seller), amount)
        .build()
}

/// A line of the provider's statement that is its own charge, or, if negative, gives one back. `at.reference` names the line.
///
/// | debit | credit |
/// |---|---|
/// | provider fees | what the provider holds |
pub fn provider_charged(at: AtProvider<'_>, amount: Money, now: Moment) -> Result<Entry, EntryError> {
    let entry = Entry::about(EntryKind::ProviderCharge, at.key("line"), ABOUT_NOTHING, now)
        .provider_ref(at.reference);
    either_way(entry, Account::ProviderFees, at.account(), amount).build()
}

/// A line of the provider's statement that nobody explains: the money is there (or, if negative, gone), and what for is open.
/// `at.reference` names the line.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds | suspense |
pub fn suspended(at: AtProvider<'_>, amount: Money, now: Moment) -> Result<Entry, EntryError> {
    let entry =
        Entry::about(EntryKind::Suspense, at.key("line"), ABOUT_NOTHING, now).provider_ref(at.reference);
    either_way(entry, at.account(), Account::Suspense(at.provider.to_owned()), amount).build()
}

/// What a suspended line was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearing {
    /// A charge of the provider, or one given back.
    Fee,
    /// Not worth looking any further.
    Goodwill,
    /// Between the company's account and the provider.
    Bank,
    /// A buyer's money: it is owed to them. Only of money that is there.
    Buyer(OrderId),
    /// A seller's money. Only of money that is there.
    Seller(MemberId),
}

impl Clearing {
    const fn account(self) -> Account {
        match self {
            Self::Fee => Account::ProviderFees,
            Self::Goodwill => Account::Goodwill,
            Self::Bank => Account::Bank,
            Self::Buyer(order) => Account::BuyerDue(order),
            Self::Seller(member) => Account::SellerPayable(member),
        }
    }

    const fn subject(self) -> Uuid {
        match self {
            Self::Buyer(order) => order.0,
            Self::Seller(member) => member.0,
            Self::Fee | Self::Goodwill | Self::Bank => ABOUT_NOTHING,
        }
    }
}

/// Somebody explained a suspended line; `amount` is what [`suspended`] booked, `at.reference` names the line.
///
/// | debit | credit |
/// |---|---|
/// | suspense | what it was |
pub fn suspense_cleared(
    at: AtProvider<'_>,
    amount: Money,
    was: Clearing,
    now: Moment,
) -> Result<Entry, EntryError> {
    let entry = Entry::about(EntryKind::SuspenseCleared, at.key("cleared"), was.subject(), now)
        .provider_ref(at.reference);
    either_way(entry, Account::Suspense(at.provider.to_owned()), was.account(), amount).build()
}
