//! Money that stands too long on its way.

use super::stories::at;
use super::{AT, eur, new, post_all};
use kernel::{OrderId, RefundId};
use ledger::{Account, ages, flows};
use testkit::Town;
use time::Duration;

const TICKETS: &str = "select count(*) from tickets where kind = 'transit_old' and closed_at is null";

#[tokio::test]
async fn a_refund_of_thirteen_days_is_late_and_opens_one_ticket() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, refund): (OrderId, RefundId) = (new(db), new(db));
    post_all(
        db,
        [
            flows::paid(order, AT, eur(4_000), eur(0), now),
            flows::refund_asked(order, refund, eur(4_000), now),
        ],
    )
    .await;
    // Seen again, it stays one.
    for (days, tickets) in [(11, 0), (1, 0), (1, 1), (1, 1)] {
        town.later(Duration::days(days)).await;
        let mut tx = db.begin().await.unwrap();
        platform::jobs::enqueue(&mut tx, &market::WatchBooks {}).await.unwrap();
        tx.commit().await.unwrap();
        town.run_jobs().await;
        assert_eq!(town.count(TICKETS).await, tickets);
    }
    let mut reader = db.read().await.unwrap();
    let late = ages::late(&mut reader, town.db.now()).await.unwrap();
    let [refund] = late.as_slice() else { panic!("{late:?}") };
    assert_eq!((&refund.account, refund.money), (&Account::RefundInTransit(order), eur(4_000)));
    assert_eq!(refund.since, now);
}

/// An account that is shared by all lines of a provider counts from when it was last empty.
#[tokio::test]
async fn an_unexplained_line_is_late_after_two_days() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let line = |n: i64| now - Duration::days(n);
    post_all(
        db,
        [
            flows::suspended(at("txn_1"), eur(500), line(9)),
            flows::suspense_cleared(at("txn_1"), eur(500), flows::Clearing::Bank, line(8)),
            flows::suspended(at("txn_2"), eur(-70), line(3)),
        ],
    )
    .await;
    let late = ages::late(&mut db.read().await.unwrap(), now).await.unwrap();
    let [one] = late.as_slice() else { panic!("{late:?}") };
    assert_eq!((one.money, one.age.whole_days()), (eur(-70), 3));
}
