//! The door through which providers tell us things.

use super::inbox::event;
use super::{Shop, card, eur};
use market::payments::model::PaymentState;
use market::payments::provider::SignatureError;
use market::payments::webhooks::{NotReceived, Received, receive};
use market::payments::{Provider, rules};
use serde_json::{Value, json};
use simulator::{Fault, Planned};
use time::Duration;

fn provider(shop: &Shop) -> &dyn Provider {
    shop.providers().named("sandbox").unwrap()
}

fn about_nobody() -> Value {
    event("evt_1", "payment_intent.succeeded", &json!({ "id": "pi_x" }))
}

#[tokio::test]
async fn only_what_the_provider_signed_just_now_comes_in() {
    let shop = Shop::open().await;
    let raw = about_nobody().to_string();
    let headers = shop.town.sim().signed(&raw);
    let other = shop.town.sim().signed("other");
    for (headers, error) in
        [(other, SignatureError::Wrong), (Vec::new(), SignatureError::Missing("stripe-signature"))]
    {
        let refused = receive(shop.db(), provider(&shop), &headers, raw.as_bytes()).await;
        assert!(matches!(&refused, Err(NotReceived::Signature(e)) if *e == error), "{refused:?}");
    }
    shop.town.clock.advance(Duration::minutes(6));
    let late = receive(shop.db(), provider(&shop), &headers, raw.as_bytes()).await;
    assert!(matches!(late, Err(NotReceived::Signature(SignatureError::OutOfTime))), "{late:?}");
    assert_eq!(shop.count("select count(*) from provider_events").await, 0);
    assert_eq!(shop.count("select count(*) from jobs").await, 0);
}

#[tokio::test]
async fn the_same_event_twice_is_one() {
    let shop = Shop::open().await;
    let raw = about_nobody().to_string();
    let headers = shop.town.sim().signed(&raw);
    let both = tokio::join!(
        receive(shop.db(), provider(&shop), &headers, raw.as_bytes()),
        receive(shop.db(), provider(&shop), &headers, raw.as_bytes())
    );
    let mut both = [both.0.unwrap(), both.1.unwrap()];
    both.sort_by_key(|r| *r == Received::Again);
    assert_eq!(both, [Received::New, Received::Again]);
    assert_eq!(shop.count("select count(*) from jobs").await, 1);
    let kept: Vec<u8> =
        sqlx::query_scalar("select raw from provider_events").fetch_one(&shop.town.owner).await.unwrap();
    assert_eq!(kept, raw.as_bytes(), "byte by byte");
}

/// It may be ahead of our own note of what it is about: for an hour it is looked at again.
#[tokio::test]
async fn what_nobody_knows_is_kept_and_noted_after_an_hour() {
    let shop = Shop::open().await;
    for (id, kind, object) in [
        ("evt_1", "payment_intent.succeeded", json!({ "id": "pi_of_somebody_else" })),
        ("evt_2", "refund.updated", json!({ "id": "re_of_somebody_else" })),
        ("evt_3", "moon.full", json!({ "id": "luna" })),
    ] {
        let raw = event(id, kind, &object).to_string();
        let headers = shop.town.sim().signed(&raw);
        receive(shop.db(), provider(&shop), &headers, raw.as_bytes()).await.unwrap();
    }
    shop.work().await;
    let noted = "select count(*) from provider_events where handled_at is not null and error is not null";
    assert_eq!(shop.count(noted).await, 1);
    for _ in 0..8 {
        shop.town.clock.advance(Duration::minutes(32));
        shop.work().await;
    }
    assert_eq!(shop.count(noted).await, 3);
    assert!(shop.told().await.is_empty());
}

#[tokio::test]
async fn an_event_is_a_hint_and_the_provider_is_asked() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4000000000000002").await;
    let lie =
        event("evt_lie", "payment_intent.succeeded", &json!({ "id": payment.provider_ref })).to_string();
    let headers = shop.town.sim().signed(&lie);
    receive(shop.db(), provider(&shop), &headers, lie.as_bytes()).await.unwrap();
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
    sqlx::query("delete from jobs").execute(&shop.town.owner).await.unwrap();
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
    shop.town.sim().delivers_again().await;
    shop.work().await;
    assert_eq!(shop.count("select count(*) from provider_events").await, 1);
    assert_eq!(shop.told().await, ["payments.succeeded"]);
}

#[tokio::test]
async fn events_that_come_badly_signed_or_twice_arrive_once() {
    let shop = Shop::open().await;
    let sim = shop.town.sim();
    sim.plan(Planned::new(Fault::HookBadlySigned).of("payment_intent.*"));
    sim.plan(Planned::new(Fault::HookTwice).of("payment_intent.*"));
    shop.paid(eur(500), "4242424242424242").await;
    shop.work().await;
    assert_eq!(shop.count("select count(*) from provider_events").await, 0, "a third secret is not believed");
    shop.town.clock.advance(Duration::minutes(1));
    shop.work().await;
    assert_eq!(shop.count("select count(*) from provider_events").await, 1);
    assert_eq!(shop.told().await, ["payments.succeeded"]);
}

#[tokio::test]
async fn another_amount_is_not_believed() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap();
    sqlx::query(
        "update sandbox.objects set body = jsonb_set(body, '{amount}', '5') where kind = 'payment_intent'",
    )
    .execute(&shop.town.owner)
    .await
    .unwrap();
    let paid = rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await;
    assert!(paid.is_err(), "{paid:?}");
    assert_eq!(shop.found(payment.id).await.state, PaymentState::Created);
    assert!(shop.told().await.is_empty());
}
