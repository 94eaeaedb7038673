use super::scene::{Scene, scene};
use serde_json::{Value, json};
use simulator::{Asked, Fault, Planned};
use time::Duration;

const MINUTE: Duration = Duration::seconds(60);

async fn good(scene: &Scene, method: &str, path: &str, body: Value) -> Value {
    let answered = scene.json(method, path, &body).await;
    assert!(answered.status < 300, "{method} {path}: {}", answered.body);
    assert_eq!(answered.value()["status"], true);
    answered.value()["data"].clone()
}

/// A payment of so many kobo by a card.
async fn paid(scene: &Scene, reference: &str, number: &str, amount: i64) -> Value {
    let body =
        json!({ "email": "buyer@example.org", "amount": amount, "currency": "NGN", "reference": reference });
    let code = good(scene, "POST", "/transaction/initialize", body).await["access_code"].clone();
    let card = json!({ "code": code, "number": number, "expiry": "12/30", "cvc": "123" });
    scene.json("POST", "/_sim/door/checkout", &card).await.value()["data"].clone()
}

async fn recipient(scene: &Scene, number: &str) -> Value {
    let body = json!({ "type": "nuban", "name": "Ann", "account_number": number, "bank_code": "001", "currency": "NGN" });
    good(scene, "POST", "/transferrecipient", body).await["recipient_code"].clone()
}

async fn available(scene: &Scene) -> Value {
    good(scene, "GET", "/balance", Value::Null).await[0]["balance"].clone()
}

#[tokio::test]
async fn a_payment_is_made_once_for_its_reference() {
    let scene = scene().await;
    let body = json!({ "email": "buyer@example.org", "amount": 500_000, "reference": "r1" });
    good(&scene, "POST", "/transaction/initialize", body.clone()).await;
    let again = scene.json("POST", "/transaction/initialize", &body).await;
    assert_eq!((again.status, &again.value()["message"]), (400, &json!("Duplicate Transaction Reference")));
    let seen = good(&scene, "GET", "/transaction/verify/r1", Value::Null).await;
    assert_eq!((&seen["status"], &seen["paid_at"]), (&json!("abandoned"), &Value::Null));
    let missing = scene.json("GET", "/transaction/verify/r2", &Value::Null).await;
    assert_eq!((missing.status, &missing.value()["status"]), (400, &json!(false)));
}

/// Paystack's library for Node.js sends JSON and says of what kind it is to nobody.
#[tokio::test]
async fn json_is_understood_without_being_announced() {
    let scene = scene().await;
    let body = json!({ "email": "buyer@example.org", "amount": 500_000, "reference": "r1" });
    let mut asked =
        Asked::new("POST", "/transaction/initialize").with_header("authorization", "Bearer sk_test_1");
    asked.body = body.to_string().into_bytes();
    assert_eq!(scene.ask(asked).await.value()["data"]["reference"], "r1");
}

#[tokio::test]
async fn cards_do_the_same_on_the_providers_own_page() {
    let scene = scene().await;
    for (n, (number, status)) in [
        ("4242424242424242", "success"),
        ("4000000000000002", "failed"),
        ("4000000000003220", "ongoing"),
        ("4000000000000077", "pending"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(paid(&scene, &format!("r{n}"), number, 500_000).await["status"], status, "{number}");
    }
    scene.pass(MINUTE).await;
    let seen = good(&scene, "GET", "/transaction/verify/r3", Value::Null).await;
    assert_eq!((&seen["status"], &seen["fees"]), (&json!("success"), &json!(17_500)));
    assert_eq!(scene.heard(), ["charge.success", "charge.success"]);
    let by_number = good(&scene, "GET", &format!("/transaction/{}", seen["id"]), Value::Null).await;
    assert_eq!(by_number["reference"], "r3");
}

#[tokio::test]
async fn the_same_bytes_are_told_again() {
    let scene = scene().await;
    scene.plan(Planned::new(Fault::HookTwice));
    paid(&scene, "r1", "4242424242424242", 500_000).await;
    scene.pass(Duration::ZERO).await;
    let told = scene.parcels();
    assert_eq!((told.len(), &told[0].1.body), (2, &told[1].1.body));
    assert!(
        told[0].1.headers.iter().any(|(name, value)| name == "x-paystack-signature" && value.len() == 128)
    );
}

#[tokio::test]
async fn refunds_have_no_key_and_never_exceed_the_payment() {
    let scene = scene().await;
    paid(&scene, "r1", "4242424242424242", 500_000).await;
    let body = json!({ "transaction": "r1", "amount": 300_000, "merchant_note": "n" });
    let made = good(&scene, "POST", "/refund", body.clone()).await;
    assert_eq!((&made["status"], &made["transaction"]["reference"]), (&json!("pending"), &json!("r1")));
    assert_eq!(scene.json("POST", "/refund", &body).await.status, 400);
    good(&scene, "POST", "/refund", json!({ "transaction": "r1", "amount": 200_000 })).await;
    scene.pass(MINUTE).await;
    let all = good(&scene, "GET", "/refund?transaction=r1", Value::Null).await;
    let states: Vec<&Value> = all.as_array().unwrap().iter().map(|r| &r["status"]).collect();
    assert_eq!(states, [&json!("processed"), &json!("processed")]);
}

#[tokio::test]
async fn a_refund_needs_attention_and_is_paid_to_a_bank() {
    let scene = scene().await;
    paid(&scene, "r1", "4000000000005126", 500_000).await;
    let made = good(&scene, "POST", "/refund", json!({ "transaction": "r1" })).await;
    scene.pass(MINUTE).await;
    let path = format!("/refund/{}", made["id"]);
    assert_eq!(good(&scene, "GET", &path, Value::Null).await["status"], "needs-attention");
    let details = json!({ "refund_account_details":
        { "currency": "NGN", "account_number": "1234567890", "bank_id": "1" } });
    good(&scene, "POST", &format!("/refund/retry_with_customer_details/{}", made["id"]), details).await;
    assert_eq!(good(&scene, "GET", &path, Value::Null).await["status"], "processed");
}

#[tokio::test]
async fn a_transfer_is_made_once_from_what_is_available() {
    let scene = scene().await;
    let to = recipient(&scene, "0123456789").await;
    let body = json!({ "source": "balance", "amount": 100_000, "recipient": to, "reference": "t1", "reason": "Sale" });
    assert_eq!(scene.json("POST", "/transfer", &body).await.status, 400, "nothing is there");
    paid(&scene, "r1", "4242424242424242", 500_000).await;
    scene.pass(Duration::days(1)).await;
    assert_eq!(available(&scene).await, 482_500);
    assert_eq!(good(&scene, "POST", "/transfer", body.clone()).await["status"], "pending");
    assert_eq!(available(&scene).await, 482_500 - 101_000);
    assert_eq!(scene.json("POST", "/transfer", &body).await.status, 400, "the reference is used");
    scene.pass(MINUTE).await;
    assert_eq!(good(&scene, "GET", "/transfer/verify/t1", Value::Null).await["status"], "success");
    let ledger = good(&scene, "GET", "/balance/ledger", Value::Null).await;
    assert_eq!((&ledger[0]["difference"], &ledger[0]["balance"]), (&json!(-101_000), &json!(381_500)));
    assert_eq!((&ledger[1]["difference"], &ledger[1]["balance"]), (&json!(482_500), &json!(482_500)));
}

#[tokio::test]
async fn transfers_fail_and_are_reversed() {
    let scene = scene().await;
    paid(&scene, "r1", "4242424242424242", 500_000).await;
    scene.pass(Duration::days(1)).await;
    for (n, (number, end)) in [("0000001116", "failed"), ("0123456789", "reversed")].into_iter().enumerate() {
        let to = recipient(&scene, number).await;
        scene.plan(Planned::new(Fault::PayoutFailsAfterPaid).on("POST", "/transfer"));
        let body =
            json!({ "source": "balance", "amount": 100_000, "recipient": to, "reference": format!("t{n}") });
        good(&scene, "POST", "/transfer", body).await;
        scene.parcels();
        scene.pass(MINUTE).await;
        scene.pass(MINUTE).await;
        assert_eq!(scene.heard().last(), Some(&format!("transfer.{end}")));
        assert_eq!(available(&scene).await, 482_500, "all of it is back");
    }
}

#[tokio::test]
async fn disputes_are_accepted_declined_and_run_out() {
    for (resolution, says, end, taken) in [
        ("merchant-accepted", "", "merchant-accepted", 500_000),
        ("declined", "winning_evidence", "declined", 0),
        ("declined", "", "merchant-accepted", 500_000),
        ("", "", "merchant-accepted", 500_000),
    ] {
        let scene = scene().await;
        paid(&scene, "r1", "4000000000000259", 500_000).await;
        scene.pass(Duration::days(1)).await;
        let opened = good(&scene, "GET", "/dispute?transaction=r1", Value::Null).await[0].clone();
        assert_eq!(opened["status"], "awaiting-merchant-feedback");
        let id = &opened["id"];
        if resolution.is_empty() {
            scene.pass(Duration::days(3)).await;
            assert!(scene.heard().contains(&"charge.dispute.remind".to_owned()));
        } else {
            let evidence = json!({ "customer_email": "a@example.org", "customer_name": "A", "customer_phone": "1",
                "service_details": format!("Delivered. {says}") });
            let made = good(&scene, "POST", &format!("/dispute/{id}/evidence"), evidence).await;
            let file = good(&scene, "GET", &format!("/dispute/{id}/upload_url"), Value::Null).await;
            let answer = json!({ "resolution": resolution, "message": "See the evidence", "refund_amount": 500_000,
                "uploaded_filename": file["fileName"], "evidence": made["id"] });
            good(&scene, "PUT", &format!("/dispute/{id}/resolve"), answer).await;
            scene.pass(MINUTE).await;
        }
        let closed = good(&scene, "GET", &format!("/dispute/{id}"), Value::Null).await;
        assert_eq!((&closed["status"], &closed["resolution"]), (&json!("resolved"), &json!(end)));
        assert_eq!(available(&scene).await, 482_500 - taken);
    }
}

#[tokio::test]
async fn banks_and_names_of_accounts() {
    let scene = scene().await;
    let banks = good(&scene, "GET", "/bank?currency=GHS", Value::Null).await;
    assert_eq!(banks.as_array().unwrap().len(), 1);
    let path = "/bank/resolve?account_number=0123456789&bank_code=001";
    assert_eq!(good(&scene, "GET", path, Value::Null).await["account_name"], "TEST ACCOUNT");
    assert_eq!(
        scene.json("GET", "/bank/resolve?account_number=1&bank_code=001", &Value::Null).await.status,
        422
    );
}
