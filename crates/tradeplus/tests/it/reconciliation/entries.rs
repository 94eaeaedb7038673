//! Entries that the statement does not have, and readings that are cut.

use super::{Teller, at, book, clean, compare, eur, float, held, new, only, paid, suspense};
use kernel::{OrderId, Refusal};
use ledger::flows;
use market::reconciliation::jobs;
use market::reconciliation::{FindingKind, rules};
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn an_entry_without_a_line_is_found_after_two_days() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let order: OrderId = new(&town);
    let entry = book(&town, flows::paid(order, at("ch_1"), eur(5_000), eur(175), town.db.now())).await;
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!(report.run.balances[0].entries_waiting, 4_825);
    town.clock.advance(Duration::hours(47));
    clean(&compare(&town, &teller).await);
    town.clock.advance(Duration::hours(1));
    let report = compare(&town, &teller).await;
    let found = only(&report, FindingKind::EntryUnseen);
    assert_eq!((found.entry, found.ours, found.theirs), (Some(entry), Some(4_825), Some(0)));
    assert_eq!((suspense(&town).await, held(&town).await), (-4_825, (0, 0)));
    // The line comes after all.
    teller.line("charge", Some("ch_1"), 5_000, 175);
    clean(&compare(&town, &teller).await);
    assert_eq!((suspense(&town).await, held(&town).await), (0, (4_825, 0)));
}

#[tokio::test]
async fn a_run_that_was_cut_goes_on_at_its_cursor() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    for n in 0..8 {
        paid(&town, &teller, &format!("ch_{n}"), 1_000, 50).await;
    }
    teller.answers(Some(2));
    let cut = rules::run(&town.db, &teller, None).await;
    assert!(matches!(cut, Err(Refusal::Unavailable("payments"))), "{cut:?}");
    assert_eq!(town.count("select count(*) from provider_lines").await, 6);
    teller.answers(None);
    teller.asked();
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!((teller.asked()[0].as_deref(), report.run.lines, report.run.matched), (Some("6"), 2, 8));
    assert_eq!(town.count("select count(*) from reconciliations where was_cut").await, 1);
    assert_eq!(town.count("select count(*) from provider_cursors").await, 0, "nothing is left to go on with");
}

/// Lines come late and out of order, so a reading begins two days before the last one.
#[tokio::test]
async fn each_reading_begins_two_days_before_the_last() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    for day in 0..5 {
        paid(&town, &teller, &format!("ch_{day}"), 1_000, 50).await;
        teller.asked();
        clean(&compare(&town, &teller).await);
        let began = teller.asked()[0].clone();
        assert_eq!(began, [None, None, None, Some("1".to_owned()), Some("2".to_owned())][day], "day {day}");
        town.clock.advance(Duration::days(1));
    }
    assert_eq!(town.count("select count(*) from statement_marks").await, 3, "no more than it takes");
}

#[tokio::test]
async fn two_runs_at_once_book_once() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    float(&teller);
    for n in 0..20 {
        teller.line("stripe_fee", None, -100 - n, 0);
    }
    teller.line("moon_phase", None, 77, 0);
    let (one, two) = tokio::join!(rules::run(&town.db, &teller, None), rules::run(&town.db, &teller, None));
    let ended = [&one, &two].into_iter().filter(|run| run.is_ok()).count();
    assert!(ended >= 1, "{one:?} {two:?}");
    for run in [one, two] {
        assert!(matches!(run, Ok(_) | Err(Refusal::Conflict("reconciliation-running"))), "{run:?}");
    }
    let report = compare(&town, &teller).await;
    only(&report, FindingKind::LineUnexplained);
    assert_eq!(report.run.booked, 0);
    assert_eq!(town.count("select count(*) from ledger.entries where kind = 'provider_charge'").await, 20);
    assert_eq!(town.count("select count(*) from ledger.entries where kind = 'suspense'").await, 1);
}

#[tokio::test]
async fn a_night_has_one_comparison() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let runs = "select count(*) from reconciliations where ended_at is not null";
    for expected in [1, 1] {
        jobs::nightly(&town.db, &teller).await.unwrap();
        assert_eq!(town.count(runs).await, expected);
    }
    // Noon, until seventeen past three.
    town.clock.advance(Duration::hours(15));
    jobs::nightly(&town.db, &teller).await.unwrap();
    assert_eq!(town.count(runs).await, 1);
    town.clock.advance(Duration::minutes(17));
    jobs::nightly(&town.db, &teller).await.unwrap();
    assert_eq!(town.count(runs).await, 2);
}
