//! Money on its way back.

use super::Street;
use kernel::Refusal;
use testkit::cards;
use time::Duration;

#[tokio::test]
async fn whoever_cancels_a_paid_order_the_buyer_gets_everything_back() {
    let street = Street::new().await;
    let (ann, ben, cy) = (&street.ann, &street.ben, &street.cy);
    // A seller who cannot deliver must not sell the same thing again by default.
    for (who, step, free) in
        [(ben, "cancel_by_buyer", 1), (ann, "cancel_by_seller", 0), (cy, "cancel_by_operator", 1)]
    {
        let order = street.paid_by(cards::GOOD).await;
        who.takes(order, step).await;
        assert_eq!(street.held(order).await, (0, 1_530, 0), "{step}");
        street.town.run_jobs().await;
        assert_eq!(street.town.state(order).await, "refunded", "{step}");
        assert_eq!((street.held(order).await, street.stock(order).await), ((0, 0, 0), (free, 0)), "{step}");
    }
    assert_eq!(street.payable(ann.id).await, 0);
}

#[tokio::test]
async fn one_order_of_a_payment_goes_back_and_the_other_goes_on() {
    let street = Street::new().await;
    let abe = street.town.person("Abe").await;
    let (lamp, vase) =
        (street.ann.listing("Lamp").live().await, abe.listing("Vase").price(9_900).live().await);
    let deal = street.ben.buys_all(&[(lamp.id, 1), (vase.id, 1)], true).await.unwrap();
    street.ben.pays(&deal).await;
    let of = |seller| deal.orders.iter().find(|o| o.seller == seller).unwrap().id;
    let (anns, abes) = (of(street.ann.id), of(abe.id));
    abe.takes(abes, "cancel_by_seller").await;
    street.ann.takes(anns, "ship").await;
    street.ben.takes(anns, "confirm_early").await;
    street.town.run_jobs().await;
    assert_eq!(
        (street.town.state(anns).await.as_str(), street.town.state(abes).await.as_str()),
        ("completed", "refunded")
    );
    assert_eq!((street.payable(street.ann.id).await, street.payable(abe.id).await), (1_304, 0));
}

#[tokio::test]
async fn a_slow_refund_is_waited_for() {
    let street = Street::new().await;
    let order = street.order_in("refunding").await;
    street.town.run_jobs().await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("refunding", (0, 1_530, 0))
    );
    street.town.later(Duration::minutes(1)).await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
}

#[tokio::test]
async fn a_refund_that_fails_is_owed_tried_again_and_paid_another_way() {
    let street = Street::new().await;
    let order = street.order_in("refund_stuck").await;
    assert_eq!(street.held(order).await, (0, 0, 1_530));
    assert_eq!(street.town.mails_to(&street.cy.email).await.len(), 1, "staff is called");

    street.cy.takes(order, "retry_refund").await;
    assert_eq!(street.held(order).await, (0, 1_530, 0));
    street.town.run_jobs().await;
    street.town.later(Duration::minutes(1)).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("refund_stuck", (0, 0, 1_530))
    );

    street.cy.takes(order, "refund_other_way").await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
    assert_eq!(street.town.count("select count(*) from refunds").await, 2);
}

/// Asking again while the first refund is still on its way could pay it twice.
#[tokio::test]
async fn a_refund_that_may_still_come_is_not_asked_for_again() {
    let street = Street::new().await;
    let order = street.order_in("refunding").await;
    street.town.run_jobs().await;
    street.the_provider_dawdles().await;
    street.town.later(Duration::days(10)).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("refund_stuck", (0, 1_530, 0))
    );
    for step in ["retry_refund", "refund_other_way"] {
        let tried = street.cy.step(order, step).await;
        assert!(matches!(tried, Err(Refusal::Conflict("refund-not-failed"))), "{step}: {tried:?}");
    }
    street.town.sim().hurries().await;
    street.town.run_jobs().await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
}

/// The provider says no after we stopped waiting: from now on the buyer is owed the money.
#[tokio::test]
async fn a_refund_that_fails_late_is_owed() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    street.ben.pays_by(deal.payment.id, cards::REFUND_FAILS).await.unwrap();
    let order = deal.order();
    street.ben.takes(order, "cancel_by_buyer").await;
    street.town.run_jobs().await;
    street.the_provider_dawdles().await;
    street.town.later(Duration::days(10)).await;
    assert_eq!(street.held(order).await, (0, 1_530, 0));
    street.town.sim().hurries().await;
    street.town.run_jobs().await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("refund_stuck", (0, 0, 1_530))
    );
    street.cy.takes(order, "refund_other_way").await;
    assert_eq!(street.held(order).await, (0, 0, 0));
}

#[tokio::test]
async fn who_pays_by_hand_says_from_where_and_by_which_name() {
    let street = Street::new().await;
    let order = street.order_in("refund_stuck").await;
    let failed: String =
        sqlx::query_scalar("select provider_ref from refunds").fetch_one(&street.town.owner).await.unwrap();
    let page = format!("/orders/{order}/refund_other_way");
    for (wrong, from, reference) in [
        ("paid_from", "", "TP-4711"),
        ("paid_from", "pocket", "TP-4711"),
        ("reference", "bank", ""),
        ("reference", "bank", "two words"),
        ("reference", "provider", failed.as_str()),
    ] {
        let said = [("reason", "The card is closed."), ("paid_from", from), ("reference", reference)];
        let back = street.cy.post(&page, &said).await.is(422).page();
        assert!(back.has(&format!("[name='{wrong}'][aria-invalid='true']")), "{from} {reference}");
    }
    let said = [("reason", "The card is closed."), ("paid_from", "bank"), ("reference", "TP-4711")];
    street.cy.post(&page, &said).await.is(303);
    assert_eq!(street.town.state(order).await, "refunded");
    let booked = "select count(*) from ledger.entries e join ledger.lines l using (entry_id)
        join ledger.accounts a using (account_id)
        where e.kind = 'paid_another_way' and e.provider_ref = 'TP-4711' and a.name = 'A:bank' and l.amount = -1530";
    assert_eq!(street.town.count(booked).await, 1);
    let told =
        "select count(*) from audit_log where action = 'orders.decide' and detail->>'paid_from' = 'bank'
        and detail->>'reference' = 'TP-4711'";
    assert_eq!(street.town.count(told).await, 1);
}
