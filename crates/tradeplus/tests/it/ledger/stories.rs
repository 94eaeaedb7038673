//! Whole stories of orders, as the entries that they write. Each leaves nothing on its way and nothing held.

use super::{AT, Deal, eur, new};
use kernel::{ChargebackId, Currency, DebtId, Money, OrderId, PayoutId, RefundId, SettlementId, TaxPlace};
use ledger::flows::{self, AtProvider, Clearing, Gain, Shares, Taken};
use ledger::{Entry, EntryError};
use platform::Db;

pub(super) type Steps = Vec<Result<Entry, EntryError>>;

/// A story by its name.
pub(super) type Story = fn(&Deal, &Db) -> Steps;

/// All stories of one deal each.
pub(super) const ALL: &[Story] = &[
    Deal::happy,
    Deal::refunded,
    Deal::refund_fails,
    Deal::refund_bounces,
    Deal::split,
    Deal::kept_back,
    Deal::paid_out_directly,
    Deal::paid_out_by_account,
    Deal::clawed_back,
    Deal::clawed_back_with_debt,
    Deal::dispute_won,
    Deal::dispute_lost,
    Deal::dispute_won_after,
    Deal::dispute_lost_after,
    Deal::dispute_absorbed,
    Deal::converted,
    Deal::swapped,
];

pub(super) fn usd(amount: i64) -> Money {
    Money::new(amount, "USD".parse::<Currency>().unwrap())
}

pub(super) fn at(reference: &str) -> AtProvider<'_> {
    AtProvider { provider: AT.provider, reference }
}

/// Nothing is taken.
pub(super) fn nothing() -> Taken<'static> {
    let no = eur(0);
    Taken { payable: no, reserve: no, set_aside: no, owed: no, commission: no, buyer_fee: no, taxes: &[] }
}

/// The company's own money, and what only the provider's statement tells. What it needs for others it puts in first.
pub(super) fn own(db: &Db, name: &str) -> Steps {
    let (now, order, seller): (_, OrderId, _) = (db.now(), new(db), new(db));
    let (first, second): (RefundId, RefundId) = (new(db), new(db));
    let line = |n: u8| format!("{name}_{n}");
    let (acts, here) = ([order, new::<OrderId>(db), new(db)], TaxPlace::parse("DE").unwrap());
    let taxes = [(here, eur(700))];
    let no = eur(0);
    let shares =
        Shares { seller: eur(2_000), reserve: no, commission: no, buyer_fee: eur(1_000), taxes: &taxes };
    vec![
        flows::topped_up(at(&line(1)), eur(100_000_000), now),
        flows::topped_up(at(&line(2)), usd(100_000_000), now),
        flows::provider_charged(at(&line(3)), eur(120), now),
        flows::provider_charged(at(&line(4)), eur(-20), now),
        flows::suspended(at(&line(5)), eur(500), now),
        flows::suspended(at(&line(6)), eur(-300), now),
        flows::suspense_cleared(at(&line(5)), eur(500), Clearing::Buyer(order), now),
        flows::suspense_cleared(at(&line(6)), eur(-300), Clearing::Fee, now),
        flows::paid_another_way(order, first, at(&line(7)), eur(500), now),
        flows::goodwill_to_buyer(acts[0], order, eur(100), now),
        flows::paid_another_way(order, second, at(&line(8)), eur(100), now),
        flows::goodwill_to_seller(acts[1], order, seller, eur(150), now),
        flows::paid(order, at(&line(9)), eur(3_700), eur(90), now),
        flows::released(order, seller, &shares, now),
        flows::tax_paid(acts[2], here, eur(700), now),
        flows::earnings_taken(at(&line(10)), eur(100), now),
    ]
}

impl Deal {
    fn pay(&self, db: &Db) -> Result<Entry, EntryError> {
        flows::paid(self.order, AT, self.total(), self.fee, db.now())
    }

    fn release(&self, db: &Db) -> Result<Entry, EntryError> {
        flows::released(self.order, self.seller, &self.shares, db.now())
    }

    pub(super) fn happy(&self, db: &Db) -> Steps {
        let line = format!("txn_{}", self.order);
        let net = self.total().minus(self.fee).unwrap();
        vec![self.pay(db), flows::available(at(&line), net, db.now()), self.release(db)]
    }

    pub(super) fn refunded(&self, db: &Db) -> Steps {
        let (now, line) = (db.now(), format!("txn_{}", self.refund));
        vec![
            self.pay(db),
            flows::refund_asked(self.order, self.refund, self.total(), now),
            flows::refund_settled(self.order, self.refund, AT, self.total(), now),
            flows::available(at(&line), Money::new(-self.total().amount, Currency::EUR), now),
        ]
    }

    pub(super) fn refund_fails(&self, db: &Db) -> Steps {
        let (now, second) = (db.now(), new(db));
        vec![
            self.pay(db),
            flows::refund_asked(self.order, self.refund, self.total(), now),
            flows::refund_failed(self.order, self.refund, self.total(), now),
            flows::refund_again(self.order, second, self.total(), now),
            flows::refund_failed(self.order, second, self.total(), now),
            flows::paid_another_way(self.order, second, AT, self.total(), now),
        ]
    }

    /// It was paid, and came back.
    pub(super) fn refund_bounces(&self, db: &Db) -> Steps {
        let (now, second) = (db.now(), new(db));
        vec![
            self.pay(db),
            flows::refund_asked(self.order, self.refund, self.total(), now),
            flows::refund_settled(self.order, self.refund, AT, self.total(), now),
            flows::refund_bounced(self.order, self.refund, AT, self.total(), now),
            flows::refund_again(self.order, second, self.total(), now),
            flows::refund_settled(self.order, second, AT, self.total(), now),
        ]
    }

    /// A part of the price goes back, the rest is released with the commission on what is left.
    pub(super) fn split(&self, db: &Db) -> Steps {
        let now = db.now();
        let half = |money: Money| eur(money.amount / 2);
        let (seller, commission) = (half(self.shares.seller), half(self.shares.commission));
        let rest = Shares { seller, commission, ..self.shares };
        let back = self.total().minus(rest.total().unwrap()).unwrap();
        vec![
            self.pay(db),
            flows::refund_asked(self.order, self.refund, back, now),
            flows::released(self.order, self.seller, &rest, now),
            flows::refund_settled(self.order, self.refund, AT, back, now),
        ]
    }

    /// A tenth is kept back for a while.
    pub(super) fn kept_back(&self, db: &Db) -> Steps {
        let reserve = eur(1 + self.shares.seller.amount / 10);
        let seller = self.shares.seller.minus(reserve).unwrap();
        let shares = Shares { seller, reserve, ..self.shares };
        let settlement: SettlementId = new(db);
        vec![
            self.pay(db),
            flows::released(self.order, self.seller, &shares, db.now()),
            flows::reserve_released(settlement, self.seller, reserve, db.now()),
        ]
    }

    /// From our balance to the seller's bank: once it never leaves, once it comes back late, then it arrives.
    pub(super) fn paid_out_directly(&self, db: &Db) -> Steps {
        let (now, amount) = (db.now(), self.shares.seller);
        let ids: [PayoutId; 3] = [new(db), new(db), new(db)];
        vec![
            self.pay(db),
            self.release(db),
            flows::payout_sent(ids[0], self.seller, amount, now),
            flows::payout_back(ids[0], self.seller, amount, now),
            flows::payout_sent(ids[1], self.seller, amount, now),
            flows::payout_arrived(ids[1], AT, amount, eur(25), now),
            flows::payout_back_late(ids[1], self.seller, AT, amount, now),
            flows::payout_sent(ids[2], self.seller, amount, now),
            flows::payout_arrived(ids[2], AT, amount, eur(0), now),
        ]
    }

    /// By the seller's own account: one payout fails, one is returned after it was paid, and the transfer is taken back.
    pub(super) fn paid_out_by_account(&self, db: &Db) -> Steps {
        let (now, amount, seller) = (db.now(), self.shares.seller, self.seller);
        let (settlement, ids): (SettlementId, [PayoutId; 2]) = (new(db), [new(db), new(db)]);
        vec![
            self.pay(db),
            self.release(db),
            flows::transferred(settlement, seller, AT, amount, now),
            flows::payout_created(ids[0], seller, AT, amount, now),
            flows::payout_failed(ids[0], seller, AT, amount, now),
            flows::payout_created(ids[1], seller, AT, amount, now),
            flows::payout_paid(ids[1], seller, AT, amount, now),
            flows::payout_returned(ids[1], seller, AT, amount, now),
            flows::transfer_reversed(settlement, 1, seller, AT, amount, now),
        ]
    }

    /// All of a released order goes back, and the seller still has it.
    pub(super) fn clawed_back(&self, db: &Db) -> Steps {
        let Shares { seller: payable, commission, buyer_fee, .. } = self.shares;
        let taken = Taken { payable, commission, buyer_fee, ..nothing() };
        vec![
            self.pay(db),
            self.release(db),
            flows::clawed_back(self.order, self.refund, self.seller, &taken, db.now()),
            flows::refund_settled(self.order, self.refund, AT, self.total(), db.now()),
        ]
    }

    /// The seller was paid already: they owe it, and pay a half with their next sale.
    pub(super) fn clawed_back_with_debt(&self, db: &Db) -> Steps {
        let (now, debt, amount): (_, DebtId, _) = (db.now(), new(db), self.shares.seller);
        let (payout, half): (PayoutId, _) = (new(db), eur(amount.amount / 2));
        let Shares { commission, buyer_fee, .. } = self.shares;
        let taken = Taken { owed: amount, commission, buyer_fee, ..nothing() };
        let next = Self { order: new(db), ..*self };
        vec![
            self.pay(db),
            self.release(db),
            flows::payout_sent(payout, self.seller, amount, now),
            flows::payout_arrived(payout, AT, amount, eur(0), now),
            flows::clawed_back(self.order, self.refund, self.seller, &taken, now),
            flows::refund_settled(self.order, self.refund, AT, self.total(), now),
            next.pay(db),
            next.release(db),
            flows::debt_recovered(debt, 1, self.seller, half, now),
            flows::debt_written_off(debt, self.seller, amount.minus(half).unwrap(), now),
        ]
    }

    pub(super) fn dispute_won(&self, db: &Db) -> Steps {
        let (now, id): (_, ChargebackId) = (db.now(), new(db));
        vec![
            self.pay(db),
            flows::dispute_opened(id, self.order, AT, self.total(), eur(1_500), now),
            flows::dispute_won(id, self.order, AT, self.total(), eur(1_500), now),
            self.release(db),
        ]
    }

    pub(super) fn dispute_lost(&self, db: &Db) -> Steps {
        let (now, id): (_, ChargebackId) = (db.now(), new(db));
        vec![
            self.pay(db),
            flows::dispute_opened(id, self.order, AT, self.total(), eur(1_500), now),
            flows::dispute_lost(id, self.order, self.total(), now),
        ]
    }

    pub(super) fn dispute_won_after(&self, db: &Db) -> Steps {
        let (now, id, amount): (_, ChargebackId, _) = (db.now(), new(db), self.shares.seller);
        vec![
            self.pay(db),
            self.release(db),
            flows::dispute_opened(id, self.order, AT, self.total(), eur(1_500), now),
            flows::dispute_reserved(id, self.order, self.seller, amount, now),
            flows::dispute_won(id, self.order, AT, self.total(), eur(0), now),
            flows::dispute_unreserved(id, self.order, self.seller, amount, now),
        ]
    }

    pub(super) fn dispute_lost_after(&self, db: &Db) -> Steps {
        let (now, id, amount): (_, ChargebackId, _) = (db.now(), new(db), self.shares.seller);
        let Shares { commission, buyer_fee, .. } = self.shares;
        let taken = Taken { set_aside: amount, commission, buyer_fee, ..nothing() };
        vec![
            self.pay(db),
            self.release(db),
            flows::dispute_opened(id, self.order, AT, self.total(), eur(1_500), now),
            flows::dispute_reserved(id, self.order, self.seller, amount, now),
            flows::dispute_lost_after(id, self.order, self.seller, &taken, now),
        ]
    }

    /// The buyer had the money back, but for a part that was still owed.
    pub(super) fn dispute_absorbed(&self, db: &Db) -> Steps {
        let (now, id, second): (_, ChargebackId, RefundId) = (db.now(), new(db), new(db));
        let due = eur(40);
        let back = self.total().minus(due).unwrap();
        vec![
            self.pay(db),
            flows::refund_asked(self.order, self.refund, back, now),
            flows::refund_settled(self.order, self.refund, AT, back, now),
            flows::refund_asked(self.order, second, due, now),
            flows::refund_failed(self.order, second, due, now),
            flows::dispute_opened(id, self.order, AT, self.total(), eur(1_500), now),
            flows::dispute_absorbed(id, self.order, back, due, now),
        ]
    }

    /// The provider counts in dollars, and the seller is paid in them.
    pub(super) fn converted(&self, db: &Db) -> Steps {
        let (now, line, other) = (db.now(), format!("fx_{}", self.order), format!("fx2_{}", self.order));
        let (settlement, theirs): (SettlementId, _) = (new(db), self.shares.seller);
        let into = usd(theirs.amount * 108 / 100);
        let settled = usd(self.total().amount * 109 / 100);
        vec![
            self.pay(db),
            flows::converted(self.order, at(&line), self.total(), settled, Some(Gain::Won(usd(3))), now),
            flows::converted(self.order, at(&other), usd(10), eur(9), Some(Gain::Lost(eur(1))), now),
            flows::released(self.order, self.seller, &self.shares, now),
            flows::payable_converted(settlement, 2, self.seller, theirs, into, now),
        ]
    }

    /// One side sends, the other does not.
    pub(super) fn swapped(&self, db: &Db) -> Steps {
        let (now, all, cost) = (db.now(), self.total(), eur(50));
        let (other, second): (kernel::MemberId, RefundId) = (new(db), new(db));
        let rest = all.minus(cost).unwrap();
        vec![
            flows::deposit_taken(self.order, self.seller, AT, all, self.fee, now),
            flows::deposit_taken(self.order, other, AT, all, self.fee, now),
            flows::barter_fee(self.order, self.seller, cost, now),
            flows::deposit_back(self.order, self.seller, self.refund, rest, now),
            flows::refund_settled(self.order, self.refund, AT, rest, now),
            flows::deposit_forfeited(self.order, other, all, now),
            flows::refund_again(self.order, second, all, now),
            flows::refund_settled(self.order, second, AT, all, now),
        ]
    }
}
