//! Money that stands too long on its way, and money that is not there.

use super::stories::at;
use super::{AT, eur, new, post_all};
use kernel::{OrderId, RefundId};
use ledger::{Account, ages, flows};
use market::accounts::model::Role;
use testkit::Town;
use time::Duration;

const TICKETS: &str = "select count(*) from tickets where kind = 'transit_old' and closed_at is null";

/// An hour is over, and the books are looked at.
async fn watched(town: &Town) {
    let mut tx = town.db.begin().await.unwrap();
    platform::jobs::enqueue(&mut tx, &market::WatchBooks {}).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
}

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
        watched(&town).await;
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

const COVER: &str = "select count(*) from tickets where kind = 'cover' and closed_at is null";

/// The provider's fee leaves with the payment and is earned with the release: that is no alarm.
#[tokio::test]
async fn money_that_is_missing_opens_a_ticket_and_an_ordinary_order_does_not() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let deal = ben.buys(&ann.listing("Lamp").price(10_000).live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    assert!(town.balance(&Account::ProviderFees).await > 0, "it is under water");
    watched(&town).await;
    assert_eq!(town.count(COVER).await, 0);
    fay.get("/admin").await.is(200).hides("is missing");

    let now = town.db.now();
    post_all(&town.db, [flows::provider_charged(at("txn_1"), eur(700), now)]).await;
    watched(&town).await;
    watched(&town).await;
    assert_eq!(town.count(COVER).await, 1);
    assert_eq!(town.count("select amount from tickets where key = 'cover:EUR'").await, 700);
    fay.get("/admin").await.is(200).shows("is missing");
    post_all(&town.db, [flows::topped_up(at("tu_1"), eur(700), now)]).await;
    watched(&town).await;
    assert_eq!(town.count(COVER).await, 0, "it is there again");
    fay.get("/admin").await.is(200).hides("is missing");
}
