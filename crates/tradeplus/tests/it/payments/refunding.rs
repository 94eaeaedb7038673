//! Refunds: at once, later, never.

use super::{Shop, eur};
use kernel::Refusal;
use market::payments::model::{Refund, RefundState};
use market::payments::rules;
use simulator::{Fault, Planned};

async fn settle(shop: &Shop, refund: &Refund) -> Refund {
    shop.settle().await;
    shop.work().await;
    shop.found_refund(refund.id).await
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
        assert_eq!(
            (failed.state, failed.failure.as_deref()),
            (RefundState::Failed, Some("expired_or_canceled_card"))
        );
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
    let fields = [("payment_intent", payment.provider_ref.as_deref().unwrap())];
    shop.town.sim().asked("POST", "/v1/refunds", &fields).await;
    let refund = shop.refund(&payment, order, eur(1_000)).await;
    assert_eq!(
        (refund.state, refund.failure.as_deref()),
        (RefundState::Failed, Some("charge_already_refunded"))
    );
    assert_eq!(shop.told().await.last().unwrap(), "payments.refund_failed");
}

/// The buyer had it, and their bank sent it back.
#[tokio::test]
async fn a_refund_that_bounces_is_told_once_and_somebody_is_asked_to_look() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(1_000), "4242424242424242").await;
    let order = shop.order(&payment).await;
    shop.town.sim().plan(Planned::new(Fault::RefundFailsLater));
    let refund = shop.refund(&payment, order, eur(1_000)).await;
    assert_eq!(refund.state, RefundState::Succeeded);
    let bounced = settle(&shop, &refund).await;
    assert_eq!(bounced.state, RefundState::Bounced);
    rules::sync_refund(shop.db(), shop.providers(), refund.id).await.unwrap();
    assert_eq!(
        shop.told().await,
        ["payments.succeeded", "payments.refund_succeeded", "payments.refund_bounced"]
    );
    let tickets = "select count(*) from tickets where kind = 'refund_attention' and closed_at is null";
    assert_eq!(shop.count(tickets).await, 1);
    // What came back can be paid back again.
    let again = shop.refund(&payment, order, eur(1_000)).await;
    assert_eq!(again.state, RefundState::Succeeded);
}
