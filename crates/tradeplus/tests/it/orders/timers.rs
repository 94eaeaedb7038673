//! What silence does: every timer of the table, to the second.

use super::{Street, TABLE};
use testkit::cards;
use time::Duration;

/// Puts an order into each waiting state, lets nobody do anything, and looks at what happens and when.
#[tokio::test]
async fn every_timer_of_the_table_rings_when_it_says() {
    let street = Street::new().await;
    let timers: Vec<_> = TABLE.transitions().iter().filter(|t| t.after.is_some()).collect();
    assert_eq!(timers.len(), TABLE.states().iter().filter(|s| s.is_waiting()).count());
    for row in timers {
        let (order, after) = (street.order_in(&row.from).await, row.after.unwrap());
        street.town.run_jobs().await;
        street.the_provider_dawdles().await;
        let began = street.town.order(order).await;
        let timer = began.timer.clone().unwrap();
        let at = timer.at;
        assert_eq!(
            (timer.transition.as_str(), at),
            (row.name.as_str(), began.state_since + after),
            "{}",
            row.name
        );
        street.town.later(at - street.town.now() - Duration::seconds(1)).await;
        assert_eq!(street.town.order(order).await.version, began.version, "{} rang too early", row.name);
        street.town.later(Duration::seconds(1)).await;
        let history = street.history(order).await;
        let rang = history.iter().rposition(|n| *n == row.name);
        assert!(rang.is_some(), "{} did not ring: {history:?}", row.name);
    }
}

/// What nobody pays is free again after half an hour.
#[tokio::test]
async fn an_unpaid_order_expires_and_frees_its_stock() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    street.town.later(Duration::minutes(30) - Duration::seconds(1)).await;
    assert_eq!(street.stock(deal.order()).await, (0, 1));
    street.town.later(Duration::seconds(1)).await;
    assert_eq!(street.town.state(deal.order()).await, "payment_expired");
    assert_eq!(street.stock(deal.order()).await, (1, 0));
    let late = street.ben.pays_by(deal.payment.id, cards::GOOD).await;
    assert!(matches!(late, Err(kernel::Refusal::Conflict("payment-cancelled"))), "{late:?}");
}

#[tokio::test]
async fn what_is_never_sent_is_refunded_by_itself() {
    let street = Street::new().await;
    let order = street.paid_by(cards::GOOD).await;
    street.town.later(Duration::days(5)).await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
    assert_eq!(street.stock(order).await, (0, 0), "nobody knows whether the goods are still there");
}

#[tokio::test]
async fn a_buyer_who_says_nothing_is_content() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    street.town.later(Duration::days(14)).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.payable(street.ann.id).await),
        ("completed", 1_304)
    );
}

#[tokio::test]
async fn what_never_arrives_becomes_a_claim() {
    let street = Street::new().await;
    let order = street.order_in("shipped").await;
    street.town.later(Duration::days(21)).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("claim_open", (1_530, 0, 0))
    );
}

/// A timer that was set for a state the order has left says nothing any more.
#[tokio::test]
async fn an_old_timer_is_deaf() {
    let street = Street::new().await;
    let order = street.order_in("paid").await;
    street.ann.takes(order, "ship").await;
    let stale = market::orders::jobs::Timer { order, transition: "auto_cancel_unshipped".to_owned() };
    market::orders::jobs::timer(&street.town.db, stale).await.unwrap();
    assert_eq!(street.town.state(order).await, "shipped");
    street.town.later(Duration::days(5)).await;
    assert_eq!(street.town.state(order).await, "shipped");
}

/// Nobody does anything at all, from any state: every order comes to an end, or staff is called.
#[tokio::test]
async fn silence_always_leads_somewhere() {
    let street = Street::new().await;
    let waiting = TABLE.states().iter().filter(|state| state.is_waiting());
    for state in waiting.map(|state| state.name.as_str()) {
        // What is stuck, or checked by the provider, waits for somebody else.
        if state.ends_with("_stuck") || state == "payment_processing" {
            continue;
        }
        let order = street.order_in(state).await;
        for _ in 0..12 {
            street.town.later(Duration::days(8)).await;
        }
        let end = street.town.state(order).await;
        let is_end = TABLE.state(&end).is_some_and(|end| end.is_end());
        assert!(is_end, "{state} led to {end}");
        assert_eq!(street.held(order).await, (0, 0, 0));
    }
}
