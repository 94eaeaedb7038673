//! Sending something back, and getting another one.

use super::Street;
use kernel::Refusal;
use market::cases::model::Offer;
use time::Duration;

#[tokio::test]
async fn a_return_from_request_to_refund() {
    let street = Street::new().await;
    let (ann, ben) = (&street.ann, &street.ben);
    let order = street.order_in("return_requested").await;
    assert_eq!(street.held(order).await, (1_530, 0, 0), "nothing is released while it is talked about");
    let early = ben.step(order, "return_ship").await;
    assert!(matches!(early, Err(Refusal::Conflict("order-step"))), "nobody has agreed yet: {early:?}");
    street.walk(order, &[(ann, "accept_return"), (ben, "return_ship"), (ann, "return_received")]).await;
    assert_eq!(street.town.order(order).await.tracking.as_deref(), Some("JD0146000091"));
    assert_eq!(street.stock(order).await, (0, 0));
    ann.takes(order, "accept_returned").await;
    street.town.run_jobs().await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
    assert_eq!(street.stock(order).await, (1, 0), "it is on sale again");
    assert_eq!(street.payable(ann.id).await, 0);
    let outcome = "select count(*) from cases where outcome = 'returned' and closed_at is not null";
    assert_eq!(street.town.count(outcome).await, 1);
}

#[tokio::test]
async fn a_return_that_never_comes_goes_to_staff() {
    let street = Street::new().await;
    let order = street.order_in("return_shipped").await;
    street.town.later(Duration::days(14)).await;
    assert_eq!(street.town.state(order).await, "claim_review");
    assert_eq!(street.held(order).await, (1_530, 0, 0));
    street.town.run_jobs().await;
    assert!(!street.town.mails_to(&street.cy.email).await.is_empty(), "staff was called");
}

#[tokio::test]
async fn who_says_nothing_agrees_and_who_sends_nothing_back_keeps_it() {
    let street = Street::new().await;
    let order = street.order_in("return_requested").await;
    street.town.later(Duration::days(2)).await;
    assert_eq!(street.town.state(order).await, "return_approved");
    street.town.later(Duration::days(5)).await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.payable(street.ann.id).await, 1_304);
    assert_eq!(street.town.count("select count(*) from cases where outcome = 'withdrawn'").await, 1);
}

#[tokio::test]
async fn a_replacement_that_arrives_ends_the_claim() {
    let street = Street::new().await;
    let order = street.order_in("replacement_sent").await;
    assert_eq!(street.held(order).await, (1_530, 0, 0));
    street.ben.takes(order, "confirm_replacement").await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.payable(street.ann.id).await, 1_304);
    assert_eq!(street.town.count("select count(*) from cases where outcome = 'replaced'").await, 1);
}

#[tokio::test]
async fn a_replacement_that_is_never_sent_goes_to_staff() {
    let street = Street::new().await;
    let order = street.order_in("claim_open").await;
    street.agrees(order, Offer::Replacement, "agree_replacement").await;
    street.town.later(Duration::days(5)).await;
    assert_eq!(street.town.state(order).await, "claim_review");
    let mut reader = street.town.db.read().await.unwrap();
    let (_, legs) = market::orders::rules::with_legs(&mut reader, order).await.unwrap();
    assert!(legs.iter().any(|leg| leg.is_item && leg.state == "claimed"), "{legs:?}");
}
