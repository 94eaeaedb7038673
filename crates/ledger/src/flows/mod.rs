//! What the marketplace books, one pure function an entry. The order's money is held in its escrow account
//! from payment to release or refund; whatever is on its way passes through a transit account, so that it can neither
//! be spent twice nor forgotten.
//!
//! The numbers are those of the journal in `docs/money.md`. One thing happens once: an entry's key names it.

mod disputes;
mod moving;
mod own;
mod paying;
mod refunding;
mod releasing;
mod swaps;

pub use disputes::{
    dispute_absorbed, dispute_exceeded, dispute_lost, dispute_lost_after, dispute_opened, dispute_reserved,
    dispute_reserved_later, dispute_unreserved, dispute_won,
};
pub use moving::{
    payout_arrived, payout_back, payout_back_late, payout_created, payout_failed, payout_paid,
    payout_returned, payout_sent, transfer_reversed, transferred,
};
pub use own::{
    Clearing, earnings_taken, goodwill_to_buyer, goodwill_to_seller, provider_charged, suspended,
    suspense_cleared, tax_paid, topped_up,
};
pub use paying::{Gain, available, converted, paid};
pub use refunding::{
    Taken, clawed_back, debt_recovered, debt_written_off, key_another_way, paid_another_way, paid_from_bank,
    refund_again, refund_asked, refund_bounced, refund_failed, refund_settled,
};
pub use releasing::{Shares, payable_converted, released, reserve_released};
pub use swaps::{barter_fee, deposit_back, deposit_forfeited, deposit_taken};

use crate::accounts::Account;
use crate::entry::EntryBuilder;
use kernel::Money;
use uuid::Uuid;

/// The subject of entries that are about nothing with a number of its own: earnings, a provider's own charges.
pub const ABOUT_NOTHING: Uuid = Uuid::nil();

/// A movement at a provider: who and by which of its names.
#[derive(Clone, Copy, Debug)]
pub struct AtProvider<'a> {
    /// The provider's short name ("sandbox").
    pub provider: &'a str,
    /// Its name for the payment, the refund, or the line of its statement.
    pub reference: &'a str,
}

impl AtProvider<'_> {
    /// Until a provider's statement says that money became usable, all it holds stands as pending; whatever leaves it is
    /// therefore taken from there too.
    fn account(&self) -> Account {
        Account::ProviderPending(self.provider.to_owned())
    }

    /// In keys of entries that only the provider has a name for.
    fn key(&self, what: &str) -> String {
        format!("{what}:{}:{}", self.provider, self.reference)
    }
}

/// A debit of one account and a credit of another; the other way round if the amount is negative.
fn either_way(entry: EntryBuilder, debited: Account, credited: Account, amount: Money) -> EntryBuilder {
    if amount.amount >= 0 {
        return entry.debit(debited, amount).credit(credited, amount);
    }
    let amount = Money::new(amount.amount.saturating_neg(), amount.currency);
    entry.debit(credited, amount).credit(debited, amount)
}

/// Debits all of these, and credits each amount to the one account: the line by line shares of one sum.
fn from_each(mut entry: EntryBuilder, debited: Vec<(Account, Money)>, credited: &Account) -> EntryBuilder {
    for (account, amount) in debited {
        entry = entry.debit(account, amount).credit(credited.clone(), amount);
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Entry;
    use kernel::{Currency, MemberId, Moment, OrderId, RefundId};

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
        let (reserve, taxes) = (eur(0), []);
        let shares =
            Shares { seller: eur(9_200), reserve, commission: eur(800), buyer_fee: eur(570), taxes: &taxes };
        let entry = released(order, seller, &shares, NOW).unwrap();
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
