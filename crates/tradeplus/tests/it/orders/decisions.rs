//! What staff decides, and the appeal.

use super::Street;
use kernel::{OrderId, Refusal};
use market::accounts::model::Role;
use market::orders::model::StepData;
use platform::config::SecondPerson;
use testkit::{Person, Town, cards};

async fn refused(who: &Person, order: OrderId, step: &str) -> &'static str {
    match who.step(order, step).await {
        Err(Refusal::Conflict(code)) => code,
        Err(Refusal::NotFound) => "not found",
        other => panic!("{} {step}: {other:?}", who.name),
    }
}

#[tokio::test]
async fn a_ruling_can_be_appealed_once_and_by_the_losing_side_only() {
    let street = Street::new().await;
    let (ann, ben, cy, dee) = (&street.ann, &street.ben, &street.cy, &street.dee);
    let order = street.order_in("ruled_refund").await;
    assert_eq!(street.held(order).await, (1_530, 0, 0), "nothing moves while it can be appealed");
    assert_eq!(refused(ben, order, "appeal_by_buyer").await, "order-step", "who won does not appeal");
    ann.takes(order, "appeal_by_seller").await;
    assert_eq!(refused(ann, order, "appeal_by_seller").await, "order-step");
    assert_eq!(refused(cy, order, "finally_release").await, "case-other-reviewer");
    dee.takes(order, "finally_release").await;
    assert_eq!(street.town.state(order).await, "completed");
    assert_eq!(street.payable(ann.id).await, 1_304);
    assert_eq!(refused(ben, order, "appeal_by_buyer").await, "order-step", "that was final");
    assert_eq!(street.town.count("select count(*) from case_rulings").await, 2);
}

#[tokio::test]
async fn a_part_is_decided_and_carried_out_when_nobody_appeals() {
    let street = Street::new().await;
    let order = street.order_in("ruled_partial").await;
    street.town.later(time::Duration::days(3)).await;
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "completed_partial");
    let kept = street.town.order(order).await;
    assert_eq!((kept.refunded.amount, kept.released.amount), (400, 936));
}

/// Nobody else decides the appeal in time: the first decision counts.
#[tokio::test]
async fn an_appeal_that_nobody_decides_ends_as_the_first_decision_said() {
    let street = Street::new().await;
    for (state, end) in [
        ("appeal_refund", "refunded"),
        ("appeal_release", "completed"),
        ("appeal_partial", "completed_partial"),
    ] {
        let order = street.order_in(state).await;
        street.town.later(time::Duration::days(9)).await;
        street.town.run_jobs().await;
        assert_eq!(street.town.state(order).await, end, "{state}");
    }
}

#[tokio::test]
async fn staff_that_is_a_side_sees_no_ruling_button_and_is_refused() {
    let town = Town::new().await;
    let (ann, kim) = (town.person("Ann").await, town.staff("Kim", &[Role::Support]).await);
    let deal = kim.buys(&ann.listing("Lamp").live().await).await;
    kim.pays(&deal).await;
    let order = deal.order();
    ann.takes(order, "ship").await;
    for step in ["report_not_received", "escalate"] {
        kim.takes(order, step).await;
    }
    kim.get(&format!("/orders/{order}")).await.is(200).hides("Decide for the buyer");
    kim.get("/admin/cases").await.is(200).shows("Yours: not for you");
    for step in ["rule_refund", "rule_release", "rule_partial"] {
        assert_eq!(refused(&kim, order, step).await, "order-step");
    }
    kim.post(&format!("/admin/cases/{order}"), &[]).await.is(303);
    assert_eq!(town.count("select count(*) from cases where taken_by is not null").await, 0);
}

#[tokio::test]
async fn reasons_are_told_to_both_sides_and_are_more_than_a_word() {
    let street = Street::new().await;
    let order = street.order_in("claim_review").await;
    for reasons in [None, Some("No.".to_owned()), Some("x".repeat(4_001))] {
        let data = StepData { reasons, ..StepData::default() };
        let tried = street.cy.step_with(order, "rule_release", &data).await;
        let Err(Refusal::Fields(errors)) = tried else { panic!("{tried:?}") };
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["data/reasons"]);
    }
    street.cy.takes(order, "rule_release").await;
    let path = format!("/orders/{order}/case");
    for who in [&street.ann, &street.ben] {
        who.get(&path).await.is(200).shows("Both sides were heard.");
    }
    street.ben.get(&path).await.shows("Ask another reviewer");
    street.ann.get(&path).await.hides("Ask another reviewer");
}

async fn asks(town: &Town, who: &Person, order: OrderId, step: &str, amount: &str) -> uuid::Uuid {
    let reasons = ("reasons", "The photos show what was in the parcel.");
    who.post(&format!("/orders/{order}/{step}"), &[reasons, ("amount", amount)]).await.is(303);
    let newest = "select approval_id from approvals where state = 'waiting' order by asked_at desc limit 1";
    sqlx::query_scalar(newest).fetch_one(&town.owner).await.unwrap()
}

async fn agrees(who: &Person, approval: uuid::Uuid) {
    let said = [("do", "agree"), ("reason", "I have read it too.")];
    who.post(&format!("/admin/approvals/{approval}"), &said).await.is(303);
}

#[tokio::test]
async fn a_ruling_above_the_limit_waits_for_a_second_person() {
    let street = Street::of(Town::with(|config| config.staff.alone_up_to = Some(500)).await).await;
    let (cy, dee) = (&street.cy, &street.dee);
    let order = street.order_in("claim_review").await;
    let small = [("reasons", "The photos show what was in the parcel."), ("amount", "4.00")];
    let waits = asks(&street.town, cy, order, "rule_refund", "").await;
    assert_eq!(street.town.state(order).await, "claim_review", "15.30 is more than 5.00");
    agrees(dee, waits).await;
    assert_eq!(street.town.state(order).await, "ruled_refund");
    let seconded = "select count(*) from case_rulings where seconded_by is not null";
    assert_eq!(street.town.count(seconded).await, 1);

    // Four euros somebody decides alone.
    let order = street.order_in("claim_review").await;
    cy.post(&format!("/orders/{order}/rule_partial"), &small).await.is(303);
    assert_eq!(street.town.state(order).await, "ruled_partial");
}

#[tokio::test]
async fn the_second_person_of_a_ruling_cannot_decide_the_appeal() {
    let only_orders = |config: &mut platform::config::Config| {
        config.staff.second_person_for = vec![SecondPerson::Orders];
    };
    let street = Street::of(Town::with(only_orders).await).await;
    let (ann, cy, dee) = (&street.ann, &street.cy, &street.dee);
    let (sue, tom) =
        (street.town.staff("Sue", &[Role::Support]).await, street.town.staff("Tom", &[Role::Support]).await);
    let order = street.paid_by(cards::GOOD).await;
    street
        .walk(order, &[(ann, "ship"), (&street.ben, "report_not_received"), (&street.ben, "escalate")])
        .await;
    let waits = asks(&street.town, cy, order, "rule_refund", "").await;
    agrees(dee, waits).await;
    ann.takes(order, "appeal_by_seller").await;
    assert_eq!(refused(dee, order, "finally_release").await, "case-other-reviewer");
    // Nor can she agree to what somebody new decides: that takes another second person too.
    let waits = asks(&street.town, &sue, order, "finally_release", "").await;
    let said = [("do", "agree"), ("reason", "I have read it too.")];
    dee.post(&format!("/admin/approvals/{waits}"), &said).await;
    assert_eq!(street.town.state(order).await, "appeal_refund");
    agrees(&tom, waits).await;
    assert_eq!(street.town.state(order).await, "completed");
}

/// What is stuck counts as gone back already; what matters is how much one alone would say is paid.
#[tokio::test]
async fn a_stuck_refund_above_the_limit_waits_for_a_second_person() {
    let street = Street::of(Town::with(|config| config.staff.alone_up_to = Some(500)).await).await;
    let (cy, dee) = (&street.cy, &street.dee);
    let said = [
        ("reason", "The card is closed."),
        ("paid_from", "bank"),
        ("reference", "TP-4711"),
        ("amount", "0.01"),
    ];
    for (step, end) in [("refund_other_way", "refunded"), ("retry_refund", "refunding")] {
        let order = street.order_in("refund_stuck").await;
        cy.post(&format!("/orders/{order}/{step}"), &said).await.is(303);
        assert_eq!(street.town.state(order).await, "refund_stuck", "15.30 is more than 5.00");
        let newest =
            "select approval_id from approvals where state = 'waiting' order by asked_at desc limit 1";
        let waits: uuid::Uuid = sqlx::query_scalar(newest).fetch_one(&street.town.owner).await.unwrap();
        agrees(dee, waits).await;
        assert_eq!(street.town.state(order).await, end, "{step}");
    }
    // Of a part, four euros wait, and somebody decides about them alone.
    let order = street.order_in("partial_stuck").await;
    cy.post(&format!("/orders/{order}/partial_other_way"), &said).await.is(303);
    assert_eq!(street.town.state(order).await, "completed_partial");
}

/// A step that pays no part is about everything, whatever is sent along.
#[tokio::test]
async fn an_amount_that_is_not_asked_for_lowers_nothing() {
    let street = Street::of(Town::with(|config| config.staff.alone_up_to = Some(500)).await).await;
    let order = street.paid_by(cards::GOOD).await;
    let said = [("reason", "The seller is gone."), ("amount", "0.01")];
    street.cy.post(&format!("/orders/{order}/cancel_by_operator"), &said).await.is(303);
    assert_eq!(street.town.state(order).await, "paid");
    assert_eq!(street.town.count("select count(*) from approvals where state = 'waiting'").await, 1);
}
