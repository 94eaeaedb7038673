//! What keeps an order's money where it is, whatever its table says.

use super::Street;
use kernel::{OrderId, Refusal};
use market::holds::{self, NewHold};
use process::Hold;
use testkit::Town;
use time::Duration;

async fn put(town: &Town, order: OrderId, kind: Hold, days: Option<i64>) {
    let mut tx = town.db.begin().await.unwrap();
    let until = days.map(|days| tx.now() + Duration::days(days));
    let because = if kind == Hold::Chargeback { "chargeback" } else { "authority" };
    let new = NewHold { order, kind, because, note: "", by: None, until };
    holds::put(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn lift(town: &Town, order: OrderId, kind: Hold) {
    let mut tx = town.db.begin().await.unwrap();
    holds::lift(&mut tx, order, kind, None).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the row and the job of an order's timer say.
async fn timers(town: &Town, order: OrderId) -> (Option<kernel::Moment>, Option<kernel::Moment>) {
    sqlx::query_as(
        "select timer_at, (select run_at from jobs where unique_key = 'order:' || order_id) from orders
         where order_id = $1",
    )
    .bind(order.0)
    .fetch_one(&town.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_held_order_is_not_released_by_silence_and_goes_on_when_the_hold_ends() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    put(&street.town, order, Hold::Legal, Some(40)).await;
    let before = street.history(order).await;
    for day in [14, 1, 1] {
        street.town.later(Duration::days(day)).await;
        assert_eq!(street.town.state(order).await, "delivered");
    }
    assert_eq!(street.history(order).await, before, "nothing happened");
    let by_hand = street.ben.step(order, "confirm").await;
    assert!(matches!(by_hand, Err(Refusal::Conflict("order-held"))), "{by_hand:?}");
    // A problem can be reported all the same.
    let other = street.order_in("delivered").await;
    put(&street.town, other, Hold::Legal, Some(40)).await;
    street.ben.takes(other, "open_claim").await;

    lift(&street.town, order, Hold::Legal).await;
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.history(order).await.iter().filter(|step| *step == "auto_complete").count(), 1);
}

#[tokio::test]
async fn a_timer_moved_by_a_hold_stands_in_row_and_job() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    let (due, _) = timers(&street.town, order).await;
    put(&street.town, order, Hold::Fraud, Some(16)).await;
    street.town.later(Duration::days(14)).await;
    let (row, job) = timers(&street.town, order).await;
    assert_eq!(row, due.map(|due| due + Duration::days(1)), "a day later");
    assert_eq!(row, job, "both or none");
}

#[tokio::test]
async fn a_chargeback_stops_what_goes_back_too() {
    let street = Street::new().await;
    let order = street.order_in("paid").await;
    put(&street.town, order, Hold::Chargeback, None).await;
    for (who, step) in [(&street.ben, "cancel_by_buyer"), (&street.cy, "cancel_by_operator")] {
        let tried = who.step(order, step).await;
        assert!(matches!(tried, Err(Refusal::Conflict("order-held"))), "{step}: {tried:?}");
    }
    let other = street.order_in("paid").await;
    put(&street.town, other, Hold::Fraud, Some(3)).await;
    street.ben.takes(other, "cancel_by_buyer").await;
}

/// Both sides read why, and until when; of what is suspected they read little.
#[tokio::test]
async fn both_sides_read_why_the_money_stays() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    put(&street.town, order, Hold::Legal, Some(3)).await;
    street.town.run_jobs().await;
    let path = format!("/orders/{order}");
    for who in [&street.ann, &street.ben] {
        let page = who.get(&path).await.is(200).shows("A court or an authority").shows("4 Mar 2026").page();
        assert!(!page.has("form[action$='/confirm']"), "no button that does not work");
        let subjects = street.town.subjects_to(&who.email).await;
        assert!(subjects.iter().any(|subject| subject.contains("stays where it is")), "{subjects:?}");
    }
    let by_program = street.ben.api(http::Method::GET, &path, None).await.json();
    assert!(by_program["holds"][0]["label"].as_str().unwrap().contains("A court"), "{by_program}");
}

#[tokio::test]
async fn early_confirmation_of_a_new_seller_is_held() {
    let street = Street::new().await;
    let held = "select count(*) from order_holds where kind = 'fraud' and because = 'early-confirm'";
    street.order_in("completed").await;
    assert_eq!(street.town.count(held).await, 1, "a parcel cannot be there before it was brought");
    let order = street.order_in("shipped").await;
    street.town.later(Duration::hours(24)).await;
    street.ben.takes(order, "confirm_early").await;
    assert_eq!(street.town.count(held).await, 1, "a day later it can");
}

#[tokio::test]
async fn money_that_is_held_for_long_is_looked_at() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    put(&street.town, order, Hold::Legal, Some(120)).await;
    let tickets = "select count(*) from tickets where kind = 'escrow_old' and closed_at is null";
    for (days, seen) in [(73, 0), (3, 1), (1, 1)] {
        street.town.later(Duration::days(days)).await;
        market::orders::jobs::watch(&street.town.db, market::orders::jobs::Watch {}).await.unwrap();
        assert_eq!(street.town.count(tickets).await, seen, "after {days}");
    }
}

/// Who sells here for the first time sells nothing dear, and not much of it.
#[tokio::test]
async fn a_new_seller_has_limits() {
    let town = Town::with(|config| config.payouts.new_seller_limits = true).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let dear = ann.listing("Piano").price(20_001).live().await;
    let refused = ben.buys_all(&[(dear.id, 1)], true).await;
    assert!(matches!(refused, Err(Refusal::Conflict("listing-above-tier"))), "{refused:?}");
    let vase = ann.listing("Vase").price(20_000).quantity(5).live().await;
    for _ in 0..2 {
        ben.buys(&vase).await;
    }
    let refused = ben.buys_all(&[(vase.id, 1)], true).await;
    assert!(matches!(refused, Err(Refusal::Conflict("seller-month-full"))), "{refused:?}");
    town.clock.advance(Duration::days(31));
    ben.buys(&vase).await;
    let mut tx = town.db.begin().await.unwrap();
    let until = tx.now() + Duration::days(30);
    market::payouts::trust::vouch(&mut tx, ann.id, 1, until).await.unwrap();
    tx.commit().await.unwrap();
    ben.buys(&dear).await;
}
