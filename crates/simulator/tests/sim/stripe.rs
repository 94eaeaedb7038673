use super::scene::{Scene, call, scene};
use serde_json::{Value, json};
use simulator::books::{Due, Object};
use time::Duration;
use uuid::Uuid;

const MINUTE: Duration = Duration::seconds(60);

#[tokio::test]
async fn cards_do_what_they_are_known_for() {
    let scene = scene().await;
    for (number, status, code) in [
        ("4242 4242 4242 4242", "succeeded", Value::Null),
        ("4000 0000 0000 0002", "requires_payment_method", json!("generic_decline")),
        ("4000 0000 0000 9995", "requires_payment_method", json!("insufficient_funds")),
        ("4111 1111 1111 1111", "requires_payment_method", json!("test_mode_live_card")),
        ("4000 0000 0000 3220", "requires_action", Value::Null),
        ("4000 0027 6000 3184", "requires_action", Value::Null),
        ("4000 0000 0000 0077", "processing", Value::Null),
        ("4000 0000 0000 0341", "processing", Value::Null),
    ] {
        let payment = scene.begun(5_000).await;
        let shown = scene.confirm(&payment, number).await;
        assert_eq!(shown["status"], status, "{number}");
        assert_eq!(shown["last_payment_error"]["decline_code"], code, "{number}");
        scene.pass(MINUTE).await;
        let settled = match number {
            "4000 0000 0000 0077" => "succeeded",
            "4000 0000 0000 0341" => "requires_payment_method",
            _ => status,
        };
        assert_eq!(scene.get(&format!("/v1/payment_intents/{payment}")).await["status"], settled, "{number}");
    }
}

#[tokio::test]
async fn a_decline_can_be_followed_by_another_card() {
    let scene = scene().await;
    let payment = scene.begun(5_000).await;
    let path = format!("/v1/payment_intents/{payment}/confirm");
    let (status, error) = scene.refused(&path, &[("payment_method", "pm_card_visa_chargeDeclined")]).await;
    assert_eq!(
        (status, &error["type"], &error["code"]),
        (402, &json!("card_error"), &json!("card_declined"))
    );
    let first = error["payment_intent"]["latest_charge"].clone();
    let paid = scene.post(&path, &[("payment_method", "pm_card_visa")]).await;
    assert_eq!((&paid["status"], &paid["last_payment_error"]), (&json!("succeeded"), &Value::Null));
    assert_ne!(paid["latest_charge"], first);
    let (_, error) = scene.refused(&path, &[("payment_method", "pm_card_visa")]).await;
    assert_eq!(error["code"], "payment_intent_unexpected_state");
    scene.pass(Duration::ZERO).await;
    let expected = [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "charge.succeeded",
        "payment_intent.succeeded",
    ];
    assert_eq!(scene.heard(), expected);
}

#[tokio::test]
async fn a_bank_asks_on_its_own_page_and_sends_back() {
    let scene = scene().await;
    let payment = scene.begun(5_000).await;
    let path = format!("/v1/payment_intents/{payment}/confirm");
    let fields =
        [("payment_method", "pm_card_threeDSecure2Required"), ("return_url", "http://shop.test/back?a=1")];
    let asks = scene.post(&path, &fields).await;
    let url = asks["next_action"]["redirect_to_url"]["url"].as_str().unwrap();
    let page = scene.ask(call("GET", url.strip_prefix("http://sim.test").unwrap(), &[])).await;
    assert!(page.body.contains("50.00 EUR") && !page.body.contains("<script"), "{}", page.body);
    let answer = [("payment", payment.as_str()), ("passed", "true")];
    let sent = scene.ask(call("POST", "/_sim/door/challenge", &answer)).await;
    let to = &sent.headers.iter().find(|(name, _)| name == "location").unwrap().1;
    assert!(to.starts_with("http://shop.test/back?a=1&payment_intent=pi_"), "{to}");
    assert!(to.ends_with("redirect_status=succeeded"), "{to}");
    assert_eq!(scene.get(&format!("/v1/payment_intents/{payment}")).await["status"], "succeeded");
}

#[tokio::test]
async fn browsers_pay_with_the_public_key_and_their_own_payment_only() {
    let scene = scene().await;
    let shown = scene.post("/v1/payment_intents", &[("amount", "5000"), ("currency", "eur")]).await;
    let path = format!("/v1/payment_intents/{}/confirm", shown["id"].as_str().unwrap());
    let ask = |secret: &str| {
        let fields = [
            ("client_secret", secret),
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][number]", "4242424242424242"),
        ];
        let mut asked = call("POST", &path, &fields);
        asked.headers.retain(|(name, _)| name != "authorization");
        asked.with_header("authorization", "Bearer pk_test_1")
    };
    assert_eq!(scene.ask(ask("somebody else's")).await.status, 404);
    let paid = scene.ask(ask(shown["client_secret"].as_str().unwrap())).await;
    assert_eq!((paid.status, &paid.value()["status"]), (200, &json!("succeeded")));
    let script = scene.ask(call("GET", "/v3/", &[])).await;
    assert!(script.body.contains("window.Stripe"));
}

#[tokio::test]
async fn over_refunds_are_refused() {
    let scene = scene().await;
    let (payment, charge) = scene.paid("4242424242424242", 5_000).await;
    let refund = |amount: &'static str| [("payment_intent", payment.clone()), ("amount", amount.to_owned())];
    for (amount, status) in [("1000", 200), ("4001", 400), ("4000", 200), ("1", 400)] {
        let fields = refund(amount);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(scene.ask(call("POST", "/v1/refunds", &fields)).await.status, status, "{amount}");
    }
    let charge = scene.get(&format!("/v1/charges/{charge}")).await;
    assert_eq!((&charge["amount_refunded"], &charge["refunded"]), (&json!(5_000), &json!(true)));
    assert_eq!(
        scene.get(&format!("/v1/refunds?payment_intent={payment}")).await["data"].as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn refunds_take_their_time_and_fail() {
    let scene = scene().await;
    for (number, end) in [("4000000000007726", "succeeded"), ("4000000000005126", "failed")] {
        let (payment, charge) = scene.paid(number, 5_000).await;
        let refund = scene.post("/v1/refunds", &[("payment_intent", payment.as_str())]).await;
        assert_eq!(refund["status"], "pending");
        scene.pass(MINUTE).await;
        let id = refund["id"].as_str().unwrap();
        assert_eq!(scene.get(&format!("/v1/refunds/{id}")).await["status"], end);
        let left = if end == "failed" { 0 } else { 5_000 };
        assert_eq!(scene.get(&format!("/v1/charges/{charge}")).await["amount_refunded"], left);
    }
    let heard = scene.heard();
    assert_eq!(heard.iter().filter(|kind| *kind == "refund.failed").count(), 1);
}

#[tokio::test]
async fn things_stand_in_the_place_of_their_ids() {
    let scene = scene().await;
    let (payment, _) = scene.paid("4242424242424242", 10_570).await;
    let path = format!("/v1/payment_intents/{payment}?expand[]=latest_charge.balance_transaction");
    let line = scene.get(&path).await["latest_charge"]["balance_transaction"].clone();
    assert_eq!((&line["fee"], &line["net"], &line["type"]), (&json!(337), &json!(10_233), &json!("charge")));
    let lines = scene.get("/v1/balance_transactions?expand[]=data.source").await;
    assert_eq!(lines["data"][0]["source"]["object"], "charge");
}

#[tokio::test]
async fn evidence_and_taxes() {
    let scene = scene().await;
    let body = "--b\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n--b\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"proof.pdf\"\r\n\r\n%PDF-1.7\r\n--b--\r\n";
    let asked = simulator::Asked::new("POST", "/v1/files").with_body("multipart/form-data; boundary=b", body);
    let file = scene.ask(asked.with_header("authorization", "Bearer sk_test_1")).await.value();
    assert_eq!((&file["size"], &file["type"]), (&json!(8), &json!("pdf")));
    let tax = scene
        .post(
            "/v1/tax/calculations",
            &[
                ("currency", "eur"),
                ("customer_details[address][country]", "DE"),
                ("line_items[0][amount]", "1000"),
                ("line_items[1][amount]", "1190"),
                ("line_items[1][tax_behavior]", "inclusive"),
            ],
        )
        .await;
    assert_eq!((&tax["tax_amount_exclusive"], &tax["tax_amount_inclusive"]), (&json!(190), &json!(190)));
    assert_eq!(tax["amount_total"], 2_380);
    assert!(tax["line_items"]["data"][0]["tax_breakdown"].is_null(), "it was not asked for");
    let to_america = [
        ("currency", "usd"),
        ("customer_details[address][country]", "US"),
        ("line_items[0][amount]", "1000"),
        ("expand[0]", "line_items.data.tax_breakdown"),
    ];
    let (_, error) = scene.refused("/v1/tax/calculations", &to_america).await;
    assert_eq!(error["code"], "customer_tax_location_invalid");
    let found = [to_america.as_slice(), &[("customer_details[address][postal_code]", "90001")]].concat();
    let line = scene.post("/v1/tax/calculations", &found).await["line_items"]["data"][0].clone();
    assert_eq!(line["tax_breakdown"][0]["tax_rate_details"]["percentage_decimal"], "8.00");
    let fields = [("calculation", tax["id"].as_str().unwrap()), ("reference", "order 1")];
    let made = scene.post("/v1/tax/transactions/create_from_calculation", &fields).await;
    let (_, error) = scene.refused("/v1/tax/transactions/create_from_calculation", &fields).await;
    assert_eq!(error["code"], "reference_already_used");
    let fields =
        [("mode", "full"), ("original_transaction", made["id"].as_str().unwrap()), ("reference", "refund 1")];
    let back = scene.post("/v1/tax/transactions/create_reversal", &fields).await;
    assert_eq!(back["line_items"]["data"][0]["amount_tax"], -190);
}

/// A thing as the migration writes what the sandbox before this one kept.
async fn kept(scene: &Scene, kind: &str, parent: Option<&str>, body: Value) {
    let object = Object {
        kind: kind.to_owned(),
        id: body["id"].as_str().unwrap().to_owned(),
        account: String::new(),
        parent: parent.map(str::to_owned),
        tag: None,
        ours: Some(Uuid::from_u128(1)),
        body,
        created_at: scene.world.now(),
        seq: 0,
    };
    let mut page = scene.books.open().await.unwrap();
    page.put(&object).await.unwrap();
    page.commit().await.unwrap();
}

#[tokio::test]
async fn what_the_sandbox_before_this_one_kept_is_understood() {
    let scene = scene().await;
    let paid = json!({ "id": "pay_1", "object": "payment_intent", "amount": 5_000, "currency": "eur", "status": "succeeded",
        "created": 1, "metadata": { "payment": Uuid::from_u128(1) }, "latest_charge": "ch_1" });
    let charge = json!({ "id": "ch_1", "object": "charge", "amount": 5_000, "amount_refunded": 1_000, "currency": "eur",
        "payment_intent": "pay_1", "status": "succeeded", "paid": true, "created": 1, "fee": 175,
        "behaviour": "refund_later", "card": { "brand": "visa", "last4": "7726" } });
    let refund = json!({ "id": "re_1", "object": "refund", "amount": 1_000, "currency": "eur", "payment_intent": "pay_1",
        "status": "pending", "metadata": { "refund": Uuid::from_u128(2) }, "created": 1 });
    let waits = json!({ "id": "pay_2", "object": "payment_intent", "amount": 12_000, "currency": "jpy",
        "status": "processing", "created": 1, "metadata": { "payment": Uuid::from_u128(3) } });
    kept(&scene, "payment_intent", None, paid).await;
    kept(&scene, "charge", Some("pay_1"), charge).await;
    kept(&scene, "refund", Some("pay_1"), refund).await;
    kept(&scene, "payment_intent", None, waits).await;
    let mut page = scene.books.open().await.unwrap();
    for (what, id) in [("settle_payment", "pay_2"), ("settle_refund", "re_1")] {
        let due = Due { at: scene.world.now(), what: what.to_owned(), id: id.to_owned() };
        page.add_due(&due).await.unwrap();
    }
    page.commit().await.unwrap();
    scene.pass(Duration::ZERO).await;
    assert_eq!(scene.get("/v1/refunds/re_1").await["status"], "succeeded");
    assert_eq!(scene.get("/v1/payment_intents/pay_2").await["status"], "succeeded");
    let shown = scene.get("/v1/payment_intents/pay_1?expand[]=latest_charge").await;
    assert_eq!(shown["latest_charge"]["payment_method_details"]["card"]["last4"], "7726");
    scene.post("/v1/refunds", &[("payment_intent", "pay_1")]).await;
    assert_eq!(scene.get("/v1/charges/ch_1").await["amount_refunded"], 5_000);
}
