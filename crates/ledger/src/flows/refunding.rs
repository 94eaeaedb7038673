//! Money that goes back to a buyer, before and after it was released, and what sellers owe for it.

use super::{AtProvider, from_each};
use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::money::MoneyError;
use kernel::{DebtId, MemberId, Moment, Money, OrderId, RefundId, TaxPlace};
use uuid::Uuid;

/// J6a: a refund of all or a part was asked of the provider.
///
/// | debit | credit |
/// |---|---|
/// | escrow | refund in transit |
pub fn refund_asked(
    order: OrderId,
    refund: RefundId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::RefundAsked, format!("refund_asked:{refund}"), order, now)
        .debit(Account::Escrow(order), amount)
        .credit(Account::RefundInTransit(order), amount)
        .build()
}

/// J6b: the provider paid the refund.
///
/// | debit | credit |
/// |---|---|
/// | refund in transit | what the provider holds |
pub fn refund_settled(
    order: OrderId,
    refund: RefundId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::RefundSettled, format!("refund_settled:{refund}"), order, now)
        .provider_ref(at.reference)
        .debit(Account::RefundInTransit(order), amount)
        .credit(at.account(), amount)
        .build()
}

/// J6c: the provider could not pay the refund. The money is still with the provider, and owed to the buyer.
///
/// | debit | credit |
/// |---|---|
/// | refund in transit | buyer due |
pub fn refund_failed(
    order: OrderId,
    refund: RefundId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::RefundFailed, format!("refund_failed:{refund}"), order, now)
        .debit(Account::RefundInTransit(order), amount)
        .credit(Account::BuyerDue(order), amount)
        .build()
}

/// The way back of J6c: what was owed is asked of the provider again, as the new refund `refund`.
///
/// | debit | credit |
/// |---|---|
/// | buyer due | refund in transit |
pub fn refund_again(
    order: OrderId,
    refund: RefundId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::RefundAgain, format!("refund_again:{refund}"), order, now)
        .debit(Account::BuyerDue(order), amount)
        .credit(Account::RefundInTransit(order), amount)
        .build()
}

/// The key of J6d: what `act` says, a refund or what somebody did, is paid another way once.
pub fn key_another_way(act: impl Into<Uuid>) -> String {
    let act: Uuid = act.into();
    format!("paid_another_way:{act}")
}

/// J6d: somebody paid the buyer what refund `refund` could not, out of what the provider holds;
/// `at.reference` names the payment they made.
///
/// | debit | credit |
/// |---|---|
/// | buyer due | what the provider holds |
pub fn paid_another_way(
    order: OrderId,
    refund: RefundId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PaidAnotherWay, key_another_way(refund), order, now)
        .provider_ref(at.reference)
        .debit(Account::BuyerDue(order), amount)
        .credit(at.account(), amount)
        .build()
}

/// J6d, from the company's own account: what the provider holds stays there, and is the company's from now on. `act` is the
/// number of the refund that could not be paid, or of what somebody did, so that it is booked once; `reference` names the
/// payment they made.
///
/// | debit | credit |
/// |---|---|
/// | buyer due | bank |
pub fn paid_from_bank(
    order: OrderId,
    act: impl Into<Uuid>,
    reference: &str,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::PaidAnotherWay, key_another_way(act), order, now)
        .provider_ref(reference)
        .debit(Account::BuyerDue(order), amount)
        .credit(Account::Bank, amount)
        .build()
}

/// J6e: a refund that was paid came back to the provider (a closed card). The buyer is owed it.
///
/// | debit | credit |
/// |---|---|
/// | what the provider holds | buyer due |
pub fn refund_bounced(
    order: OrderId,
    refund: RefundId,
    at: AtProvider<'_>,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::RefundBounced, format!("refund_bounced:{refund}"), order, now)
        .provider_ref(at.reference)
        .debit(at.account(), amount)
        .credit(Account::BuyerDue(order), amount)
        .build()
}

/// What an order that was released gives back, by where it can be had.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    pub payable: Money,
    pub reserve: Money,
    /// What was set aside when a dispute began; only a lost dispute takes it.
    pub set_aside: Money,
    /// What could not be had: the seller's debt from now on.
    pub owed: Money,
    pub commission: Money,
    pub buyer_fee: Money,
    pub taxes: &'a [(TaxPlace, Money)],
}

impl Taken<'_> {
    /// What is taken in all. Errors: mixed currencies, overflow.
    pub fn total(&self) -> Result<Money, MoneyError> {
        let own = [self.payable, self.reserve, self.set_aside, self.owed, self.commission, self.buyer_fee];
        let taxes = self.taxes.iter().map(|(_, amount)| *amount);
        Money::sum(self.payable.currency, own.into_iter().chain(taxes))
    }

    pub(super) fn parts(&self, order: OrderId, seller: MemberId) -> Vec<(Account, Money)> {
        let own = [
            (Account::SellerPayable(seller), self.payable),
            (Account::SellerReserve(seller), self.reserve),
            (Account::DisputeReserve(order), self.set_aside),
            (Account::SellerReceivable(seller), self.owed),
            (Account::Commission, self.commission),
            (Account::BuyerFee, self.buyer_fee),
        ];
        let taxes = self.taxes.iter().map(|(place, amount)| (Account::Tax(*place), *amount));
        own.into_iter().chain(taxes).collect()
    }
}

/// J8, J8n: all or a part of a released order goes back to its buyer. The buyer never waits for the seller's money: what
/// cannot be had is the seller's debt. Nothing may be set aside here; the ledger refuses it.
///
/// | debit | credit |
/// |---|---|
/// | seller payable · seller reserve · seller receivable · commission · buyer fee · tax of each place | refund in transit |
pub fn clawed_back(
    order: OrderId,
    refund: RefundId,
    seller: MemberId,
    taken: &Taken<'_>,
    now: Moment,
) -> Result<Entry, EntryError> {
    let entry = Entry::about(EntryKind::Clawback, format!("clawback:{refund}"), order, now);
    from_each(entry, taken.parts(order, seller), &Account::RefundInTransit(order)).build()
}

/// J8w: a part of a debt was kept of what the seller is due; `n` counts the parts of one debt.
///
/// | debit | credit |
/// |---|---|
/// | seller payable | seller receivable |
pub fn debt_recovered(
    debt: DebtId,
    n: i32,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DebtRecovered, format!("debt:{debt}:{n}"), debt, now)
        .debit(Account::SellerPayable(seller), amount)
        .credit(Account::SellerReceivable(seller), amount)
        .build()
}

/// J8w: what is left of a debt will not be paid: our loss.
///
/// | debit | credit |
/// |---|---|
/// | bad debt | seller receivable |
pub fn debt_written_off(
    debt: DebtId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::DebtWrittenOff, format!("debt_off:{debt}"), debt, now)
        .debit(Account::BadDebt, amount)
        .credit(Account::SellerReceivable(seller), amount)
        .build()
}
