//! An order's money, shared when it ended well.

use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::money::MoneyError;
use kernel::{MemberId, Moment, Money, OrderId, SettlementId, TaxPlace};

/// How an order's money is shared when it is released.
#[derive(Clone, Copy, Debug)]
pub struct Shares<'a> {
    /// What the seller gets at once.
    pub seller: Money,
    /// What is kept back of their part for a while: beside it, not within it.
    pub reserve: Money,
    pub commission: Money,
    pub buyer_fee: Money,
    /// What the marketplace owes tax offices of it.
    pub taxes: &'a [(TaxPlace, Money)],
}

impl Shares<'_> {
    /// What is shared. Errors: mixed currencies, overflow.
    pub fn total(&self) -> Result<Money, MoneyError> {
        let own = [self.seller, self.reserve, self.commission, self.buyer_fee];
        let taxes = self.taxes.iter().map(|(_, amount)| *amount);
        Money::sum(self.seller.currency, own.into_iter().chain(taxes))
    }
}

/// J3, J7: the order ended well, and what its escrow holds (all, or the rest after a partial refund) is shared.
/// An order is released once.
///
/// | debit | credit |
/// |---|---|
/// | escrow, all shares | seller payable · seller reserve · commission · buyer fee · tax of each place |
pub fn released(
    order: OrderId,
    seller: MemberId,
    shares: &Shares<'_>,
    now: Moment,
) -> Result<Entry, EntryError> {
    let whole = [
        (Account::SellerPayable(seller), shares.seller),
        (Account::SellerReserve(seller), shares.reserve),
        (Account::Commission, shares.commission),
        (Account::BuyerFee, shares.buyer_fee),
    ];
    let taxes = shares.taxes.iter().map(|(place, amount)| (Account::Tax(*place), *amount));
    let parts: Vec<(Account, Money)> = whole.into_iter().chain(taxes).collect();
    let mut entry = Entry::about(EntryKind::Release, format!("release:{order}"), order, now);
    for (_, amount) in &parts {
        entry = entry.debit(Account::Escrow(order), *amount);
    }
    for (account, amount) in parts {
        entry = entry.credit(account, amount);
    }
    entry.build()
}

/// J3r: what was kept back of a settlement is the seller's now.
///
/// | debit | credit |
/// |---|---|
/// | seller reserve | seller payable |
pub fn reserve_released(
    settlement: SettlementId,
    seller: MemberId,
    amount: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::ReserveReleased, format!("reserve:{settlement}"), settlement, now)
        .debit(Account::SellerReserve(seller), amount)
        .credit(Account::SellerPayable(seller), amount)
        .build()
}

/// J11: the provider made something else of what a seller is due: `into` is due to them instead of `out`, or the other way round
/// when it is taken back. Each currency balances alone; what is open between the two stands on a position in each. `n` tells the
/// changes of one settlement apart.
///
/// | debit | credit |
/// |---|---|
/// | seller payable, out | position, out |
/// | position, into | seller payable, into |
pub fn payable_converted(
    settlement: SettlementId,
    n: i32,
    seller: MemberId,
    out: Money,
    into: Money,
    now: Moment,
) -> Result<Entry, EntryError> {
    let due = Account::SellerPayable(seller);
    Entry::about(EntryKind::ReleaseConverted, format!("converted:{settlement}:{n}"), settlement, now)
        .debit(due.clone(), out)
        .credit(Account::FxPosition, out)
        .debit(Account::FxPosition, into)
        .credit(due, into)
        .build()
}
