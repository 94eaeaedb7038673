//! What a provider tells, by the door it comes in at.

use super::Street;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::Method;
use platform::crypto::{Key, Signer};
use serde_json::json;
use testkit::{Answer, Town, cards};

/// Signs as the sandbox of a town does (Standard Webhooks), with its key or another.
fn signature(id: &str, at: i64, raw: &str, key: u8) -> String {
    let tag = Signer::new(&Key::from_bytes([key; 32]), "sandbox webhooks")
        .sign(format!("{id}.{at}.{raw}").as_bytes());
    format!("v1,{}", STANDARD.encode(URL_SAFE_NO_PAD.decode(tag).unwrap()))
}

async fn send(town: &Town, headers: &[(&str, &str)], raw: &str) -> Answer {
    let browser = town.visitor();
    let mut request =
        browser.request(Method::POST, "/api/v1/webhooks/sandbox").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::from(raw.to_owned())).unwrap()).await
}

async fn signed(town: &Town, id: &str, raw: &str) -> Answer {
    let at = town.now().unix_timestamp();
    let (stamp, tag) = (at.to_string(), signature(id, at, raw, 7));
    send(town, &[("webhook-id", id), ("webhook-timestamp", &stamp), ("webhook-signature", &tag)], raw).await
}

fn event(kind: &str, reference: &str) -> String {
    let data = json!({ "object": kind.split('.').next(), "id": reference, "reference": uuid::Uuid::from_u128(5),
        "state": kind.split('.').next_back(), "amount": 1_530, "currency": "EUR" });
    json!({ "type": kind, "timestamp": "2026-03-01T12:00:00Z", "data": data }).to_string()
}

#[tokio::test]
async fn what_is_signed_is_believed_and_the_rest_is_not() {
    let street = Street::new().await;
    let town = &street.town;
    let raw = event("payment.succeeded", "pay_1");
    let now = town.now().unix_timestamp();
    let good = signature("evt_1", now, &raw, 7);
    for (name, id, at, tag, body) in [
        ("another key", "evt_1", now, signature("evt_1", now, &raw, 8), raw.as_str()),
        ("another body", "evt_1", now, good.clone(), "{}"),
        ("another id", "evt_2", now, good.clone(), &raw),
        ("another time", "evt_1", now + 1, good.clone(), &raw),
        ("an old one", "evt_1", now - 301, signature("evt_1", now - 301, &raw, 7), &raw),
        ("one from the future", "evt_1", now + 301, signature("evt_1", now + 301, &raw, 7), &raw),
        ("no signature", "evt_1", now, String::new(), &raw),
        ("half a one", "evt_1", now, "v1,".to_owned(), &raw),
        ("another scheme", "evt_1", now, good.replace("v1,", "v2,"), &raw),
    ] {
        let stamp = at.to_string();
        let headers =
            [("webhook-id", id), ("webhook-timestamp", stamp.as_str()), ("webhook-signature", tag.as_str())];
        let refused = send(town, &headers, body).await;
        assert_eq!(refused.status(), 400, "{name}: {}", refused.told());
    }
    send(town, &[], &raw).await.problem(400, "webhook-not-believed");
    assert_eq!(town.count("select count(*) from provider_events").await, 0);
    signed(town, "evt_1", &raw).await.is(204);
    signed(town, "evt_1", &raw).await.is(204);
    assert_eq!(town.count("select count(*) from provider_events").await, 1, "the same event twice is one");
    town.run_jobs().await;
}

#[tokio::test]
async fn unknown_kinds_and_strange_bodies_are_noted_and_do_no_harm() {
    let street = Street::new().await;
    let town = &street.town;
    for (n, raw) in [
        event("moon.full", "luna"),
        event("payment.succeeded", "pay_of_nobody"),
        event("refund.succeeded", "re_of_nobody"),
        json!({ "type": "payment.succeeded" }).to_string(),
        "[]".to_owned(),
        "null".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        signed(town, &format!("evt_{n}"), &raw).await.is(204);
        if n == 0 {
            // A kind that we do not know is no mistake.
            town.run_jobs().await;
        }
    }
    // What cannot be read at all is given up at once and shown to the operator.
    town.gives_up_jobs();
    while town.try_jobs().await.is_err() {
        sqlx::query("update jobs set dead_at = now() where kind = 'payments.handle_event' and lease_until is not null")
            .execute(&town.owner)
            .await
            .unwrap();
    }
    // What speaks of something that we do not know may be ahead of our own note of it, so it is tried again first.
    assert_eq!(town.count("select count(*) from provider_events where handled_at is not null").await, 1);
    assert_eq!(town.count("select count(*) from jobs where dead_at is not null").await, 5);
    assert_eq!(town.count("select count(*) from orders").await, 0);
}

/// A provider that lies, or somebody with its key: what is true is looked up, so nothing moves.
#[tokio::test]
async fn an_event_is_a_hint_and_not_the_truth() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let tried = street.ben.pays_by(deal.payment.id, cards::DECLINED).await.unwrap();
    signed(&street.town, "evt_lie", &event("payment.succeeded", tried.provider_ref.as_deref().unwrap()))
        .await
        .is(204);
    street.town.run_jobs().await;
    assert_eq!(street.town.state(deal.order()).await, "pending_payment");
    assert_eq!(street.held(deal.order()).await, (0, 0, 0));
}

/// Events in the wrong order, late, and again: the order goes where it should.
#[tokio::test]
async fn the_order_of_events_does_not_matter() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let paid = street.ben.pays_by(deal.payment.id, cards::SLOW).await.unwrap();
    let reference = paid.provider_ref.unwrap();
    let town = &street.town;
    signed(town, "evt_c", &event("payment.failed", &reference)).await.is(204);
    signed(town, "evt_b", &event("payment.succeeded", &reference)).await.is(204);
    signed(town, "evt_a", &event("payment.processing", &reference)).await.is(204);
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "payment_processing");
    town.later(time::Duration::minutes(1)).await;
    assert_eq!(town.state(deal.order()).await, "paid");
    for id in ["evt_d", "evt_e"] {
        signed(town, id, &event("payment.processing", &reference)).await.is(204);
        signed(town, &format!("{id}2"), &event("payment.failed", &reference)).await.is(204);
    }
    town.run_jobs().await;
    assert_eq!(
        (town.state(deal.order()).await.as_str(), street.held(deal.order()).await),
        ("paid", (1_530, 0, 0))
    );
}

/// Bodies that are too large or of another provider are refused before they are read.
#[tokio::test]
async fn the_door_is_narrow() {
    let street = Street::new().await;
    let town = &street.town;
    let large = "x".repeat(kernel::limits::BODY_BYTES_MAX + 1);
    send(town, &[], &large).await.is(413);
    let browser = town.visitor();
    let other = browser.request(Method::POST, "/api/v1/webhooks/stripe").body(Body::from("{}")).unwrap();
    browser.send(other).await.problem(404, "not-found");
}
