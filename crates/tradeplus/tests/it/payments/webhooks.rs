//! The door through which providers tell us things.

use super::{Shop, card, eur, sandbox};
use kernel::Moment;
use market::payments::jobs as work;
use market::payments::model::PaymentState;
use market::payments::provider::SignatureError;
use market::payments::rules;
use market::payments::webhooks::{NotReceived, Received, receive};
use platform::crypto::{Key, Signer};
use serde_json::json;

/// Signs as the sandbox does, with the key of these tests or another.
fn signed(id: &str, raw: &[u8], at: Moment, key: u8) -> Vec<(String, String)> {
    let timestamp = at.unix_timestamp().to_string();
    let content = [id.as_bytes(), b".", timestamp.as_bytes(), b".", raw].concat();
    let tag = Signer::new(&Key::from_bytes([key; 32]), "sandbox webhooks").sign(&content);
    // From base64 for addresses, without padding, to the common one.
    let signature = format!("v1,{}=", tag.replace('-', "+").replace('_', "/"));
    [("webhook-id", id.to_owned()), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
        .map(|(n, v)| (n.to_owned(), v))
        .to_vec()
}

fn body(kind: &str, object: &str, id: &str) -> Vec<u8> {
    let data = json!({
        "object": object, "id": id, "reference": uuid::Uuid::from_u128(5), "state": "succeeded",
        "amount": 500, "currency": "EUR"
    });
    json!({"type": kind, "timestamp": "2026-01-01T00:00:00Z", "data": data}).to_string().into_bytes()
}

#[tokio::test]
async fn only_what_the_provider_signed_just_now_comes_in() {
    let shop = Shop::open().await;
    let (raw, now) = (body("payment.succeeded", "payment", "pay_x"), shop.db().now());
    let old = now - time::Duration::minutes(6);
    for (headers, error) in [
        (signed("evt_1", &raw, now, 8), SignatureError::Wrong),
        (signed("evt_1", b"other", now, 7), SignatureError::Wrong),
        (signed("evt_1", &raw, old, 7), SignatureError::OutOfTime),
        (Vec::new(), SignatureError::Missing("webhook-id")),
    ] {
        let refused = receive(shop.db(), shop.provider(), &headers, &raw).await;
        assert!(matches!(&refused, Err(NotReceived::Signature(e)) if *e == error), "{refused:?}");
    }
    assert_eq!(shop.count("select count(*) from provider_events").await, 0);
    assert_eq!(shop.count("select count(*) from jobs").await, 0);
}

#[tokio::test]
async fn the_same_event_twice_is_one() {
    let shop = Shop::open().await;
    let raw = body("payment.succeeded", "payment", "pay_x");
    let headers = signed("evt_1", &raw, shop.db().now(), 7);
    let both = tokio::join!(
        receive(shop.db(), shop.provider(), &headers, &raw),
        receive(shop.db(), shop.provider(), &headers, &raw)
    );
    let mut both = [both.0.unwrap(), both.1.unwrap()];
    both.sort_by_key(|r| *r == Received::Again);
    assert_eq!(both, [Received::New, Received::Again]);
    assert_eq!(shop.count("select count(*) from jobs").await, 1);
    let kept: Vec<u8> =
        sqlx::query_scalar("select raw from provider_events").fetch_one(&shop.town.owner).await.unwrap();
    assert_eq!(kept, raw, "byte by byte");
}

#[tokio::test]
async fn what_nobody_follows_is_kept_and_noted() {
    let shop = Shop::open().await;
    for (id, raw) in [
        ("evt_1", body("payment.succeeded", "payment", "pay_of_somebody_else")),
        ("evt_2", body("refund.succeeded", "refund", "re_of_somebody_else")),
        ("evt_3", body("moon.full", "moon", "luna")),
    ] {
        let headers = signed(id, &raw, shop.db().now(), 7);
        receive(shop.db(), shop.provider(), &headers, &raw).await.unwrap();
    }
    shop.work().await;
    let noted = "select count(*) from provider_events where handled_at is not null and error is not null";
    assert_eq!(shop.count(noted).await, 3);
    assert!(shop.told().await.is_empty());
}

#[tokio::test]
async fn an_event_is_a_hint_and_the_provider_is_asked() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4000000000000002").await;
    let reference = payment.provider_ref.clone().unwrap();
    let lie = body("payment.succeeded", "payment", &reference);
    let headers = signed("evt_lie", &lie, shop.db().now(), 7);
    receive(shop.db(), shop.provider(), &headers, &lie).await.unwrap();
    shop.work().await;
    assert_eq!(shop.found(payment.id).await.state, PaymentState::Failed);
}

#[tokio::test]
async fn an_event_may_overtake_the_answer_that_names_the_payment() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4242424242424242").await;
    // As if the answers to both calls were still under way.
    sqlx::query("update payments set provider_ref = null, state = 'created', version = 1, fee = null")
        .execute(&shop.town.owner)
        .await
        .unwrap();
    shop.work().await;
    let found = shop.found(payment.id).await;
    assert_eq!((found.state, found.fee), (PaymentState::Succeeded, Some(eur(44))));
    assert_eq!(found.provider_ref, payment.provider_ref);
}

#[tokio::test]
async fn a_delivery_that_was_not_noted_is_sent_again_and_does_no_harm() {
    let shop = Shop::open().await;
    shop.paid(eur(500), "4242424242424242").await;
    shop.work().await;
    let event: String = sqlx::query_scalar("update sandbox.events set delivered_at = null returning ref")
        .fetch_one(&shop.town.owner)
        .await
        .unwrap();
    work::deliver(shop.db(), &sandbox(shop.db()), work::Deliver { event }).await.unwrap();
    shop.work().await;
    assert_eq!(shop.count("select count(*) from provider_events").await, 1);
    assert_eq!(shop.told().await, ["payments.succeeded"]);
}

#[tokio::test]
async fn another_amount_is_not_believed() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    rules::ensure_created(shop.db(), shop.provider(), payment.id).await.unwrap();
    sqlx::query("update sandbox.payments set amount = 5").execute(&shop.town.owner).await.unwrap();
    let paid = rules::confirm(shop.db(), shop.provider(), &payment, &card("4242424242424242")).await;
    assert!(paid.is_err(), "{paid:?}");
    assert_eq!(shop.found(payment.id).await.state, PaymentState::Created);
    assert!(shop.told().await.is_empty());
}
