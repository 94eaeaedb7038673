//! Quiet days: whatever deals do, the books and the statement agree to the unit.

use super::{Teller, at, book, clean, compare, eur, float, new, paid};
use kernel::{ChargebackId, MemberId, OrderId, PayoutId, RefundId, SettlementId};
use ledger::flows::{self, Shares};
use market::payments::provider::Way;
use testkit::Town;
use time::Duration;

const DEALS: u64 = 200;

#[tokio::test]
async fn a_quiet_day_matches_to_the_unit() {
    for way in [Way::Connected, Way::Direct] {
        let town = Town::new().await;
        let teller = Teller::on(&town, way);
        float(&teller);
        for n in 0..DEALS {
            deal(&town, &teller, way, n).await;
            if n % 40 == 0 {
                clean(&compare(&town, &teller).await);
            }
            town.clock.advance(Duration::minutes(20));
        }
        let report = compare(&town, &teller).await;
        clean(&report);
        let [euros] = report.run.balances.as_slice() else { panic!("{report}") };
        assert_eq!(Some(euros.ours), euros.theirs);
        for _ in 0..2 {
            town.clock.advance(Duration::days(15));
            clean(&compare(&town, &teller).await);
        }
        let waiting = "select count(*) from provider_lines where state = 'waiting'";
        assert_eq!(town.count(waiting).await, 0, "{way:?}");
        assert_eq!(town.count("select count(*) from suspense").await, 0, "{way:?}");
    }
}

/// A deal and what becomes of it, by chance: in the books, and on the statement.
async fn deal(town: &Town, teller: &Teller, way: Way, n: u64) {
    let dice = town.db.dice();
    let total = 500 + i64::try_from(dice.below(50_000)).unwrap();
    let fee = total * 3 / 100 + 20;
    let charge = format!("ch_{n}");
    let order = match way {
        Way::Connected => paid(town, teller, &charge, total, fee).await,
        Way::Direct => {
            let order: OrderId = new(town);
            book(town, flows::paid(order, at(&charge), eur(total), eur(fee), town.db.now())).await;
            teller.line("transaction", Some(&charge), total, fee);
            order
        }
    };
    match dice.below(6) {
        0 => {}
        1 => back(town, teller, order, (n, total)).await,
        2 => {
            back(town, teller, order, (n, total / 3)).await;
            out(town, teller, way, order, (n, total - total / 3)).await;
        }
        3 => bounced(town, teller, way, order, (n, total)).await,
        4 => out(town, teller, way, order, (n, total)).await,
        _ => disputed(town, teller, way, order, (n, total)).await,
    }
}

async fn back(town: &Town, teller: &Teller, order: OrderId, (n, amount): (u64, i64)) {
    let reference = format!("re_{n}");
    super::refunded(town, order, &reference, amount).await;
    teller.line("refund", Some(&reference), -amount, 0);
}

async fn bounced(town: &Town, teller: &Teller, way: Way, order: OrderId, (n, amount): (u64, i64)) {
    let reference = format!("re_{n}");
    let refund: RefundId = super::refunded(town, order, &reference, amount).await;
    teller.line("refund", Some(&reference), -amount, 0);
    let now = town.db.now();
    book(town, flows::refund_bounced(order, refund, at(&reference), eur(amount), now)).await;
    let kind = if way == Way::Connected && n.is_multiple_of(2) { "refund_failure" } else { "refund" };
    teller.line(kind, Some(&reference), amount, 0);
}

/// Released, and out to the seller; every third time it comes back.
async fn out(town: &Town, teller: &Teller, way: Way, order: OrderId, (n, amount): (u64, i64)) {
    let (seller, now): (MemberId, _) = (new(town), town.db.now());
    let shares = Shares {
        seller: eur(amount - amount / 10),
        reserve: eur(0),
        commission: eur(amount / 10),
        buyer_fee: eur(0),
        taxes: &[],
    };
    let theirs = shares.seller;
    book(town, flows::released(order, seller, &shares, now)).await;
    let comes_back = n.is_multiple_of(3);
    if way == Way::Connected {
        let (settlement, transfer): (SettlementId, _) = (new(town), format!("tr_{n}"));
        book(town, flows::transferred(settlement, seller, at(&transfer), theirs, now)).await;
        teller.line("transfer", Some(&transfer), -theirs.amount, 0);
        if comes_back {
            let reversal = format!("trr_{n}");
            book(town, flows::transfer_reversed(settlement, 1, seller, at(&reversal), theirs, now)).await;
            teller.line("transfer_refund", Some(&reversal), theirs.amount, 0);
        }
        return;
    }
    let payout: PayoutId = new(town);
    let (reference, number) = (payout.to_string(), (10_000 + n).to_string());
    book(town, flows::payout_sent(payout, seller, theirs, now)).await;
    book(town, flows::payout_arrived(payout, at(&reference), theirs, eur(25), now)).await;
    teller.line("transfer", Some(&number), -theirs.amount, 25);
    if comes_back {
        book(town, flows::payout_back_late(payout, seller, at(&reference), theirs, now)).await;
        teller.line("transfer", Some(&number), theirs.amount, 0);
    }
}

async fn disputed(town: &Town, teller: &Teller, way: Way, order: OrderId, (n, amount): (u64, i64)) {
    let (chargeback, reference): (ChargebackId, _) = (new(town), format!("du_{n}"));
    let now = town.db.now();
    let (kind, fee) = match way {
        Way::Connected => ("adjustment", 2_000),
        Way::Direct => ("dispute", 0),
    };
    book(town, flows::dispute_opened(chargeback, order, at(&reference), eur(amount), eur(fee), now)).await;
    teller.line(kind, Some(&reference), -amount, fee);
    if n.is_multiple_of(2) {
        book(town, flows::dispute_won(chargeback, order, at(&reference), eur(amount), eur(0), now)).await;
        teller.line(kind, Some(&reference), amount, 0);
    } else {
        book(town, flows::dispute_lost(chargeback, order, eur(amount), now)).await;
    }
}
