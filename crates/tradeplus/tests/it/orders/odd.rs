//! Deals that look odd: their money waits until somebody has looked, and nobody is refused by a guess.

use market::accounts::model::Role;
use market::holds;
use testkit::{Deal, Person, Town};
use time::Duration;

const HELD: &str =
    "select count(*) from order_holds where kind = 'fraud' and because = 'odd-deal' and lifted_at is null";
const ASKED: &str = "select count(*) from tickets where kind = 'odd_deal' and closed_at is null";

async fn watched_town() -> (Town, Person, Person) {
    let town = Town::with(|config| config.payouts.watch_deals = true).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    (town, ann, ben)
}

/// Everybody signs in with one browser.
async fn one_browser(town: &Town) {
    sqlx::query(
        "insert into known_devices (token_hash, member_id, last_seen_at) select '\\x01', member_id, $1 from members",
    )
    .bind(town.clock.now())
    .execute(&town.owner)
    .await
    .unwrap();
}

async fn paid(ann: &Person, ben: &Person) -> Deal {
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    deal
}

#[tokio::test]
async fn who_buys_from_themselves_waits_for_staff() {
    let (town, ann, ben) = watched_town().await;
    one_browser(&town).await;
    let sue = town.staff("Sue", &[Role::Support]).await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    assert_eq!((town.count(HELD).await, town.count(ASKED).await), (0, 0), "nothing waits that is not paid");
    ben.pays(&deal).await;
    assert_eq!((town.count(HELD).await, town.count(ASKED).await), (1, 1));
    let order = deal.order();
    sue.get(&format!("/admin/orders/{order}")).await.is(200).shows("signed in with the same browser");
    for side in [&ann, &ben] {
        let page = side.get(&format!("/orders/{order}")).await.is(200);
        page.shows("We are checking something").hides("same browser");
    }
    ann.takes(order, "ship").await;
    town.later(Duration::days(5)).await;
    assert!(ben.step(order, "confirm_early").await.is_err(), "nobody gets it before somebody has looked");
    // Nobody looked: silence must not keep somebody's money for ever.
    town.clock.advance(Duration::days(26));
    holds::jobs::end(&town.db, holds::jobs::End {}).await.unwrap();
    assert_eq!(town.count(HELD).await, 0);
}

#[tokio::test]
async fn strangers_and_old_acquaintances_are_left_alone() {
    let (town, ann, ben) = watched_town().await;
    one_browser(&town).await;
    town.clock.advance(Duration::days(91));
    paid(&ann, &ben).await;
    assert_eq!((town.count(HELD).await, town.count(ASKED).await), (0, 0));
}

#[tokio::test]
async fn two_who_deal_again_and_again_are_looked_at() {
    let (town, ann, ben) = watched_town().await;
    for _ in 0..3 {
        paid(&ann, &ben).await;
    }
    // What was not paid is no deal, and somebody else's is not theirs.
    ben.buys(&ann.listing("Chair").live().await).await;
    paid(&ann, &town.person("Cy").await).await;
    assert_eq!(town.count(HELD).await, 0);
    paid(&ann, &ben).await;
    assert_eq!((town.count(HELD).await, town.count(ASKED).await), (1, 1));
    town.clock.advance(Duration::days(8));
    paid(&ann, &ben).await;
    assert_eq!(town.count(HELD).await, 1, "a week later they begin anew");
}

#[tokio::test]
async fn a_buyer_with_many_refunds_is_shown_to_staff_and_not_made_to_wait() {
    let (town, _, ben) = watched_town().await;
    let sue = town.staff("Sue", &[Role::Support]).await;
    for name in ["Dan", "Eve", "Flo", "Gil"] {
        let deal = paid(&town.person(name).await, &ben).await;
        ben.takes(deal.order(), "cancel_by_buyer").await;
        town.run_jobs().await;
    }
    let refunded = town.count("select count(*) from orders where refunded_amount > 0").await;
    assert_eq!(refunded, 4);
    let deal = paid(&town.person("Hal").await, &ben).await;
    assert_eq!(town.count(HELD).await, 0);
    let page = format!("/admin/orders/{}", deal.order());
    sue.get(&page).await.is(200).shows("a refund for 4 purchases within 90 days");
    // Somebody of the staff who buys does not read what was found of them.
    ben.get(&format!("/orders/{}", deal.order())).await.is(200).hides("refund for 4");
}
