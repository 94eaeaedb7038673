//! Two versions of the table: new orders run by the second, and those that run by the first end on it.

use super::{Street, TABLE};
use kernel::{OrderId, Refusal};
use testkit::{Town, cards};
use time::Duration;

/// Puts an order back on the first version, as if it were from before.
async fn is_from_before(town: &Town, order: OrderId) {
    sqlx::query(
        "update orders set process_version = 1, fee_rule = '{}', seller_tier = 0 where order_id = $1",
    )
    .bind(order.0)
    .execute(&town.owner)
    .await
    .unwrap();
}

#[tokio::test]
async fn the_second_version_is_proved_and_orders_of_the_first_end_on_the_first() {
    assert_eq!(TABLE.version, 2);
    let street = Street::new().await;
    let (ann, ben, cy) = (&street.ann, &street.ben, &street.cy);
    let order = street.paid_by(cards::GOOD).await;
    assert_eq!(street.town.order(order).await.process_version, 2);
    is_from_before(&street.town, order).await;
    street.walk(order, &[(ann, "ship"), (ann, "seller_marks_delivered")]).await;
    let new = ben.step(order, "request_return").await;
    assert!(matches!(new, Err(Refusal::Conflict("order-step"))), "the first has no returns: {new:?}");
    street.walk(order, &[(ben, "open_claim"), (ben, "escalate"), (cy, "decide_release")]).await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.payable(ann.id).await, 1_304);
    for who in [ann, ben, cy] {
        who.get(&format!("/orders/{order}")).await.is(200);
    }
    // Thirty days of silence of staff, as it was told.
    let order = street.order_in("claim_open").await;
    is_from_before(&street.town, order).await;
    ben.takes(order, "escalate").await;
    street.town.later(Duration::days(29)).await;
    assert_eq!(street.town.state(order).await, "claim_review");
    street.town.later(Duration::days(1)).await;
    assert_eq!(street.town.state(order).await, "refunded");
}

#[tokio::test]
async fn an_order_of_the_first_version_whose_payment_is_charged_back_goes_on_by_the_second() {
    let street = Street::new().await;
    street.order_in("paid").await;
    let order = street.order_in("delivered").await;
    is_from_before(&street.town, order).await;
    street.charged_back(order, 1_530).await;
    let kept = street.town.order(order).await;
    assert_eq!((kept.state.as_str(), kept.process_version), ("charged_back", 2));
    let history = street.history(order).await;
    assert!(history.ends_with(&["adopt_version".to_owned(), "chargeback_lost".to_owned()]), "{history:?}");
    street.ben.get(&format!("/orders/{order}")).await.is(200);
}
