//! What a provider tells, by the door it comes in at.

use super::Street;
use axum::body::Body;
use http::Method;
use serde_json::json;
use testkit::{Answer, Setting, Town, cards};

async fn send_to(town: &Town, path: &str, headers: &[(String, String)], raw: &str) -> Answer {
    let browser = town.visitor();
    let mut request = browser.request(Method::POST, path);
    if headers.is_empty() {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(name.as_str(), value.as_str());
    }
    browser.send(request.body(Body::from(raw.to_owned())).unwrap()).await
}

async fn send(town: &Town, headers: &[(String, String)], raw: &str) -> Answer {
    send_to(town, "/api/v1/webhooks/sandbox", headers, raw).await
}

/// Sends it as the sandbox would.
async fn signed(town: &Town, raw: &str) -> Answer {
    send(town, &town.sim().signed(raw), raw).await
}

fn event(id: &str, kind: &str, reference: &str) -> String {
    json!({ "id": id, "object": "event", "type": kind, "data": { "object": { "id": reference } } })
        .to_string()
}

#[tokio::test]
async fn what_is_signed_is_believed_and_the_rest_is_not() {
    let street = Street::new().await;
    let town = &street.town;
    let raw = event("evt_1", "moon.full", "luna");
    let good = town.sim().signed(&raw);
    let changed = |from: &str, to: &str| -> Vec<(String, String)> {
        let change = |(name, value): &(String, String)| (name.clone(), value.replace(from, to));
        good.iter().map(change).collect()
    };
    let other = Town::set(Setting { sandbox_key: [8; 32], ..Setting::default() }).await;
    for (name, headers, body) in [
        ("another key", other.sim().signed(&raw), raw.as_str()),
        ("another body", good.clone(), "{}"),
        ("another time", changed("t=1", "t=2"), &raw),
        ("another scheme", changed("v1=", "v0="), &raw),
        ("half a signature", changed("v1=", "v1=0"), &raw),
    ] {
        let refused = send(town, &headers, body).await;
        assert_eq!(refused.status(), 400, "{name}: {}", refused.told());
    }
    send(town, &[], &raw).await.problem(400, "webhook-not-believed");
    assert_eq!(town.count("select count(*) from provider_events").await, 0);
    signed(town, &raw).await.is(204);
    signed(town, &raw).await.is(204);
    assert_eq!(town.count("select count(*) from provider_events").await, 1, "the same event twice is one");
    town.clock.advance(time::Duration::seconds(301));
    send(town, &good, &raw).await.is(400);
    town.run_jobs().await;
}

/// Sellers' accounts are told of at a door of their own, with a secret of its own; either opens either.
#[tokio::test]
async fn both_secrets_are_believed_and_a_third_is_not() {
    let street = Street::new().await;
    let town = &street.town;
    let connect = "/api/v1/webhooks/sandbox/connect";
    let raw = event("evt_1", "account.updated", "acct_1");
    send_to(town, connect, &town.sim().signed(&raw), &raw).await.is(204);
    let raw = event("evt_2", "account.updated", "acct_1");
    send_to(town, connect, &town.sim().signed("other"), &raw).await.problem(400, "webhook-not-believed");
    assert_eq!(town.count("select count(*) from provider_events").await, 1);
    // What the simulator itself sends for a seller's account is signed with the other secret.
    let fields = [("country", "DE"), ("capabilities[transfers][requested]", "true")];
    let account = town.sim().asked("POST", "/v1/accounts", &fields).await;
    let wish = json!({ "standing": "active", "bank": "DE89370400440532013000" });
    town.sim().control(&format!("accounts/{}", account["id"].as_str().unwrap()), wish).await;
    town.run_jobs().await;
    assert!(town.count("select count(*) from provider_events where account is not null").await > 0);
}

#[tokio::test]
async fn unknown_kinds_and_strange_bodies_are_noted_and_do_no_harm() {
    let street = Street::new().await;
    let town = &street.town;
    for raw in [
        event("evt_1", "moon.full", "luna"),
        event("evt_2", "payment_intent.succeeded", "pi_of_nobody"),
        event("evt_3", "refund.updated", "re_of_nobody"),
        json!({ "id": "evt_4" }).to_string(),
        json!({ "id": "evt_5", "type": "payment_intent.succeeded", "data": [] }).to_string(),
    ] {
        signed(town, &raw).await.is(204);
    }
    for raw in ["[]", "null", "<html>"] {
        signed(town, raw).await.problem(400, "webhook-not-believed");
    }
    town.run_jobs().await;
    // What speaks of something that we do not know may be ahead of our own note of it, so it is looked at again first.
    assert_eq!(town.count("select count(*) from provider_events where handled_at is null").await, 2);
    for _ in 0..4 {
        town.later(time::Duration::minutes(32)).await;
    }
    assert_eq!(town.count("select count(*) from provider_events where handled_at is null").await, 0);
    assert_eq!(town.count("select count(*) from tickets where kind = 'event_unreadable'").await, 1);
    assert_eq!(town.count("select count(*) from orders").await, 0);
}

/// A provider that lies, or somebody with its key: what is true is looked up, so nothing moves.
#[tokio::test]
async fn an_event_is_a_hint_and_not_the_truth() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let tried = street.ben.pays_by(deal.payment.id, cards::DECLINED).await.unwrap();
    let lie = event("evt_lie", "payment_intent.succeeded", tried.provider_ref.as_deref().unwrap());
    signed(&street.town, &lie).await.is(204);
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
    signed(town, &event("evt_c", "payment_intent.payment_failed", &reference)).await.is(204);
    signed(town, &event("evt_b", "payment_intent.succeeded", &reference)).await.is(204);
    signed(town, &event("evt_a", "payment_intent.processing", &reference)).await.is(204);
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "payment_processing");
    town.later(time::Duration::minutes(1)).await;
    assert_eq!(town.state(deal.order()).await, "paid");
    for id in ["evt_d", "evt_e"] {
        signed(town, &event(id, "payment_intent.processing", &reference)).await.is(204);
        let failed = event(&format!("{id}2"), "payment_intent.payment_failed", &reference);
        signed(town, &failed).await.is(204);
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
