//! Buying by the API.

use http::Method;
use market::listings::model::Listing;
use serde_json::{Value, json};
use testkit::{Answer, Person, Town, cards};

fn purchase(lines: &[(&Listing, i64)]) -> Value {
    let items: Vec<Value> = lines.iter().map(|(l, n)| json!({ "listing_id": l.id, "quantity": n })).collect();
    let address = json!({ "name": "Ben", "line1": "12 Garden Street", "postcode": "10115", "town": "Berlin", "country": "DE" });
    json!({ "items": items, "delivery": { "method": "ship", "address": address } })
}

fn card(number: &str) -> Option<Value> {
    Some(json!({ "card": { "number": number, "exp_month": 12, "exp_year": 2060, "cvc": "123" } }))
}

fn id(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().unwrap_or_else(|| panic!("{pointer}: {}", answer.told())).to_owned()
}

async fn place(who: &Person, body: Value) -> Answer {
    who.api(Method::POST, "/orders", Some(body)).await
}

async fn step(who: &Person, order: &str, transition: &str) -> Answer {
    who.api(Method::POST, &format!("/orders/{order}/transitions"), Some(json!({ "transition": transition })))
        .await
}

#[tokio::test]
async fn several_sellers_one_payment_one_order_each() {
    let town = Town::new().await;
    let (ann, abe, ben) = (town.person("Ann").await, town.person("Abe").await, town.person("Ben").await);
    let (lamp, vase) =
        (ann.listing("Lamp").live().await, abe.listing("Vase").price(9_900).quantity(3).live().await);
    let placed = place(&ben, purchase(&[(&lamp, 1), (&vase, 2)])).await.is(201);
    assert_eq!(placed.at("/orders").as_array().unwrap().len(), 2);
    assert_eq!(placed.at("/payment/next_action"), json!("confirm"));
    let sum: i64 = placed
        .at("/orders")
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["amounts"]["total"]["amount"].as_i64().unwrap())
        .sum();
    assert_eq!(placed.at("/payment/amount"), json!({ "amount": sum, "currency": "EUR" }));
    let payment = id(&placed, "/payment/id");
    let paid =
        ben.api(Method::POST, &format!("/payments/{payment}/confirm"), card(cards::GOOD)).await.is(200);
    assert_eq!(paid.at("/state"), json!("succeeded"));
    let states: Vec<Value> =
        paid.at("/orders").as_array().unwrap().iter().map(|o| o["state"].clone()).collect();
    assert_eq!(states, [json!("paid"), json!("paid")]);
    let sales = ann.api(Method::GET, "/orders?side=seller", None).await.is(200);
    assert_eq!(sales.at("/items").as_array().unwrap().len(), 1, "each sees their own");
}

#[tokio::test]
async fn refusals_have_codes() {
    let town = Town::new().await;
    let (ann, ben, nell) = (town.person("Ann").await, town.person("Ben").await, town.newcomer("Nell").await);
    let lamp = ann.listing("Lamp").live().await;
    let rug = ann.listing("Rug").currency("USD").live().await;
    let swap = ann.listing("Swap").barter("A rug.").live().await;
    place(&ann, purchase(&[(&lamp, 1)])).await.problem(409, "own-listing");
    place(&nell, purchase(&[(&lamp, 1)])).await.problem(409, "verify-first");
    place(&ben, purchase(&[(&lamp, 1), (&rug, 1)])).await.problem(409, "mixed-currencies");
    place(&ben, purchase(&[(&swap, 1)])).await.problem(409, "not-for-sale");
    place(&ben, purchase(&[(&lamp, 2)])).await.problem(409, "sold-out");
    for (body, pointers) in [
        (purchase(&[]), vec!["/items"]),
        (purchase(&[(&lamp, 0)]), vec!["/items/0/quantity"]),
        (purchase(&[(&lamp, 1), (&lamp, 1)]), vec!["/items"]),
        (
            json!({ "items": [{ "listing_id": "x" }], "delivery": { "method": "meet" } }),
            vec!["/items/0/listing_id"],
        ),
        (
            json!({ "items": [{ "listing_id": lamp.id }], "delivery": { "method": "meet" } }),
            vec!["/delivery/method"],
        ),
        (
            json!({ "items": [{ "listing_id": lamp.id }], "delivery": { "method": "drone" } }),
            vec!["/delivery/method"],
        ),
        (
            json!({ "items": [{ "listing_id": lamp.id }], "delivery": { "method": "ship" } }),
            vec!["/delivery/address"],
        ),
        (
            json!({ "items": [], "delivery": { "method": "ship", "address": {} } }),
            vec![
                "/delivery/address/name",
                "/delivery/address/line1",
                "/delivery/address/postcode",
                "/delivery/address/town",
                "/delivery/address/country",
            ],
        ),
    ] {
        assert_eq!(place(&ben, body.clone()).await.problem(422, "fields").pointers(), pointers, "{body}");
    }
    assert_eq!(town.count("select count(*) from orders").await, 0);
    let first = place(&ben, purchase(&[(&lamp, 1)])).await.is(201);
    place(&town.person("Eve").await, purchase(&[(&lamp, 1)])).await.problem(409, "sold-out");
    step(&ben, &id(&first, "/orders/0/id"), "abandon").await.is(200);
    town.run_jobs().await;
}

#[tokio::test]
async fn steps_are_offered_taken_and_refused_when_stale() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let order = deal.order().to_string();
    let offered = ann.api(Method::GET, &format!("/orders/{order}/transitions"), None).await.is(200);
    let names: Vec<String> = offered
        .at("/items")
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["transition"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["ship", "cancel_by_seller"]);
    assert_eq!(offered.at("/silence/transition"), json!("auto_cancel_unshipped"));
    assert_eq!(offered.at("/silence/at"), json!("2026-03-06T12:00:01Z"));
    step(&ann, &order, "ship").await.is(200);
    for stale in ["ship", "cancel_by_seller", "checkout", "payment_succeeded", "auto_complete", "steal", ""] {
        step(&ann, &order, stale).await.problem(409, "order-step");
    }
    for who in [&eve] {
        step(who, &order, "confirm_early").await.problem(404, "not-found");
        who.api(Method::GET, &format!("/orders/{order}"), None).await.problem(404, "not-found");
        who.api(Method::GET, &format!("/orders/{order}/transitions"), None).await.problem(404, "not-found");
        who.api(Method::GET, &format!("/payments/{}", deal.payment.id), None).await.problem(404, "not-found");
        who.api(Method::POST, &format!("/payments/{}/confirm", deal.payment.id), card(cards::GOOD))
            .await
            .problem(404, "not-found");
    }
    ann.api(Method::GET, &format!("/payments/{}", deal.payment.id), None).await.problem(404, "not-found");
    step(&ben, &order, "confirm_early").await.is(200);
    assert_eq!(
        ann.api(Method::GET, &format!("/orders/{order}"), None).await.at("/state"),
        json!("completed")
    );
}

#[tokio::test]
async fn cards_are_checked_tried_and_asked_for() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let confirm = format!("/payments/{}/confirm", deal.payment.id);
    let wrong =
        json!({ "card": { "number": "4242424242424241", "exp_month": 13, "exp_year": 2020, "cvc": "x" } });
    let told = ben.api(Method::POST, &confirm, Some(wrong)).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/card/number", "/card/exp_month", "/card/cvc"]);
    assert!(!told.text().contains("4242424242424241"));
    let declined = ben.api(Method::POST, &confirm, card(cards::DECLINED)).await.is(200);
    assert_eq!(
        (declined.at("/state"), declined.at("/failure/code")),
        (json!("failed"), json!("card_declined"))
    );
    let asked = ben.api(Method::POST, &confirm, card(cards::ASKS)).await.is(200);
    assert_eq!(
        (asked.at("/state"), asked.at("/next_action")),
        (json!("requires_action"), json!("challenge"))
    );
    let challenge = format!("/payments/{}/challenge", deal.payment.id);
    let failed = ben.api(Method::POST, &challenge, Some(json!({ "passed": false }))).await.is(200);
    assert_eq!(failed.at("/failure/code"), json!("authentication_failed"));
    ben.api(Method::POST, &challenge, Some(json!({ "passed": true })))
        .await
        .problem(409, "payment-no-question");
    ben.api(Method::POST, &confirm, card(cards::GOOD)).await.is(200);
    ben.api(Method::POST, &confirm, card(cards::GOOD)).await.problem(409, "payment-paid");
    town.run_jobs().await;
}

/// Twenty clients with one key, or with none, press at once: one payment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_confirmed_at_once_is_confirmed_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, std::sync::Arc::new(town.person("Ben").await));
    ben.access_token().await;
    for key in [Some("one-key"), None] {
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        let path = format!("/payments/{}/confirm", deal.payment.id);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (ben, path) = (std::sync::Arc::clone(&ben), path.clone());
            tasks.spawn(async move {
                let headers: Vec<(&str, &str)> = key.iter().map(|k| ("idempotency-key", *k)).collect();
                ben.api_with(Method::POST, &path, card(cards::GOOD), &headers).await.status()
            });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(|s| matches!(s, 200 | 409)) && answers.contains(&200), "{answers:?}");
        town.run_jobs().await;
        assert_eq!(town.state(deal.order()).await, "paid");
    }
    assert_eq!(town.count("select count(*) from events where kind = 'payments.succeeded'").await, 2);
}
