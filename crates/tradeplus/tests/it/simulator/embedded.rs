//! What only books that several use at once can get wrong.

use super::scene::{call, scene};
use futures_util::future::join_all;
use simulator::books::{Beyond, Stored, store};
use simulator::due;
use std::collections::BTreeSet;
use time::Duration;
use uuid::Uuid;

const FIELDS: &[(&str, &str)] = &[("amount", "5000"), ("currency", "eur")];

#[tokio::test]
async fn calls_at_once_under_one_key_are_one_payment() {
    let scene = scene().await;
    let asked = || call("POST", "/v1/payment_intents", FIELDS).with_header("idempotency-key", "k");
    let answers = join_all((0..8).map(|_| scene.ask(asked()))).await;
    let ids: BTreeSet<String> =
        answers.iter().filter(|a| a.status == 200).map(|a| a.value()["id"].to_string()).collect();
    assert_eq!(ids.len(), 1);
    assert!(answers.iter().all(|a| matches!(a.status, 200 | 409)));
    assert_eq!(scene.get("/v1/payment_intents").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn refunds_at_once_give_back_no_more_than_was_paid() {
    let scene = scene().await;
    let (_, charge) = scene.paid("4242424242424242", 5_000).await;
    let refund = || call("POST", "/v1/refunds", &[("charge", charge.as_str()), ("amount", "2000")]);
    let answers = join_all((0..6).map(|_| scene.ask(refund()))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 2);
    assert_eq!(scene.get(&format!("/v1/charges/{charge}")).await["amount_refunded"], 4_000);
}

#[tokio::test]
async fn payouts_at_once_send_no_more_than_is_available() {
    let scene = scene().await;
    let seller = scene.seller("DE89370400440532013000").await;
    let (_, charge) = scene.paid("4242424242424242", 5_000).await;
    let fields = [
        ("amount", "4000"),
        ("currency", "eur"),
        ("destination", seller.as_str()),
        ("source_transaction", charge.as_str()),
    ];
    scene.post("/v1/transfers", &fields).await;
    scene.pass(Duration::days(2)).await;
    let ask = || scene.of(&seller, "POST", "/v1/payouts", &[("amount", "3000"), ("currency", "eur")]);
    let answers = join_all((0..6).map(|_| ask())).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
    assert_eq!(scene.balance(&seller).await, (0, 1_000));
}

#[tokio::test]
async fn what_is_due_is_done_once_by_two() {
    let scene = scene().await;
    for _ in 0..5 {
        let payment = scene.begun(5_000).await;
        scene.confirm(&payment, "4000000000000077").await;
    }
    scene.world.advance(Duration::seconds(60));
    let done = join_all((0..2).map(|_| due::run(&scene.world))).await;
    assert_eq!(done.into_iter().map(Result::unwrap).sum::<usize>(), 5);
    let lines = scene.get("/v1/balance_transactions").await;
    assert_eq!(lines["data"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn cards_of_a_payer_are_copied_and_forgotten() {
    let town = testkit::Town::new().await;
    let db = town.db.clone();
    let scene = super::asking::scene_on(std::sync::Arc::new(Stored::new(db.clone())), Box::new(town));
    let ours = Uuid::from_u128(7);
    let text = ours.to_string();
    let fields = [("amount", "5000"), ("currency", "eur"), ("metadata[payment]", text.as_str())];
    let payment = scene.post("/v1/payment_intents", &fields).await["id"].as_str().unwrap().to_owned();
    scene.confirm(&payment, "4242424242424242").await;
    let cards = store::cards_of(&mut db.read().await.unwrap(), &[ours]).await.unwrap();
    assert_eq!((cards.len(), &cards[0]["last4"]), (1, &"4242".into()));
    let mut tx = db.begin().await.unwrap();
    store::forget_cards(&mut tx, &[ours]).await.unwrap();
    tx.commit().await.unwrap();
    let mut page = scene.books.open().await.unwrap();
    for kind in ["payment_intent", "charge", "event"] {
        for object in page.newest(kind, "", Beyond::Newest, 100).await.unwrap() {
            assert!(!object.body.to_string().contains("last4"), "{kind}: {}", object.body);
        }
    }
}
