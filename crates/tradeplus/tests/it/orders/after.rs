//! Parts of the money: before the release, after it, and what a bank takes back.

use super::Street;
use kernel::{OrderId, Refusal};
use ledger::Account;
use market::orders::model::StepData;
use market::orders::settle;
use testkit::{Town, cards};
use time::Duration;

/// The kinds of all entries about an order, with the transactions that wrote them.
async fn entries(town: &Town, order: OrderId) -> Vec<(String, String)> {
    sqlx::query_as("select kind, xid::text from ledger.entries where subject = $1 order by entry_id")
        .bind(order.0)
        .fetch_all(&town.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_part_goes_back_and_the_rest_is_released_in_one_step() {
    let street = Street::new().await;
    let order = street.order_in("partial_refunding").await;
    // Of 15.30 the buyer gets 4.00 back. The seller gets 8.00 and 2.00 for postage, less 8 % of 8.00.
    assert_eq!(street.held(order).await, (0, 400, 0));
    assert_eq!(street.payable(street.ann.id).await, 1_000 - 64);
    assert_eq!(
        street.town.balance(&Account::Commission).await,
        64,
        "commission counts again on what is left"
    );
    assert_eq!(street.town.balance(&Account::BuyerFee).await, 130);
    let booked = entries(&street.town, order).await;
    let of = |kind: &str| booked.iter().find(|(it, _)| it == kind).map(|(_, xid)| xid.clone()).unwrap();
    assert_eq!(of("refund_asked"), of("release"), "both or none");
    let kept = street.town.order(order).await;
    assert_eq!((kept.refunded.amount, kept.released.amount), (400, 936));
    street.town.run_jobs().await;
    street.town.later(Duration::minutes(1)).await;
    assert_eq!(street.town.state(order).await, "completed_partial");
    assert_eq!(street.held(order).await, (0, 0, 0));
}

#[tokio::test]
async fn a_part_that_cannot_be_paid_is_tried_again_and_paid_another_way() {
    let street = Street::new().await;
    let order = street.order_in("partial_stuck").await;
    assert_eq!(street.held(order).await, (0, 0, 400));
    street.cy.takes(order, "retry_partial").await;
    assert_eq!(street.held(order).await, (0, 400, 0), "the part is asked for again, not everything");
    street.town.run_jobs().await;
    street.town.later(Duration::minutes(1)).await;
    street.cy.takes(order, "partial_other_way").await;
    assert_eq!(street.town.state(order).await, "completed_partial");
    assert_eq!(street.held(order).await, (0, 0, 0));
}

#[tokio::test]
async fn what_was_released_is_taken_back_from_everybody_who_had_a_share() {
    let street = Street::new().await;
    let order = street.order_in("completed").await;
    assert_eq!(street.payable(street.ann.id).await, 1_304);
    street.cy.takes(order, "refund_part_after_release").await;
    assert_eq!(street.payable(street.ann.id).await, 936);
    assert_eq!(street.town.balance(&Account::Commission).await, 64);
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "completed_partial");
    street.town.later(Duration::minutes(1)).await;
    street.ann.takes(order, "goodwill_refund").await;
    assert_eq!(street.held(order).await, (0, 1_130, 0), "all that was left");
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "refunded");
    assert_eq!(street.payable(street.ann.id).await, 0);
    assert_eq!(street.town.balance(&Account::Commission).await, 0);
    assert_eq!(street.town.balance(&Account::BuyerFee).await, 0, "the buyer's fee goes back with everything");
    assert_eq!(street.town.balance(&Account::SellerReceivable(street.ann.id)).await, 0);
}

#[tokio::test]
async fn parts_have_bounds() {
    let street = Street::new().await;
    let order = street.order_in("completed").await;
    for amount in [None, Some(0), Some(-5), Some(1_401)] {
        let data = StepData { amount, ..StepData::default() };
        let tried = street.ann.step_with(order, "goodwill_part", &data).await;
        let Err(Refusal::Fields(errors)) = tried else { panic!("{amount:?}: {tried:?}") };
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["data/amount"]);
    }
    street.town.clock.advance(Duration::days(181));
    let late = street.ann.step(order, "goodwill_part").await;
    assert!(matches!(late, Err(Refusal::Conflict("refund-too-late"))), "{late:?}");
}

#[tokio::test]
async fn a_bank_takes_back_what_was_held() {
    let street = Street::new().await;
    // Somebody else's money is with the provider too.
    street.order_in("paid").await;
    let order = street.order_in("claim_open").await;
    street.charged_back(order, 1_530).await;
    assert_eq!(
        (street.town.state(order).await.as_str(), street.held(order).await),
        ("charged_back", (0, 0, 0))
    );
    assert_eq!(street.town.order(order).await.charged_back.amount, 1_530);
    assert_eq!(street.town.count("select count(*) from cases where outcome = 'charged_back'").await, 1);
    assert_eq!(street.payable(street.ann.id).await, 0);
}

#[tokio::test]
async fn what_a_bank_leaves_of_what_was_held_is_the_sellers() {
    let street = Street::new().await;
    street.order_in("paid").await;
    let order = street.order_in("delivered").await;
    street.charged_back(order, 400).await;
    assert_eq!(street.town.state(order).await, "charged_back");
    assert_eq!(street.payable(street.ann.id).await, 936);
    assert_eq!(street.held(order).await, (0, 0, 0));
}

#[tokio::test]
async fn a_bank_takes_back_what_was_released() {
    let street = Street::new().await;
    street.order_in("paid").await;
    let order = street.order_in("completed").await;
    street.charged_back(order, 1_530).await;
    assert_eq!(street.town.state(order).await, "charged_back");
    assert_eq!(street.payable(street.ann.id).await, 0);
    assert_eq!(street.town.balance(&Account::DisputeHeld(order)).await, 0);
    assert_eq!(street.town.order(order).await.released.amount, 0);
}

#[tokio::test]
async fn a_bank_that_takes_back_what_went_back_costs_us() {
    let street = Street::new().await;
    street.order_in("paid").await;
    let order = street.order_in("refunded").await;
    street.charged_back(order, 1_530).await;
    assert_eq!(street.town.state(order).await, "refunded");
    assert_eq!(street.town.balance(&Account::ChargebackLosses).await, 1_530);
    // What the buyer was still owed another way they have now.
    let stuck = street.order_in("refund_stuck").await;
    street.charged_back(stuck, 1_530).await;
    assert_eq!(street.held(stuck).await, (0, 0, 0));
    assert_eq!(street.town.balance(&Account::ChargebackLosses).await, 1_530);
}

/// A dispute of a payment that never came is not the order's business.
#[tokio::test]
async fn an_order_without_money_is_not_charged_back() {
    let street = Street::new().await;
    let order = street.order_in("pending_payment").await;
    let mut tx = street.town.db.begin().await.unwrap();
    let id = kernel::ChargebackId(uuid::Uuid::from_u128(9));
    settle::chargeback(&mut tx, id, order, super::eur(1_530)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(street.town.state(order).await, "pending_payment");
    street.ben.pays_by(street.town.order(order).await.payment, cards::GOOD).await.unwrap();
}

/// The books of every order agree with what became of its money, in whatever state it is.
#[tokio::test]
async fn sellers_get_what_their_settlements_say() {
    let street = Street::new().await;
    for state in ["completed", "completed_partial"] {
        street.order_in(state).await;
    }
    let settled = "select coalesce(sum(amount - taken_amount), 0)::bigint from settlements";
    assert_eq!(street.town.count(settled).await, street.payable(street.ann.id).await);
    let kinds = "select count(distinct kind) from settlements";
    assert_eq!(street.town.count(kinds).await, 2, "the sale, and what of it is kept back");
}
