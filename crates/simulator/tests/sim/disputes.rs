use super::scene::{Scene, scene};
use serde_json::{Value, json};
use time::Duration;

const MINUTE: Duration = Duration::seconds(60);

async fn dispute(scene: &Scene) -> Value {
    scene.get("/v1/disputes").await["data"][0].clone()
}

fn path(dispute: &Value) -> String {
    format!("/v1/disputes/{}", dispute["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_dispute_walks_its_states() {
    for (text, status, back) in [("winning_evidence", "won", 10_000), ("losing_evidence", "lost", 0)] {
        let scene = scene().await;
        let (payment, charge) = scene.paid("4000000000000259", 10_000).await;
        assert_eq!(dispute(&scene).await, Value::Null);
        scene.pass(MINUTE).await;
        let opened = dispute(&scene).await;
        assert_eq!((&opened["status"], &opened["charge"]), (&json!("needs_response"), &json!(charge)));
        let line = &opened["balance_transactions"][0];
        assert_eq!(
            (&line["amount"], &line["fee"], &line["type"]),
            (&json!(-10_000), &json!(2_000), &json!("adjustment"))
        );
        let (_, error) = scene.refused("/v1/refunds", &[("payment_intent", payment.as_str())]).await;
        assert_eq!(error["code"], "charge_disputed", "it would be paid back twice");
        // Staged, then sent.
        let fields = [("evidence[product_description]", "A lamp"), ("submit", "false")];
        assert_eq!(scene.post(&path(&opened), &fields).await["status"], "needs_response");
        let fields = [("evidence[uncategorized_text]", text)];
        let sent = scene.post(&path(&opened), &fields).await;
        assert_eq!(
            (&sent["status"], &sent["evidence_details"]["submission_count"]),
            (&json!("under_review"), &json!(1))
        );
        let (_, error) = scene.refused(&path(&opened), &fields).await;
        assert_eq!(error["code"], "dispute_not_open");
        scene.pass(MINUTE).await;
        let closed = dispute(&scene).await;
        assert_eq!(closed["status"], status);
        let (pending, available) = scene.balance("").await;
        assert_eq!(pending + available, 10_000 - 320 - 12_000 + back, "the fee is kept");
        let heard = scene.heard();
        let told: Vec<&str> = heard.iter().filter_map(|kind| kind.strip_prefix("charge.dispute.")).collect();
        let mut expected = vec!["created", "funds_withdrawn", "updated", "updated", "closed"];
        expected.extend((back > 0).then_some("funds_reinstated"));
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn an_inquiry_moves_no_money_until_it_becomes_a_chargeback() {
    let scene = scene().await;
    let (payment, _) = scene.paid("4000000000001976", 10_000).await;
    scene.pass(MINUTE).await;
    let asked = dispute(&scene).await;
    assert_eq!(
        (&asked["status"], asked["balance_transactions"].as_array().unwrap().len()),
        (&json!("warning_needs_response"), 0)
    );
    scene.post("/v1/refunds", &[("payment_intent", payment.as_str()), ("amount", "1")]).await;
    scene.pass(Duration::days(14)).await;
    let taken = dispute(&scene).await;
    assert_eq!(
        (&taken["status"], taken["balance_transactions"].as_array().unwrap().len()),
        (&json!("needs_response"), 1)
    );
    assert!(taken["evidence_details"]["due_by"].as_i64() > asked["evidence_details"]["due_by"].as_i64());
    scene.pass(Duration::days(14)).await;
    assert_eq!(dispute(&scene).await["status"], "lost", "nobody answered");
}

#[tokio::test]
async fn an_inquiry_is_closed_by_an_answer() {
    let scene = scene().await;
    scene.paid("4000000000001976", 10_000).await;
    scene.pass(MINUTE).await;
    let asked = dispute(&scene).await;
    let fields = [("evidence[uncategorized_text]", "winning_evidence")];
    assert_eq!(scene.post(&path(&asked), &fields).await["status"], "warning_under_review");
    scene.pass(MINUTE).await;
    assert_eq!(dispute(&scene).await["status"], "warning_closed");
    assert_eq!(scene.balance("").await.0, 9_680);
}

#[tokio::test]
async fn giving_in_and_steps_by_hand() {
    let scene = scene().await;
    for (to, status) in [("won", "won"), ("prevented", "prevented"), ("lost", "lost")] {
        let (payment, _) = scene.paid("4242424242424242", 1_000).await;
        let wish = json!({ "payment": payment, "reason": "product_not_received", "amount": 600 });
        let opened = scene.control("/_sim/disputes", wish).await;
        assert_eq!((&opened["reason"], &opened["amount"]), (&json!("product_not_received"), &json!(600)));
        let hand = format!("/_sim/disputes/{}", opened["id"].as_str().unwrap());
        assert_eq!(scene.control(&hand, json!({ "to": to })).await["status"], status);
    }
    let (payment, _) = scene.paid("4242424242424242", 1_000).await;
    let opened = scene.control("/_sim/disputes", json!({ "payment": payment })).await;
    assert_eq!(scene.post(&format!("{}/close", path(&opened)), &[]).await["status"], "lost");
}

#[tokio::test]
async fn the_network_warns_of_fraud() {
    let scene = scene().await;
    let (payment, _) = scene.paid("4000000000005423", 1_000).await;
    scene.pass(MINUTE).await;
    assert_eq!(scene.get("/v1/radar/early_fraud_warnings").await["data"][0]["payment_intent"], payment);
    assert!(scene.heard().contains(&"radar.early_fraud_warning.created".to_owned()));
}
