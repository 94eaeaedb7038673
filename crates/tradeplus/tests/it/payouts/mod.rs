//! From a released order to its seller's bank.

use kernel::{Currency, MemberId, Money, OrderId};
use market::payouts::{self, NewSettlement, SettlementKind, TakeBack, TakenBack};
use testkit::{Deal, Town};

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// Ben has bought something of Ann's.
async fn sold(town: &Town) -> (Deal, MemberId) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    (deal, ann.id)
}

async fn settles(town: &Town, deal: &Deal, seller: MemberId, kind: SettlementKind, amount: i64, tier: i16) {
    let (order, payment, amount) = (deal.order(), deal.payment.id, eur(amount));
    let new = NewSettlement { order, seller, kind, payment, amount, tier, tracked: false, because: None };
    let mut tx = town.db.begin().await.unwrap();
    payouts::settle(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn takes_back(town: &Town, order: OrderId, amount: i64, why: TakeBack) -> TakenBack {
    let mut tx = town.db.begin().await.unwrap();
    let taken = payouts::take_back(&mut tx, order, eur(amount), why).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn a_sale_waits_as_long_as_its_tier_says() {
    let town = Town::new().await;
    let (deal, ann) = sold(&town).await;
    let tier = payouts::tier_of(&mut town.db.read().await.unwrap(), ann).await.unwrap();
    assert_eq!(tier.number, 0, "who has just begun");
    settles(&town, &deal, ann, SettlementKind::Sale, 900, tier.number).await;
    settles(&town, &deal, ann, SettlementKind::Reserve, 100, tier.number).await;
    for (kind, days, because) in [("sale", 14, "tier"), ("reserve", 90, "reserve")] {
        let there = format!(
            "select count(*) from settlements where kind = '{kind}' and hold_until = created_at + make_interval(hours => 24 * {days})
             and hold_because = '{because}' and provider = 'sandbox' and state = 'on_hold'"
        );
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(there)).fetch_one(&town.owner).await.unwrap();
        assert_eq!(count, 1, "{kind}");
    }
    assert_eq!(town.count("select count(*) from settlement_events where transition = 'release'").await, 2);
    sqlx::query("insert into seller_tiers values ($1, 2, now(), 'counted', null, now())")
        .bind(ann.0)
        .execute(&town.owner)
        .await
        .unwrap();
    let tier = payouts::tier_of(&mut town.db.read().await.unwrap(), ann).await.unwrap();
    assert_eq!((tier.number, tier.hold_days), (2, 3));
}

#[tokio::test]
async fn no_more_is_taken_back_than_there_is_and_the_rest_is_owed() {
    let town = Town::new().await;
    let (deal, ann) = sold(&town).await;
    settles(&town, &deal, ann, SettlementKind::Reserve, 100, 0).await;
    settles(&town, &deal, ann, SettlementKind::Sale, 900, 0).await;
    let order = deal.order();
    let taken = takes_back(&town, order, 300, TakeBack::Refund).await;
    assert_eq!(taken, TakenBack { payable: eur(300), reserve: eur(0), owed: eur(0), debt: None });
    assert_eq!(town.count("select count(*) from settlements where state = 'clawed_back'").await, 0);

    let held = takes_back(&town, order, 650, TakeBack::Dispute).await;
    assert_eq!(held, TakenBack { payable: eur(600), reserve: eur(50), owed: eur(0), debt: None });
    let more = takes_back(&town, order, 80, TakeBack::Dispute).await;
    assert_eq!((more.reserve, more.owed, more.debt), (eur(50), eur(30), None), "nothing is lost yet");

    let owed = takes_back(&town, order, 20, TakeBack::Refund).await;
    assert_eq!((owed.payable, owed.reserve, owed.owed), (eur(0), eur(0), eur(20)));
    assert!(owed.debt.is_some());
    assert_eq!(town.count("select amount from seller_debts where state = 'open'").await, 20);
    assert_eq!(town.count("select count(*) from settlements where state = 'clawed_back'").await, 2);
    let steps = "select count(*) from settlement_events e join settlements s using (settlement_id)
        where e.n = s.version and e.to_state = s.state and e.to_state = 'clawed_back'";
    assert_eq!(town.count(steps).await, 2, "the last line of each history is where it is");
}

#[tokio::test]
async fn what_released_nothing_gives_nothing_back() {
    let town = Town::new().await;
    let (deal, _) = sold(&town).await;
    let mut tx = town.db.begin().await.unwrap();
    assert!(payouts::take_back(&mut tx, deal.order(), eur(1), TakeBack::Refund).await.is_err());
}
