//! From the seller's hands into the buyer's, and the money the other way.

use super::Street;
use kernel::Refusal;
use ledger::Account;
use market::orders::fire::fire;
use market::orders::model::{Mover, StepData};
use process::Actor;
use testkit::cards;
use time::Duration;

#[tokio::test]
async fn sent_arrived_confirmed_and_shared() {
    let street = Street::new().await;
    let order = street.paid_by(cards::GOOD).await;
    street.ann.takes(order, "ship").await;
    let shipped = street.town.order(order).await;
    assert_eq!(
        (shipped.carrier.as_deref(), shipped.tracking.as_deref()),
        (Some("DHL"), Some("JD0146000091"))
    );
    street.ann.takes(order, "seller_marks_delivered").await;
    street.ben.takes(order, "confirm").await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.held(order).await, (0, 0, 0));
    assert_eq!(street.payable(street.ann.id).await, 1_200 + 200 - 96);
    assert_eq!(street.town.balance(&Account::Commission).await, 96);
    assert_eq!(street.town.balance(&Account::BuyerFee).await, 130);
    assert_eq!(street.town.order(order).await.timer, None, "nothing is waited for any more");
    street.town.later(Duration::days(100)).await;
    assert_eq!(street.payable(street.ann.id).await, 1_304, "and nothing happens any more");
}

#[tokio::test]
async fn the_buyer_may_confirm_what_is_still_on_its_way() {
    let street = Street::new().await;
    let order = street.paid_by(cards::GOOD).await;
    street.ann.takes(order, "ship").await;
    street.ben.takes(order, "confirm_early").await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.payable(street.ann.id).await),
        ("completed", 1_304)
    );
}

#[tokio::test]
async fn what_is_handed_over_is_not_sent() {
    let street = Street::new().await;
    let lamp = street.ann.listing("Lamp").meet("Lyon, FR").live().await;
    let deal = street.ben.buys(&lamp).await;
    assert_eq!(deal.orders[0].shipping.amount, 0, "meeting costs no shipping");
    street.ben.pays(&deal).await;
    let sent = street.ann.step(deal.order(), "ship").await;
    assert!(matches!(sent, Err(Refusal::Conflict("order-step"))), "{sent:?}");
    street.ben.takes(deal.order(), "hand_over").await;
    assert_eq!(street.town.state(deal.order()).await, "completed");
    assert_eq!(street.payable(street.ann.id).await, 1_200 - 96);
}

#[tokio::test]
async fn what_is_sent_is_not_handed_over() {
    let street = Street::new().await;
    let order = street.paid_by(cards::GOOD).await;
    let met = street.ben.step(order, "hand_over").await;
    assert!(matches!(met, Err(Refusal::Conflict("order-step"))), "{met:?}");
}

#[tokio::test]
async fn a_parcel_service_that_saw_it_delivered_shortens_the_wait() {
    let street = Street::new().await;
    let order = street.order_in("shipped").await;
    let mut tx = street.town.db.begin().await.unwrap();
    fire(&mut tx, order, "carrier_delivered", Mover::machine(Actor::Carrier), &StepData::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    street.town.later(Duration::days(3) - Duration::seconds(1)).await;
    assert_eq!(street.town.state(order).await, "delivered");
    street.town.later(Duration::seconds(1)).await;
    assert_eq!(street.town.state(order).await, "completed");
}

/// The legs of an order tell its story too.
#[tokio::test]
async fn legs_follow_their_order() {
    let street = Street::new().await;
    for (state, item, money) in [
        ("pending_payment", "to_ship", "promised"),
        ("payment_expired", "not_shipped", "promised"),
        ("cancelled", "not_shipped", "promised"),
        ("paid", "to_ship", "held"),
        ("shipped", "shipped", "held"),
        ("delivered", "delivered", "held"),
        ("claim_open", "claimed", "held"),
        ("claim_review", "claimed", "held"),
        ("completed", "confirmed", "released"),
        ("refunding", "not_shipped", "returning"),
        ("refunded", "not_shipped", "returned"),
    ] {
        let order = street.order_in(state).await;
        let mut reader = street.town.db.read().await.unwrap();
        let (_, legs) = market::orders::rules::with_legs(&mut reader, order).await.unwrap();
        drop(reader);
        let of = |is_item| legs.iter().find(|l| l.is_item == is_item).unwrap().state.clone();
        assert_eq!((of(true).as_str(), of(false).as_str()), (item, money), "{state}");
    }
}

#[tokio::test]
async fn words_that_go_with_a_step_are_checked() {
    let street = Street::new().await;
    let order = street.order_in("delivered").await;
    for problem in [None, Some("short".to_owned()), Some("x".repeat(2_001))] {
        let data = StepData { problem, ..StepData::default() };
        let claim = street.ben.step_with(order, "open_claim", &data).await;
        let Err(Refusal::Fields(errors)) = claim else { panic!("{claim:?}") };
        assert_eq!(errors.iter().map(|(f, _)| f).collect::<Vec<_>>(), ["data/problem"]);
    }
    assert_eq!(street.town.state(order).await, "delivered");
    let order = street.order_in("paid").await;
    let data =
        StepData { carrier: Some("x".repeat(61)), tracking: Some("x".repeat(81)), ..StepData::default() };
    let sent = street.ann.step_with(order, "ship", &data).await;
    let Err(Refusal::Fields(errors)) = sent else { panic!("{sent:?}") };
    assert_eq!(errors.iter().map(|(f, _)| f).collect::<Vec<_>>(), ["data/carrier", "data/tracking"]);
    street.ann.step_with(order, "ship", &StepData::default()).await.unwrap();
    assert_eq!(street.town.order(order).await.carrier, None, "a parcel without a number is a parcel too");
}
