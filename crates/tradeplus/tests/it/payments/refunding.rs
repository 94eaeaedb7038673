//! Refunds: at once, later, never.

use super::{Shop, eur};
use kernel::Refusal;
use market::payments::jobs as work;
use market::payments::model::{Refund, RefundState};
use market::payments::rules;

async fn settle(shop: &Shop, refund: &Refund) -> Refund {
    let reference = refund.provider_ref.clone().unwrap();
    work::settle_refund(shop.db(), work::SettleRefund { reference }).await.unwrap();
    shop.work().await;
    rules::find_refund(&mut shop.db().read().await.unwrap(), refund.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn money_goes_back_in_parts_and_never_more_than_came() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4242424242424242").await;
    let order = shop.order(&payment).await;
    for part in [400, 600] {
        let refund = shop.refund(&payment, order, eur(part)).await;
        assert_eq!(refund.state, RefundState::Succeeded);
        assert!(refund.provider_ref.is_some() && refund.settled_at.is_some());
    }
    let mut tx = shop.db().begin().await.unwrap();
    let more = rules::ask_refund(&mut tx, order, payment.id, eur(1)).await;
    assert!(matches!(more, Err(Refusal::Conflict("refund-too-much"))), "{more:?}");
    let told = ["payments.succeeded", "payments.refund_succeeded", "payments.refund_succeeded"];
    assert_eq!(shop.told().await, told, "the webhooks tell nothing new");
}

#[tokio::test]
async fn what_was_not_paid_is_not_refunded() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4000000000000002").await;
    let order = shop.order(&payment).await;
    let mut tx = shop.db().begin().await.unwrap();
    let refund = rules::ask_refund(&mut tx, order, payment.id, eur(1)).await;
    assert!(matches!(refund, Err(Refusal::Conflict("payment-not-paid"))), "{refund:?}");
}

#[tokio::test]
async fn a_slow_refund_settles_by_webhook() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4000000000007726").await;
    let order = shop.order(&payment).await;
    let refund = shop.refund(&payment, order, eur(1_000)).await;
    assert_eq!(refund.state, RefundState::Pending);
    assert_eq!(shop.count("select count(*) from jobs where kind = 'payments.sync_refund'").await, 1);
    assert_eq!(settle(&shop, &refund).await.state, RefundState::Succeeded);
    assert_eq!(shop.count("select count(*) from jobs where kind = 'payments.sync_refund'").await, 0);
    assert_eq!(shop.told().await, ["payments.succeeded", "payments.refund_succeeded"]);
}

#[tokio::test]
async fn a_failed_refund_can_be_asked_for_again() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4000000000005126").await;
    let order = shop.order(&payment).await;
    for _ in 0..2 {
        let refund = shop.refund(&payment, order, eur(1_000)).await;
        let failed = settle(&shop, &refund).await;
        assert_eq!((failed.state, failed.failure.as_deref()), (RefundState::Failed, Some("account_closed")));
    }
    let latest = rules::latest_refund(&mut shop.db().read().await.unwrap(), order).await.unwrap();
    assert_eq!(latest.unwrap().state, RefundState::Failed);
    let told = ["payments.succeeded", "payments.refund_failed", "payments.refund_failed"];
    assert_eq!(shop.told().await, told);
}

/// The provider's books say that the money went back already, by another hand than ours.
#[tokio::test]
async fn a_refund_that_the_provider_refuses_is_owed() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4242424242424242").await;
    let order = shop.order(&payment).await;
    sqlx::query("update sandbox.payments set refunded = amount").execute(&shop.town.owner).await.unwrap();
    let refund = shop.refund(&payment, order, eur(1_000)).await;
    assert_eq!((refund.state, refund.failure.as_deref()), (RefundState::Failed, Some("refund_too_much")));
    assert_eq!(shop.told().await.last().unwrap(), "payments.refund_failed");
}
