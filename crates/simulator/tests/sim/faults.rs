use super::scene::{Scene, call, scene};
use serde_json::{Value, json};
use simulator::{Arrival, Fault, Planned};
use std::time::Duration as Span;
use time::Duration;

const MINUTE: Duration = Duration::seconds(60);

fn create() -> simulator::Asked {
    call("POST", "/v1/payment_intents", &[("amount", "5000"), ("currency", "eur")])
}

async fn count(scene: &Scene) -> usize {
    scene.get("/v1/payment_intents").await["data"].as_array().unwrap().len()
}

/// Each fault in turn, so that none is planned and does nothing.
#[tokio::test]
async fn each_fault_does_what_its_name_says() {
    let scene = scene().await;
    for status in [429, 500, 503] {
        scene.plan(Planned::new(Fault::Refuse(status)).on("POST", "/v1/payment_intents"));
        assert_eq!(scene.ask(create()).await.status, status);
        assert_eq!(count(&scene).await, 0, "nothing was done");
    }
    scene.plan(Planned::new(Fault::AnswerLost).on("POST", "/v1/payment_intents"));
    assert_eq!(scene.ask(create()).await.arrival, Arrival::Never);
    assert_eq!(count(&scene).await, 1, "it was done");
    scene.plan(Planned::new(Fault::AnswerLate(Span::from_secs(9))).on("POST", "/v1/payment_intents"));
    assert_eq!(scene.ask(create()).await.arrival, Arrival::Late(Span::from_secs(9)));
    assert_eq!(scene.ask(create()).await.arrival, Arrival::Now);
    scene.plan(Planned::new(Fault::FailThenReplay));
    let keyed = || create().with_header("idempotency-key", "k");
    assert_eq!(scene.ask(keyed()).await.status, 500);
    assert_eq!(scene.ask(keyed()).await.status, 500);
    assert!(scene.world.plan().is_empty());
    assert!(scene.world.requests("POST", "/v1/payment_intents") >= 8);
}

#[tokio::test]
async fn events_come_twice_late_reversed_and_badly_signed() {
    let scene = scene().await;
    let pay = async || {
        scene.paid("4242424242424242", 5_000).await;
        scene.pass(Duration::ZERO).await;
        scene.heard()
    };
    let usual = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"];
    assert_eq!(pay().await, usual);
    scene.plan(Planned::new(Fault::HookTwice).of("charge.*"));
    assert_eq!(pay().await, [usual[0], usual[1], usual[1], usual[2]]);
    scene.plan(Planned::new(Fault::HooksReversed));
    assert_eq!(pay().await, [usual[2], usual[1], usual[0]]);
    scene.plan(Planned::new(Fault::HookLate(Span::from_secs(3 * 86_400))).of("charge.succeeded"));
    assert_eq!(pay().await, [usual[0], usual[2]]);
    scene.pass(Duration::days(3)).await;
    assert_eq!(scene.heard(), ["charge.succeeded"]);
}

#[tokio::test]
async fn signatures_are_old_or_nobodys_when_planned() {
    let scene = scene().await;
    let mut signatures = Vec::new();
    for fault in [None, Some(Fault::HookOldSecret), Some(Fault::HookBadlySigned)] {
        if let Some(fault) = fault {
            scene.plan(Planned::new(fault));
        }
        scene.begun(100).await;
        scene.pass(Duration::ZERO).await;
        let (_, parcel) = scene.parcels().pop().unwrap();
        let (_, value) = parcel.headers.into_iter().find(|(name, _)| name == "stripe-signature").unwrap();
        signatures.push(value.matches("v1=").count());
    }
    assert_eq!(signatures, [2, 1, 1], "both secrets, the old one, one that nobody knows");
}

#[tokio::test]
async fn what_is_not_taken_comes_again() {
    let scene = scene().await;
    scene.refuse(2);
    scene.begun(100).await;
    scene.pass(Duration::ZERO).await;
    assert_eq!(scene.heard().len(), 0);
    scene.pass(Duration::seconds(10)).await;
    assert_eq!(scene.heard().len(), 0);
    scene.pass(Duration::seconds(20)).await;
    assert_eq!(scene.heard(), ["payment_intent.created"]);
    scene.pass(Duration::days(1)).await;
    assert_eq!(scene.heard().len(), 0);
}

#[tokio::test]
async fn events_overtake_the_answer_when_planned() {
    let scene = scene().await;
    scene.begun(100).await;
    assert_eq!(scene.heard().len(), 0);
    scene.plan(Planned::new(Fault::HookBeforeAnswer).on("POST", "/v1/payment_intents"));
    scene.begun(100).await;
    assert_eq!(scene.heard().len(), 2);
}

#[tokio::test]
async fn money_goes_wrong_later() {
    let scene = scene().await;
    let seller = scene.seller("DE89370400440532013000").await;
    let (payment, charge) = scene.paid("4242424242424242", 10_000).await;
    scene.plan(Planned::new(Fault::RefundFailsLater));
    let refund = scene.post("/v1/refunds", &[("payment_intent", payment.as_str()), ("amount", "500")]).await;
    assert_eq!(refund["status"], "succeeded");
    scene.pass(MINUTE).await;
    let failed = scene.get(&format!("/v1/refunds/{}", refund["id"].as_str().unwrap())).await;
    assert_eq!(failed["status"], "failed");
    assert!(failed["failure_balance_transaction"].is_string());

    let fields = [
        ("amount", "5000"),
        ("currency", "eur"),
        ("destination", &*seller),
        ("source_transaction", &*charge),
    ];
    let transfer = scene.post("/v1/transfers", &fields).await;
    let path = format!("/v1/transfers/{}/reversals", transfer["id"].as_str().unwrap());
    scene.plan(Planned::new(Fault::ReversalRefused));
    assert_eq!(scene.refused(&path, &[]).await.1["code"], "insufficient_funds");
    scene.post(&path, &[("amount", "1000")]).await;

    scene.pass(Duration::days(2)).await;
    scene.plan(Planned::new(Fault::PayoutFailsAfterPaid));
    let payout =
        scene.of(&seller, "POST", "/v1/payouts", &[("amount", "4000"), ("currency", "eur")]).await.value();
    scene.pass(Duration::days(1)).await;
    let heard = scene.heard();
    assert!(heard.contains(&"payout.paid".to_owned()) && !heard.contains(&"payout.failed".to_owned()));
    scene.pass(MINUTE).await;
    let shown =
        scene.of(&seller, "GET", &format!("/v1/payouts/{}", payout["id"].as_str().unwrap()), &[]).await;
    assert_eq!(shown.value()["status"], "failed");
    assert_eq!(scene.balance(&seller).await, (0, 4_000));
}

#[tokio::test]
async fn a_cancelled_payment_succeeds_by_fault_only() {
    let scene = scene().await;
    for (is_planned, status) in [(false, "canceled"), (true, "succeeded")] {
        if is_planned {
            scene.plan(Planned::new(Fault::SucceedsAfterCancel));
        }
        let payment = scene.begun(5_000).await;
        scene.post(&format!("/v1/payment_intents/{payment}/cancel"), &[]).await;
        let path = format!("/v1/payment_intents/{payment}/confirm");
        assert_eq!(scene.refused(&path, &[("payment_method", "pm_card_visa")]).await.0, 400);
        scene.pass(MINUTE).await;
        assert_eq!(scene.get(&format!("/v1/payment_intents/{payment}")).await["status"], status);
    }
}

#[tokio::test]
async fn faults_are_planned_from_outside() {
    let scene = scene().await;
    for wish in [
        json!({ "fault": "refuse", "status": 429, "method": "POST", "path": "/v1/*", "times": 2 }),
        json!({ "fault": "hook_late", "seconds": 5, "event": "charge.*" }),
    ] {
        scene.control("/_sim/faults", wish).await;
    }
    assert_eq!(scene.get("/_sim").await["faults"], 2);
    assert_eq!((scene.ask(create()).await.status, scene.ask(create()).await.status), (429, 429));
    assert_eq!(scene.ask(create()).await.status, 200);
    assert_eq!(scene.json("DELETE", "/_sim/faults", &Value::Null).await.value()["faults"], 0);
    assert_eq!(scene.json("POST", "/_sim/faults", &json!({ "fault": "no such" })).await.status, 400);
    let before = scene.get("/_sim/clock").await["now"].as_i64().unwrap();
    let after = scene.control("/_sim/clock", json!({ "advance": 86_400 })).await["now"].as_i64().unwrap();
    assert_eq!(after - before, 86_400);
}
