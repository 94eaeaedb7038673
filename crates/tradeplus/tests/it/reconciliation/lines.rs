//! Lines, and what explains them.

use super::{
    FLOAT, TWO_DAYS, Teller, at, book, clean, compare, eur, float, held, new, only, paid, refunded, suspense,
    usd,
};
use kernel::{ChargebackId, OrderId, PayoutId, RefundId};
use ledger::{Account, flows};
use market::payments::provider::Way;
use market::reconciliation::FindingKind;
use testkit::Town;
use time::Duration;

const TICKETS: &str = "select count(*) from tickets where closed_at is null";

#[tokio::test]
async fn a_line_nobody_knows_goes_to_suspense_with_a_ticket() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let line = teller.line("moon_phase", None, 500, 20);
    let first = compare(&town, &teller).await;
    let found = only(&first, FindingKind::LineUnexplained);
    assert_eq!((found.about.as_str(), found.ours, found.theirs), (line.as_str(), Some(0), Some(480)));
    assert!(found.ticket.is_some() && found.suspense.is_some());
    assert_eq!((suspense(&town).await, held(&town).await), (480, (480, 0)));
    // It is found until somebody says what it was, and booked once.
    let again = compare(&town, &teller).await;
    assert_eq!((again.found, again.run.suspended), (first.found, 0));
    assert_eq!((suspense(&town).await, town.count(TICKETS).await), (480, 1));
    assert!(town.told().await.contains(&"reconciliation.found".to_owned()));
}

#[tokio::test]
async fn a_providers_own_charges_are_booked() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    teller.line("stripe_fee", None, -700, 0);
    teller.line("stripe_fee", None, 200, 0);
    teller.line("topup", Some("tu_1"), 10_000, 30);
    teller.line("payout_minimum_balance_hold", Some("po_9"), -1_000, 0);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((report.run.lines, report.run.booked), (4, 4));
    assert_eq!(town.balance(&Account::ProviderFees).await, 530);
    assert_eq!(town.balance(&Account::Bank).await, -10_000);
    assert_eq!(held(&town).await, (9_470, 0), "what stays within the provider is not booked");
}

#[tokio::test]
async fn a_fee_that_differs_by_one_is_found() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let order: OrderId = new(&town);
    book(&town, flows::paid(order, at("ch_1"), eur(10_000), eur(320), town.db.now())).await;
    teller.line("charge", Some("ch_1"), 10_000, 321);
    clean(&compare(&town, &teller).await);
    town.clock.advance(TWO_DAYS);
    let report = compare(&town, &teller).await;
    let found = only(&report, FindingKind::AmountDiffers);
    assert_eq!((found.ours, found.theirs), (Some(9_680), Some(9_679)));
    assert_eq!(suspense(&town).await, -1);
}

/// The provider says what it kept after it has said that it was paid.
#[tokio::test]
async fn a_fee_that_comes_late_is_booked_from_its_line() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let (first, second): (OrderId, OrderId) = (new(&town), new(&town));
    let now = town.db.now();
    book(&town, flows::paid(first, at("ch_1"), eur(4_000), eur(0), now)).await;
    book(&town, flows::paid(second, at("ch_1"), eur(6_000), eur(0), now)).await;
    teller.line("charge", Some("ch_1"), 10_000, 320);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((report.run.matched, town.balance(&Account::ProviderFees).await), (1, 320));
}

#[tokio::test]
async fn a_line_comes_before_its_entry_or_after_it() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let order = paid(&town, &teller, "ch_1", 5_000, 175).await;
    teller.line("refund", Some("re_1"), -2_000, 0);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!(report.run.balances[0].lines_waiting, -2_000);
    // A refund may take its days.
    town.clock.advance(Duration::days(9));
    clean(&compare(&town, &teller).await);
    refunded(&town, order, "re_1", 2_000).await;
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((report.run.matched, report.run.balances[0].lines_waiting), (1, 0));
}

/// It failed before it was booked: both lines are there, and nothing has happened.
#[tokio::test]
async fn lines_that_undo_each_other_are_left_alone() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    paid(&town, &teller, "ch_1", 5_000, 175).await;
    teller.line("refund", Some("re_1"), -2_000, 0);
    teller.line("refund_failure", Some("re_1"), 2_000, 0);
    town.clock.advance(TWO_DAYS);
    for _ in 0..2 {
        town.clock.advance(Duration::days(7));
        clean(&compare(&town, &teller).await);
    }
    assert_eq!((suspense(&town).await, held(&town).await), (0, (0, 4_825)));
}

#[tokio::test]
async fn what_is_explained_late_leaves_suspense_by_itself() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    teller.line("charge", Some("ch_1"), 5_000, 175);
    town.clock.advance(TWO_DAYS);
    only(&compare(&town, &teller).await, FindingKind::LineUnexplained);
    assert_eq!((suspense(&town).await, town.count(TICKETS).await), (4_825, 1));
    let order: OrderId = new(&town);
    book(&town, flows::paid(order, at("ch_1"), eur(5_000), eur(175), town.db.now())).await;
    clean(&compare(&town, &teller).await);
    assert_eq!((suspense(&town).await, town.count(TICKETS).await), (0, 0));
    assert_eq!(held(&town).await, (0, 4_825));
}

#[tokio::test]
async fn dispute_lines_are_matched_by_the_disputes_own_list() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    float(&teller);
    let order = paid(&town, &teller, "ch_1", 10_000, 320).await;
    let chargeback: ChargebackId = new(&town);
    let now = town.db.now();
    book(&town, flows::dispute_opened(chargeback, order, at("du_1"), eur(10_000), eur(2_000), now)).await;
    // It names the charge.
    let line = teller.line("adjustment", Some("ch_1"), -10_000, 2_000);
    teller.dispute("du_1", &[&line]);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!(report.run.matched, 2);
    book(&town, flows::dispute_won(chargeback, order, at("du_1"), eur(10_000), eur(0), now)).await;
    teller.line("adjustment", Some("du_1"), 10_000, 0);
    clean(&compare(&town, &teller).await);
    assert_eq!(held(&town).await, (FLOAT + 10_000 - 320 - 2_000, 0));
}

#[tokio::test]
async fn what_is_counted_in_another_currency_is_exchanged() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    float(&teller);
    let (order, now): (OrderId, _) = (new(&town), town.db.now());
    book(&town, flows::paid(order, at("ch_1"), usd(10_000), usd(0), now)).await;
    teller.line("charge", Some("ch_1"), 8_600, 300);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((report.run.balances.len(), report.run.balances[0].ours.total()), (1, FLOAT + 8_300));
    // Back at another rate: what is lost stands open between the two currencies.
    let refund = new(&town);
    book(&town, flows::refund_asked(order, refund, usd(10_000), now)).await;
    book(&town, flows::refund_settled(order, refund, at("re_1"), usd(10_000), now)).await;
    teller.line("refund", Some("re_1"), -8_700, 0);
    clean(&compare(&town, &teller).await);
    assert_eq!(held(&town).await, (FLOAT - 400, 0));
    assert_eq!(town.balance(&Account::FxPosition).await, -100);
}

/// Its lines call a transfer by a number that nobody told us.
#[tokio::test]
async fn payouts_from_our_balance_are_known_by_their_amounts() {
    let town = Town::new().await;
    let teller = Teller::on(&town, Way::Direct);
    let now = town.db.now();
    let order: OrderId = new(&town);
    let seller = new(&town);
    book(&town, flows::paid(order, at("ch_1"), eur(9_000), eur(135), now)).await;
    teller.line("transaction", Some("ch_1"), 9_000, 135);
    let shares = flows::Shares {
        seller: eur(8_800),
        reserve: eur(0),
        commission: eur(200),
        buyer_fee: eur(0),
        taxes: &[],
    };
    book(&town, flows::released(order, seller, &shares, now)).await;
    let payouts: [PayoutId; 2] = [new(&town), new(&town)];
    for (payout, number) in payouts.into_iter().zip(["901", "902"]) {
        book(&town, flows::payout_sent(payout, seller, eur(4_000), now)).await;
        teller.line("transfer", Some(number), -4_000, 25);
        let reference = payout.to_string();
        book(&town, flows::payout_arrived(payout, at(&reference), eur(4_000), eur(25), now)).await;
    }
    // The second one came back, with its fee.
    let reference = payouts[1].to_string();
    teller.line("transfer", Some("902"), 4_000, 0);
    book(&town, flows::payout_back_late(payouts[1], seller, at(&reference), eur(4_000), now)).await;
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!(report.run.matched, 4);
    town.clock.advance(Duration::days(30));
    clean(&compare(&town, &teller).await);
}

/// What was paid to a buyer on the provider's own pages has a line there; what the company's bank paid has none.
#[tokio::test]
async fn what_was_paid_by_hand_is_explained_by_where_it_was_paid_from() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let now = town.db.now();
    for (charge, there) in [("ch_1", Some("re_2")), ("ch_2", None)] {
        let order = paid(&town, &teller, charge, 5_000, 175).await;
        let refund: RefundId = new(&town);
        book(&town, flows::refund_asked(order, refund, eur(2_000), now)).await;
        book(&town, flows::refund_failed(order, refund, eur(2_000), now)).await;
        let by_hand = match there {
            Some(name) => flows::paid_another_way(order, refund, at(name), eur(2_000), now),
            None => flows::paid_from_bank(order, refund, "TP-4711", eur(2_000), now),
        };
        book(&town, by_hand).await;
        if let Some(name) = there {
            teller.line("refund", Some(name), -2_000, 0);
        }
    }
    town.clock.advance(Duration::days(30));
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((report.run.matched, suspense(&town).await), (3, 0));
}
