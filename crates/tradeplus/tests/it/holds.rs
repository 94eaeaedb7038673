//! Holds: what keeps an order's money where it is.

use kernel::{Moment, OrderId, Refusal};
use market::holds::{self, Held, NewHold};
use process::Hold;
use testkit::Town;
use time::Duration;

async fn puts(town: &Town, order: OrderId, kind: Hold, until: Option<Moment>) -> Result<(), Refusal> {
    let new = NewHold { order, kind, because: "looked-at", note: "", by: None, until };
    let mut tx = town.db.begin().await?;
    holds::put(&mut tx, &new).await?;
    Ok(tx.commit().await?)
}

async fn lifts(town: &Town, order: OrderId, kind: Hold) {
    let mut tx = town.db.begin().await.unwrap();
    holds::lift(&mut tx, order, kind, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn on(town: &Town, order: OrderId) -> Vec<Held> {
    holds::on(&mut town.db.read().await.unwrap(), order).await.unwrap()
}

#[tokio::test]
async fn every_hold_ends_but_the_networks() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let (order, now) = (deal.order(), town.now());
    let (soon, later) = (now + Duration::days(1), now + Duration::days(3));
    for kind in Hold::ALL {
        let endless = puts(&town, order, kind, None).await;
        assert_eq!(endless.is_ok(), kind == Hold::Chargeback, "{kind:?}: {endless:?}");
        puts(&town, order, kind, Some(later)).await.unwrap();
        puts(&town, order, kind, Some(soon)).await.unwrap();
    }
    let held = on(&town, order).await;
    assert_eq!(held.len(), 4, "one of a kind: {held:?}");
    for hold in &held {
        let until = (hold.kind != Hold::Chargeback).then_some(later);
        assert_eq!((hold.until, hold.since), (until, now), "the later end counts: {hold:?}");
    }
    for kind in Hold::ALL {
        lifts(&town, order, kind).await;
        lifts(&town, order, kind).await;
        assert!(on(&town, order).await.iter().all(|hold| hold.kind != kind), "{kind:?}");
    }
    puts(&town, order, Hold::Fraud, Some(soon)).await.unwrap();
    assert_eq!(town.count("select count(*) from order_holds").await, 5, "those that were lifted are kept");
}

#[tokio::test]
async fn a_hold_ends_by_itself_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let order = deal.order();
    let until = town.now() + Duration::hours(3);
    puts(&town, order, Hold::Fraud, Some(until)).await.unwrap();
    puts(&town, order, Hold::Chargeback, None).await.unwrap();
    assert!(puts(&town, order, Hold::Kyc, Some(town.now())).await.is_err(), "it is over already");
    holds::jobs::end(&town.db, holds::jobs::End {}).await.unwrap();
    assert_eq!(on(&town, order).await.len(), 2);
    town.later(Duration::hours(3)).await;
    for _ in 0..2 {
        holds::jobs::end(&town.db, holds::jobs::End {}).await.unwrap();
        let left: Vec<Hold> = on(&town, order).await.iter().map(|hold| hold.kind).collect();
        assert_eq!(left, [Hold::Chargeback], "the network decides when that ends");
    }
    assert_eq!(town.count("select count(*) from events where kind = 'holds.lifted'").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'holds.lift'").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'holds.put'").await, 2);
}

#[test]
fn what_both_sides_read_of_fraud_is_little() {
    let now = kernel::Moment::UNIX_EPOCH;
    let held = |kind, because: &str| Held { kind, because: because.to_owned(), since: now, until: None };
    assert_eq!(holds::told(&held(Hold::Fraud, "early-confirm")), "hold-because-looked-at");
    assert_eq!(holds::told(&held(Hold::Kyc, "not-set-up")), "hold-because-not-set-up");
    for end in ["looked-at", "chargeback", "not-set-up", "authority"] {
        assert!(kernel::Say::knows(&format!("hold-because-{end}")), "{end}");
    }
}
