//! From the checkout to money that is held, or to nothing.

use super::Street;
use kernel::Refusal;
use market::payments::model::PaymentState;
use market::payments::rules as payments;
use testkit::cards;
use time::Duration;

#[tokio::test]
async fn a_good_card_holds_the_money_and_sells_the_piece() {
    let street = Street::new().await;
    let order = street.paid_by(cards::GOOD).await;
    assert_eq!(street.town.state(order).await, "paid");
    assert_eq!(street.held(order).await, (1_530, 0, 0));
    assert_eq!(street.stock(order).await, (0, 0));
    street.town.run_jobs().await;
    assert_eq!(street.history(order).await, ["checkout", "payment_succeeded"], "the webhook adds nothing");
    assert_eq!(street.held(order).await, (1_530, 0, 0));
}

#[tokio::test]
async fn another_card_may_be_tried_before_the_deadline() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let deadline = street.town.order(deal.order()).await.timer;
    street.town.clock.advance(Duration::minutes(10));
    for card in [cards::DECLINED, cards::NO_FUNDS, cards::DECLINED] {
        let tried = street.ben.pays_by(deal.payment.id, card).await.unwrap();
        assert_eq!(tried.state, PaymentState::Failed);
        street.town.run_jobs().await;
    }
    let order = street.town.order(deal.order()).await;
    assert_eq!(
        (order.state.as_str(), &order.timer),
        ("pending_payment", &deadline),
        "the deadline stays where it is"
    );
    assert_eq!(
        street.history(order.id).await,
        ["checkout", "payment_failed", "payment_failed", "payment_failed"]
    );
    assert_eq!(street.stock(order.id).await, (0, 1));
    street.ben.pays(&deal).await;
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order.id).await, "paid");
}

#[tokio::test]
async fn who_was_declined_and_goes_away_keeps_nothing_from_others() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    street.town.clock.advance(Duration::minutes(10));
    street.ben.pays_by(deal.payment.id, cards::DECLINED).await.unwrap();
    street.town.run_jobs().await;
    street.town.later(Duration::minutes(20)).await;
    assert_eq!(street.town.state(deal.order()).await, "payment_expired");
    assert_eq!(street.stock(deal.order()).await, (1, 0));
}

#[tokio::test]
async fn the_bank_asks_and_the_answer_counts() {
    let street = Street::new().await;
    for (passed, state) in [(true, "paid"), (false, "pending_payment")] {
        let deal = street.checked_out().await;
        let asked = street.ben.pays_by(deal.payment.id, cards::ASKS).await.unwrap();
        assert_eq!(asked.state, PaymentState::RequiresAction);
        assert_eq!(street.town.state(deal.order()).await, "pending_payment");
        let market = &street.town.market;
        payments::answer_challenge(&market.db, &market.providers, &asked, passed).await.unwrap();
        street.town.run_jobs().await;
        assert_eq!(street.town.state(deal.order()).await, state);
    }
}

#[tokio::test]
async fn a_question_that_nobody_answers_ends_with_the_deadline() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let asked = street.ben.pays_by(deal.payment.id, cards::ASKS).await.unwrap();
    street.town.later(Duration::minutes(30)).await;
    assert_eq!(street.town.state(deal.order()).await, "payment_expired");
    assert_eq!(street.town.payment(deal.payment.id).await.state, PaymentState::Cancelled);
    let market = &street.town.market;
    let late = payments::answer_challenge(&market.db, &market.providers, &asked, true).await;
    assert!(matches!(late, Err(Refusal::Conflict(_))), "{late:?}");
    assert_eq!(street.stock(deal.order()).await, (1, 0));
}

#[tokio::test]
async fn slow_money_is_waited_for() {
    let street = Street::new().await;
    let order = street.paid_by(cards::SLOW).await;
    assert_eq!(street.town.state(order).await, "payment_processing");
    street.town.later(Duration::seconds(59)).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.stock(order).await),
        ("payment_processing", (0, 1))
    );
    street.town.later(Duration::seconds(1)).await;
    assert_eq!((street.town.state(order).await.as_str(), street.stock(order).await), ("paid", (0, 0)));
    assert_eq!(street.held(order).await, (1_530, 0, 0));
}

#[tokio::test]
async fn slow_money_that_does_not_come_frees_the_stock() {
    let street = Street::new().await;
    let order = street.paid_by(cards::SLOW_FAILS).await;
    street.town.later(Duration::minutes(1)).await;
    assert_eq!((street.town.state(order).await.as_str(), street.stock(order).await), ("cancelled", (1, 0)));
    assert_eq!(street.held(order).await, (0, 0, 0));
}

#[tokio::test]
async fn who_abandons_one_order_of_a_payment_abandons_all() {
    let street = Street::new().await;
    let abe = street.town.person("Abe").await;
    let (lamp, vase) = (street.ann.listing("Lamp").live().await, abe.listing("Vase").live().await);
    let deal = street.ben.buys_all(&[(lamp.id, 1), (vase.id, 1)], true).await.unwrap();
    street.ben.takes(deal.orders[1].id, "abandon").await;
    street.town.run_jobs().await;
    for order in &deal.orders {
        assert_eq!(
            (street.town.state(order.id).await.as_str(), street.stock(order.id).await),
            ("cancelled", (1, 0))
        );
    }
    assert_eq!(street.town.payment(deal.payment.id).await.state, PaymentState::Cancelled);
    let late = street.ben.pays_by(deal.payment.id, cards::GOOD).await;
    assert!(matches!(late, Err(Refusal::Conflict("payment-cancelled"))), "{late:?}");
}

/// The buyer gives up in one window and pays in another, before the provider has heard of it.
#[tokio::test]
async fn money_for_an_abandoned_order_goes_straight_back() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    street.ben.takes(deal.order(), "abandon").await;
    street.ben.pays(&deal).await;
    assert_eq!(street.town.state(deal.order()).await, "refunding");
    assert_eq!(street.held(deal.order()).await, (0, 1_530, 0));
    street.town.run_jobs().await;
    assert_eq!(street.town.state(deal.order()).await, "refunded");
    assert_eq!(street.held(deal.order()).await, (0, 0, 0));
    assert_eq!(street.stock(deal.order()).await, (1, 0), "the piece was free the whole time");
}

/// The provider needed more than the five days that we wait.
#[tokio::test]
async fn money_that_comes_too_late_goes_straight_back() {
    let street = Street::new().await;
    let lamp = street.ann.listing("Lamp").live().await;
    let deal = street.ben.buys(&lamp).await;
    street.ben.pays_by(deal.payment.id, cards::SLOW).await.unwrap();
    street.the_provider_dawdles().await;
    street.town.later(Duration::days(5)).await;
    assert_eq!(street.town.state(deal.order()).await, "payment_expired");
    let eve = street.town.person("Eve").await;
    let second = eve.buys(&lamp).await;
    eve.pays(&second).await;

    street.town.sim().hurries().await;
    street.town.run_jobs().await;
    assert_eq!(street.town.state(deal.order()).await, "refunded");
    assert_eq!(street.held(deal.order()).await, (0, 0, 0));
    assert_eq!(street.town.state(second.order()).await, "paid", "who bought it meanwhile keeps it");
    let told = street.town.subjects_to(&street.ann.email).await;
    assert_eq!(told.len(), 1, "the seller hears of the order that counts, and of nothing else: {told:?}");
}
