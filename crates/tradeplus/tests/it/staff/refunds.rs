//! Refunds that did not reach their buyer, ended as paid by hand.

use super::WHY;
use ledger::Account;
use market::accounts::model::Role;
use market::payments::sandbox::{Fault, Planned};
use testkit::Town;
use time::Duration;

/// The buyer's bank sends back what it had taken, when the order is over. Above the limit it takes two to end that.
#[tokio::test]
async fn a_refund_that_came_back_is_paid_by_hand_by_two() {
    let town = Town::with(|config| config.staff.alone_up_to = Some(500)).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (fay, olga) =
        (town.staff("Fay", &[Role::Finance]).await, town.staff("Olga", &[Role::Operator]).await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let (order, total) = (deal.order(), deal.payment.amount.amount);
    town.sim().plan(Planned::new(Fault::RefundFailsLater));
    ben.takes(order, "cancel_by_buyer").await;
    town.run_jobs().await;
    assert_eq!(town.state(order).await, "refunded");
    let overview = format!("/admin/orders/{order}");
    let page = format!("{overview}/refunds");
    fay.get(&page).await.is(200).shows("No refund of this order needs you");
    fay.get(&overview).await.is(200).hides("Refunds that need somebody");
    for _ in 0..2 {
        town.later(Duration::minutes(2)).await;
    }
    let due = Account::BuyerDue(order);
    assert_eq!((town.balance(&due).await, town.state(order).await.as_str()), (total, "refunded"));
    let open = "select count(*) from tickets where kind = 'refund_attention' and closed_at is null";
    assert_eq!(town.count(open).await, 1);

    let refund: uuid::Uuid =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&town.owner).await.unwrap();
    let refund = refund.to_string();
    let fields = |from, reference| {
        [("refund", refund.as_str()), ("paid_from", from), ("reference", reference), ("reason", WHY)]
    };
    fay.get(&overview).await.shows("Refunds that need somebody");
    fay.get(&page).await.is(200).shows("sent it back").hides("Send it to the buyer");
    for (wrong, from, reference) in [
        ("paid_from", "", "po_by_hand_1"),
        ("paid_from", "pocket", "po_by_hand_1"),
        ("reference", "bank", ""),
        ("reference", "bank", "two words"),
    ] {
        let back = fay.post(&page, &fields(from, reference)).await.is(422).page();
        assert!(back.has(&format!("[name='{wrong}'][aria-invalid='true']")), "{from} {reference}");
    }
    fay.post(&page, &fields("bank", "po_by_hand_1")).await.goes_to(&overview);
    assert_eq!(town.balance(&due).await, total, "it waits for a second person");
    let waits: uuid::Uuid =
        sqlx::query_scalar("select approval_id from approvals").fetch_one(&town.owner).await.unwrap();
    let approval = format!("/admin/approvals/{waits}");
    olga.get(&approval).await.is(200).shows("po_by_hand_1");
    olga.post(&approval, &[("do", "agree"), ("reason", WHY)]).await.goes_to("/admin/approvals");

    assert_eq!((town.balance(&due).await, town.state(order).await.as_str()), (0, "refunded"));
    assert_eq!(town.count(open).await, 0);
    let booked = "select count(*) from ledger.entries where kind = 'paid_another_way' and provider_ref = 'po_by_hand_1'";
    assert_eq!(town.count(booked).await, 1);
    let from_bank = "select count(*) from ledger.entries e join ledger.lines l using (entry_id)
        join ledger.accounts a using (account_id) where e.provider_ref = 'po_by_hand_1' and a.name = 'A:bank'";
    assert_eq!(town.count(from_bank).await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'refunds.by_hand'").await, 1);
    fay.post(&page, &fields("bank", "po_by_hand_2")).await.is(422);
    for other in [&ann, &ben] {
        other.get(&page).await.is(404);
    }
}
