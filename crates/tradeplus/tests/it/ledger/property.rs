//! Many flows at once, every step now and then posted twice, balances rolled and verified beside them: in the
//! end the books are right and every order's accounts are empty. Then two mutants, to test this test.

use super::stories::{self, own};
use super::{AT, Deal, balance, eur, post, post_all, verified};
use kernel::OrderId;
use ledger::flows;
use ledger::seal::Seal;
use ledger::verify::names;
use ledger::{Account, PostError, RollBalances};
use platform::Db;
use platform::chance::seeded;
use testkit::Town;

const SEED: u64 = 20_260;
const WORKERS: u64 = 4;
const DEALS_EACH: usize = 25;
/// Chance of a step to be posted twice, in percent.
const TWICE: u64 = 15;

async fn work(db: Db, worker: u64) -> (Vec<OrderId>, i64) {
    let dice = seeded(SEED + worker);
    let (mut orders, mut entries) = (Vec::new(), 0);
    for _ in 0..DEALS_EACH {
        let deal = Deal::by_chance(&db, &dice);
        let all = u64::try_from(stories::ALL.len()).unwrap();
        let story = stories::ALL[usize::try_from(dice.below(all)).unwrap()];
        for step in story(&deal, &db) {
            let entry = step.unwrap();
            let first = post(&db, &entry).await.unwrap();
            if dice.below(100) < TWICE {
                assert_eq!(post(&db, &entry).await.unwrap(), first, "{}", entry.key());
            }
            entries += 1;
        }
        orders.push(deal.order);
    }
    (orders, entries)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_flows_at_once_leave_the_books_right() {
    let town = Town::new().await;
    let float = own(&town.db, "float");
    let mut entries = i64::try_from(float.len()).unwrap();
    post_all(&town.db, float).await;
    let workers: Vec<_> = (0..WORKERS).map(|w| tokio::spawn(work(town.db.clone(), w))).collect();
    while !workers.iter().all(tokio::task::JoinHandle::is_finished) {
        let (a, b) = tokio::join!(RollBalances::run(&town.db), RollBalances::run(&town.db));
        a.and(b).unwrap();
        Seal::run(&town.db).await.unwrap();
        verified(&town.db).await;
        let mut reader = town.db.read().await.unwrap();
        for cover in ledger::cover::by_currency(&mut reader).await.unwrap() {
            assert!(cover.margin().amount >= 0, "providers hold too little: {cover:?}");
        }
    }
    for worker in workers {
        let (orders, posted) = worker.await.unwrap();
        entries += posted;
        for order in orders {
            for account in [Account::Escrow(order), Account::RefundInTransit(order), Account::BuyerDue(order)]
            {
                assert_eq!(balance(&town.db, &account).await, 0, "{account}");
            }
        }
    }
    RollBalances::run(&town.db).await.unwrap();
    let report = ledger::verify(&mut town.db.read().await.unwrap()).await.unwrap();
    assert!(report.ok(), "{report}");
    assert!(report.in_transit.is_empty(), "{report}");
    assert_eq!(report.entries, entries);
}

/// Mutant: somebody switches off the trigger that moves running balances.
#[tokio::test]
async fn a_sleeping_trigger_is_noticed() {
    let town = Town::new().await;
    town.spoils_the_books();
    sqlx::query("alter table ledger.lines disable trigger lines_move_balances")
        .execute(&town.owner)
        .await
        .unwrap();
    let deal = Deal::by_chance(&town.db, &seeded(SEED));
    for step in deal.happy(&town.db) {
        post(&town.db, &step.unwrap()).await.unwrap();
    }
    let report = ledger::verify(&mut town.db.read().await.unwrap()).await.unwrap();
    assert!(!report.ok());
    assert!(!report.check(names::RUNNING_BALANCES).unwrap().ok, "the count itself must notice: {report}");
    assert!(!report.check(names::GUARDS).unwrap().ok, "{report}");

    let mended = "
        alter table ledger.lines enable trigger lines_move_balances;
        alter table ledger.balances disable trigger balances_moved_by_lines;
        update ledger.balances b set posted = coalesce(-(
          select sum(amount) from ledger.lines l where l.account_id = b.account_id), 0);
        alter table ledger.balances enable trigger balances_moved_by_lines;";
    sqlx::raw_sql(mended).execute(&town.owner).await.unwrap();
    let report = ledger::verify(&mut town.db.read().await.unwrap()).await.unwrap();
    assert!(report.ok(), "{report}");
    let deal = Deal::by_chance(&town.db, &seeded(SEED + 1));
    let refund = flows::refund_asked(deal.order, deal.refund, eur(1), town.db.now()).unwrap();
    let refused = post(&town.db, &refund).await;
    assert!(matches!(refused, Err(PostError::Overdraft(_))), "the guard is back: {refused:?}");
}

/// Mutant: a refund is asked for and nobody ever hears of it again.
#[tokio::test]
async fn a_refund_that_never_settles_shows_its_age() {
    let town = Town::new().await;
    let (db, asked_at) = (&town.db, town.db.now() - time::Duration::days(3));
    let deal = Deal::by_chance(db, &seeded(SEED));
    let steps = [
        flows::paid(deal.order, AT, deal.total(), deal.fee, asked_at - time::Duration::days(1)),
        flows::refund_asked(deal.order, deal.refund, deal.total(), asked_at),
    ];
    for step in steps {
        post(db, &step.unwrap()).await.unwrap();
    }
    let report = ledger::verify(&mut db.read().await.unwrap()).await.unwrap();
    assert!(report.ok(), "money on its way is no violation: {report}");
    let [stuck] = report.in_transit.as_slice() else { panic!("{report}") };
    assert_eq!((stuck.money, stuck.since), (deal.total(), asked_at));
    assert!(stuck.age_s >= 3 * 24 * 3600, "{report}");
    assert!(report.to_string().contains("L:refund_in_transit"), "{report}");
}
