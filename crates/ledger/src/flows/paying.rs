//! Money that comes in, and becomes usable.

use super::{ABOUT_NOTHING, AtProvider, either_way};
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{Moment, Money, OrderId};
use uuid::Uuid;

/// J1: the buyer paid. The provider holds `total` and keeps `fee` of it (the order's part of the payment's fee);
/// all of `total` is held for the order. The
/// fee may be in another currency, which the provider counts in.
///
/// | debit | credit |
/// |---|---|
/// | provider pending, total | escrow, total |
/// | provider fees, fee | provider pending, fee |
pub fn paid(
    order: OrderId,
    at: AtProvider<'_>,
    total: Money,
    fee: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::Pay, format!("pay:{order}"), order, now)
        .provider_ref(at.reference)
        .debit(at.account(), total)
        .credit(Account::Escrow(order), total)
        .debit(Account::ProviderFees, fee)
        .credit(at.account(), fee)
        .build()
}

/// J2: a line of the provider's statement became usable. `net` is the line's own, signed: a refund's is negative. `at.reference` names
/// the line.
///
/// | debit | credit |
/// |---|---|
/// | provider available, net | provider pending, net |
pub fn available(at: AtProvider<'_>, net: Money, now: Moment) -> Result<Entry, EntryError> {
    let entry = Entry::about(EntryKind::Available, at.key("available"), ABOUT_NOTHING, now)
        .provider_ref(at.reference);
    either_way(entry, Account::ProviderAvailable(at.provider.to_owned()), at.account(), net).build()
}

/// What the change from one currency to another won or lost, by the rate of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    Won(Money),
    Lost(Money),
}

/// J1c, J11: the provider counted a movement in another currency than it was booked in: `out` is not there, `into` is.
/// `subject` is what moved (an order, a payout), `at.reference` the line of the statement that says so. Stands beside the movement's
/// own entry; what stays open between the two currencies stands on a position in each.
///
/// | debit | credit |
/// |---|---|
/// | provider pending, into | position, into |
/// | position, out | provider pending, out |
/// | position, won · exchange losses, lost | exchange gains, won · position, lost |
pub fn converted(
    subject: impl Into<Uuid>,
    at: AtProvider<'_>,
    out: Money,
    into: Money,
    gain: Option<Gain>,
    now: Moment,
) -> Result<Entry, EntryError> {
    let entry = Entry::about(EntryKind::Convert, at.key("convert"), subject, now)
        .provider_ref(at.reference)
        .debit(at.account(), into)
        .credit(Account::FxPosition, into)
        .debit(Account::FxPosition, out)
        .credit(at.account(), out);
    match gain {
        Some(Gain::Won(won)) => entry.debit(Account::FxPosition, won).credit(Account::FxGain, won),
        Some(Gain::Lost(lost)) => entry.debit(Account::FxLoss, lost).credit(Account::FxPosition, lost),
        None => entry,
    }
    .build()
}
