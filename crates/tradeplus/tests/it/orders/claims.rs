//! When something is wrong: nothing is released while it is talked about.

use super::Street;
use testkit::{Person, cards};
use time::Duration;

async fn walk(street: &Street, steps: &[(&Person, &str)]) -> (kernel::OrderId, String) {
    let order = street.paid_by(cards::GOOD).await;
    for (who, step) in steps {
        who.takes(order, step).await;
    }
    street.town.run_jobs().await;
    (order, street.town.state(order).await)
}

#[tokio::test]
async fn the_seller_gives_the_money_back() {
    let street = Street::new().await;
    let (ann, ben) = (&street.ann, &street.ben);
    let (order, state) = walk(
        &street,
        &[(ann, "ship"), (ann, "seller_marks_delivered"), (ben, "open_claim"), (ann, "seller_refunds")],
    )
    .await;
    assert_eq!((state.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
    assert_eq!(street.payable(ann.id).await, 0);
    assert_eq!(
        street.town.order(order).await.problem.as_deref(),
        Some("The shade of the lamp is broken in two.")
    );
}

#[tokio::test]
async fn the_buyer_takes_the_claim_back() {
    let street = Street::new().await;
    let (ann, ben) = (&street.ann, &street.ben);
    let (order, state) =
        walk(&street, &[(ann, "ship"), (ben, "report_not_received"), (ben, "withdraw_claim")]).await;
    assert_eq!((state.as_str(), street.held(order).await), ("completed", (0, 0, 0)));
    assert_eq!(street.payable(ann.id).await, 1_304);
}

#[tokio::test]
async fn staff_decides_for_either_side() {
    let street = Street::new().await;
    let (ann, ben, cy) = (&street.ann, &street.ben, &street.cy);
    for (escalates, by, decision, accepts, state, seller_gets) in [
        (ben, "escalate", "rule_refund", (ann, "accept_ruling"), "refunded", 0),
        (ann, "escalate_by_seller", "rule_release", (ben, "accept_ruling_by_buyer"), "completed", 1_304),
    ] {
        let steps = [(ann, "ship"), (ben, "report_not_received"), (escalates, by), (cy, decision), accepts];
        let (order, reached) = walk(&street, &steps).await;
        assert_eq!((reached.as_str(), street.payable(ann.id).await), (state, seller_gets));
        assert_eq!(street.held(order).await, (0, 0, 0));
    }
    let decided = "select count(*) from audit_log where action = 'orders.decide'
        and detail->>'reason' = 'Both sides were heard.'";
    assert_eq!(street.town.count(decided).await, 2, "who decides is written down");
}

#[tokio::test]
async fn staff_is_called_when_it_is_needed() {
    let street = Street::new().await;
    let order = street.order_in("claim_open").await;
    street.town.run_jobs().await;
    assert_eq!(street.town.mails_to(&street.cy.email).await.len(), 0);
    street.town.later(Duration::days(3)).await;
    assert_eq!(street.town.state(order).await, "claim_review");
    let mails = street.town.mails_to(&street.cy.email).await;
    let number = street.town.order(order).await.number;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.contains(&number) || mails[0].text.contains(&number), "{:?}", mails[0]);
}

/// Silence on all sides, from the claim on: the buyer does not pay for it.
#[tokio::test]
async fn a_claim_that_nobody_touches_ends_in_the_buyers_favour() {
    let street = Street::new().await;
    let order = street.order_in("claim_open").await;
    street.town.later(Duration::days(3)).await;
    assert_eq!(street.town.state(order).await, "claim_review");
    street.town.later(Duration::days(9)).await;
    assert_eq!((street.town.state(order).await.as_str(), street.held(order).await), ("refunded", (0, 0, 0)));
    assert_eq!(
        street.town.mails_to(&street.cy.email).await.len(),
        2,
        "staff was called at the claim and at its end"
    );
}
