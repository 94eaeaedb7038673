//! What the marketplace books, one pure function an entry. The order's money is held in its escrow account
//! from payment to release or refund; a refund passes through a transit account, so that money on its way back
//! can neither be spent twice nor forgotten.
//!
//! The numbers are those of the journal in the design: J1 payment, J3 release, J6a to J6d refunds.

use crate::accounts::Account;
use crate::entry::{Entry, EntryError, EntryKind};
use kernel::{MemberId, Moment, Money, OrderId, RefundId};

/// A movement at a provider: who and by which of its names.
#[derive(Clone, Copy, Debug)]
pub struct AtProvider<'a> {
    /// The provider's short name ("sandbox").
    pub provider: &'a str,
    /// Its name for the payment or refund.
    pub reference: &'a str,
}

impl AtProvider<'_> {
    /// Until a provider's statement says that money became usable, all it holds stands as pending; refunds are
    /// therefore taken from there too.
    fn account(&self) -> Account {
        Account::ProviderPending(self.provider.to_owned())
    }
}

/// How an order's money is shared when it is released.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    pub seller: Money,
    pub commission: Money,
    pub buyer_fee: Money,
}

/// J1: the buyer paid. The provider holds `total` and keeps `fee` of it (the order's part of the payment's fee);
/// all of `total` is held for the order.
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

/// J3: the order ended well, and what its escrow holds (all, or the rest after a partial refund) is shared.
/// An order is released once.
///
/// | debit | credit |
/// |---|---|
/// | escrow, all three shares | seller payable · commission · buyer fee |
pub fn released(order: OrderId, seller: MemberId, shares: Shares, now: Moment) -> Result<Entry, EntryError> {
    Entry::about(EntryKind::Release, format!("release:{order}"), order, now)
        .debit(Account::Escrow(order), shares.seller)
        .debit(Account::Escrow(order), shares.commission)
        .debit(Account::Escrow(order), shares.buyer_fee)
        .credit(Account::SellerPayable(seller), shares.seller)
        .credit(Account::Commission, shares.commission)
        .credit(Account::BuyerFee, shares.buyer_fee)
        .build()
}

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
    Entry::about(EntryKind::PaidAnotherWay, format!("paid_another_way:{refund}"), order, now)
        .provider_ref(at.reference)
        .debit(Account::BuyerDue(order), amount)
        .credit(at.account(), amount)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use uuid::Uuid;

    const NOW: Moment = Moment::UNIX_EPOCH;
    const AT: AtProvider<'_> = AtProvider { provider: "sandbox", reference: "pay_1" };

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    fn on(entry: &Entry, account: &Account) -> i64 {
        entry.lines().iter().filter(|l| l.account == *account).map(|l| l.amount.amount).sum()
    }

    #[test]
    fn a_payment_is_held_whole_and_its_fee_is_our_expense() {
        let order = OrderId(Uuid::from_u128(1));
        let entry = paid(order, AT, eur(11_250), eur(356), NOW).unwrap();
        assert_eq!(on(&entry, &Account::Escrow(order)), -11_250);
        assert_eq!(on(&entry, &Account::ProviderPending("sandbox".to_owned())), 10_894);
        assert_eq!(on(&entry, &Account::ProviderFees), 356);
        assert_eq!(entry.provider_ref(), Some("pay_1"));
    }

    #[test]
    fn a_release_empties_the_escrow_into_its_shares() {
        let (order, seller) = (OrderId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let shares = Shares { seller: eur(9_200), commission: eur(800), buyer_fee: eur(570) };
        let entry = released(order, seller, shares, NOW).unwrap();
        assert_eq!(on(&entry, &Account::Escrow(order)), 10_570);
        assert_eq!(on(&entry, &Account::SellerPayable(seller)), -9_200);
    }

    #[test]
    fn a_failed_refund_can_be_asked_again_or_paid_another_way() {
        let (order, first, second) =
            (OrderId(Uuid::from_u128(1)), RefundId(Uuid::from_u128(3)), RefundId(Uuid::from_u128(4)));
        let way = [
            refund_asked(order, first, eur(50), NOW).unwrap(),
            refund_failed(order, first, eur(50), NOW).unwrap(),
            refund_again(order, second, eur(50), NOW).unwrap(),
            refund_failed(order, second, eur(50), NOW).unwrap(),
            paid_another_way(order, second, AT, eur(50), NOW).unwrap(),
        ];
        let sum = |account: &Account| way.iter().map(|e| on(e, account)).sum::<i64>();
        assert_eq!(sum(&Account::RefundInTransit(order)), 0);
        assert_eq!(sum(&Account::BuyerDue(order)), 0);
        assert_eq!(sum(&Account::Escrow(order)), 50);
    }
}
