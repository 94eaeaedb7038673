use super::scene::{Scene, call, scene};
use serde_json::{Value, json};
use time::Duration;

pub const GOOD_BANK: &str = "DE89370400440532013000";

pub async fn transfer(scene: &Scene, to: &str, amount: i64, charge: Option<&str>) -> (u16, Value) {
    let amount = amount.to_string();
    let mut fields = vec![("amount", amount.as_str()), ("currency", "eur"), ("destination", to)];
    fields.extend(charge.map(|charge| ("source_transaction", charge)));
    let answered = scene.ask(call("POST", "/v1/transfers", &fields)).await;
    (answered.status, answered.value())
}

pub async fn payout(scene: &Scene, from: &str, amount: i64) -> (u16, Value) {
    let amount = amount.to_string();
    let answered =
        scene.of(from, "POST", "/v1/payouts", &[("amount", amount.as_str()), ("currency", "eur")]).await;
    (answered.status, answered.value())
}

#[tokio::test]
async fn pending_becomes_available_with_the_clock() {
    let scene = scene().await;
    scene.paid("4242424242424242", 10_570).await;
    assert_eq!(scene.balance("").await, (10_233, 0));
    scene.pass(Duration::days(2) - Duration::seconds(1)).await;
    assert_eq!(scene.balance("").await, (10_233, 0));
    scene.pass(Duration::seconds(1)).await;
    assert_eq!(scene.balance("").await, (0, 10_233));
}

#[tokio::test]
async fn a_refund_takes_from_where_the_payment_is() {
    let scene = scene().await;
    let (payment, _) = scene.paid("4242424242424242", 10_000).await;
    scene.post("/v1/refunds", &[("payment_intent", payment.as_str()), ("amount", "4000")]).await;
    assert_eq!(scene.balance("").await, (10_000 - 320 - 4_000, 0));
}

#[tokio::test]
async fn transfers_need_money_that_is_there_or_a_charge_that_brings_it() {
    let scene = scene().await;
    let seller = scene.seller(GOOD_BANK).await;
    let (_, charge) = scene.paid("4242424242424242", 10_000).await;
    let (status, body) = transfer(&scene, &seller, 5_000, None).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!("balance_insufficient")));
    let (status, made) = transfer(&scene, &seller, 5_000, Some(&charge)).await;
    assert_eq!((status, &made["transfer_group"]), (200, &json!("g1")));
    assert_eq!(
        transfer(&scene, &seller, 5_001, Some(&charge)).await.0,
        400,
        "more than is left of the charge"
    );
    assert_eq!(scene.balance(&seller).await, (5_000, 0), "it waits for the charge's money");
    assert_eq!(payout(&scene, &seller, 5_000).await.0, 400);
    scene.pass(Duration::days(2)).await;
    assert_eq!(transfer(&scene, &seller, 4_680, None).await.0, 200);
    assert_eq!(scene.balance("").await, (0, 0));
    let nobody = scene.post("/v1/accounts", &[("country", "DE")]).await;
    let (status, body) = transfer(&scene, nobody["id"].as_str().unwrap(), 1, Some(&charge)).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!("insufficient_capabilities_for_transfer")));
}

#[tokio::test]
async fn a_transfer_is_taken_back_as_long_as_the_seller_has_it() {
    let scene = scene().await;
    let seller = scene.seller(GOOD_BANK).await;
    let (_, charge) = scene.paid("4242424242424242", 10_000).await;
    let (_, made) = transfer(&scene, &seller, 9_000, Some(&charge)).await;
    scene.pass(Duration::days(2)).await;
    let path = format!("/v1/transfers/{}/reversals", made["id"].as_str().unwrap());
    scene.post(&path, &[("amount", "1000")]).await;
    assert_eq!(payout(&scene, &seller, 7_000).await.0, 200);
    let (_, error) = scene.refused(&path, &[("amount", "1001")]).await;
    assert_eq!(error["code"], "insufficient_funds");
    scene.post(&path, &[("amount", "1000"), ("metadata[n]", "2")]).await;
    let shown = scene.get(&format!("/v1/transfers/{}", made["id"].as_str().unwrap())).await;
    assert_eq!(shown["amount_reversed"], 2_000);
    assert_eq!(shown["reversals"]["data"][0]["metadata"]["n"], "2");
    assert_eq!(scene.balance(&seller).await, (0, 0));
}

#[tokio::test]
async fn payouts_arrive_or_come_back() {
    let scene = scene().await;
    for (bank, status) in [(GOOD_BANK, "paid"), ("000111111116", "failed")] {
        let seller = scene.seller(bank).await;
        let (_, charge) = scene.paid("4242424242424242", 10_000).await;
        transfer(&scene, &seller, 9_000, Some(&charge)).await;
        scene.pass(Duration::days(2)).await;
        let (_, made) = payout(&scene, &seller, 9_000).await;
        assert_eq!((&made["status"], scene.balance(&seller).await), (&json!("pending"), (0, 0)));
        scene.parcels();
        scene.pass(Duration::days(1)).await;
        let path = format!("/v1/payouts/{}", made["id"].as_str().unwrap());
        let shown = scene.of(&seller, "GET", &path, &[]).await.value();
        assert_eq!(shown["status"], status);
        let told = scene.parcels();
        let (endpoint, last) = told.last().unwrap();
        let body: Value = serde_json::from_str(&last.body).unwrap();
        assert_eq!((endpoint.as_str(), &body["account"]), ("connect", &json!(seller)));
        assert_eq!(body["type"], format!("payout.{status}"));
        if status == "failed" {
            assert_eq!(scene.balance(&seller).await, (0, 9_000));
            // Until there is another bank account.
            assert_eq!(payout(&scene, &seller, 9_000).await.0, 400);
            let wish = json!({ "standing": "active", "bank": GOOD_BANK });
            scene.control(&format!("/_sim/accounts/{seller}"), wish).await;
            assert_eq!(payout(&scene, &seller, 9_000).await.0, 200);
        }
    }
}

#[tokio::test]
async fn three_decimals_go_in_tens() {
    let scene = scene().await;
    let (_, error) = scene.refused("/v1/payment_intents", &[("amount", "1234"), ("currency", "kwd")]).await;
    assert_eq!(error["param"], "amount");
    scene.post("/v1/payment_intents", &[("amount", "1230"), ("currency", "kwd")]).await;
    scene.post("/v1/payment_intents", &[("amount", "1234"), ("currency", "jpy")]).await;
    scene.refused("/v1/payment_intents", &[("amount", "1234"), ("currency", "xyz")]).await;
}
