use super::scene::{call, scene};

const FIELDS: &[(&str, &str)] = &[("amount", "5000"), ("currency", "eur")];

#[tokio::test]
async fn a_key_in_flight_is_409() {
    let scene = scene().await;
    let asked = || call("POST", "/v1/payment_intents", FIELDS).with_header("idempotency-key", "k");
    // Nobody gets to the books as long as this page is open.
    let page = scene.books.open().await.unwrap();
    let world = scene.world.clone();
    let first = tokio::spawn(async move { simulator::answer(&world, asked()).await });
    tokio::task::yield_now().await;
    let second = scene.ask(asked()).await;
    assert_eq!((second.status, &second.value()["error"]["code"]), (409, &"idempotency_key_in_use".into()));
    drop(page);
    let first = first.await.unwrap();
    assert_eq!(first.status, 200);
    assert_eq!(scene.ask(asked()).await.value()["id"], first.value()["id"]);
}
