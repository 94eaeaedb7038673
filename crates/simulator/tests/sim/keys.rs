use super::scene::{Scene, call, scene};
use serde_json::Value;
use simulator::{Answered, Fault, Planned};
use time::Duration;

const FIELDS: &[(&str, &str)] = &[("amount", "5000"), ("currency", "eur")];

async fn under(scene: &Scene, key: &str, fields: &[(&str, &str)]) -> Answered {
    scene.ask(call("POST", "/v1/payment_intents", fields).with_header("idempotency-key", key)).await
}

fn id(answered: &Answered) -> Value {
    answered.value()["id"].clone()
}

#[tokio::test]
async fn the_same_key_answers_the_same_for_a_day_and_not_later() {
    let scene = scene().await;
    let first = under(&scene, "k", FIELDS).await;
    let again = under(&scene, "k", FIELDS).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert!(again.headers.contains(&("idempotent-replayed".to_owned(), "true".to_owned())));
    scene.pass(Duration::hours(24) - Duration::seconds(1)).await;
    assert_eq!(id(&under(&scene, "k", FIELDS).await), id(&first));
    scene.pass(Duration::seconds(1)).await;
    assert_ne!(id(&under(&scene, "k", FIELDS).await), id(&first));
    assert_eq!(scene.get("/v1/payment_intents").await["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn another_body_under_a_key_is_refused() {
    let scene = scene().await;
    under(&scene, "k", FIELDS).await;
    let other = under(&scene, "k", &[("amount", "5001"), ("currency", "eur")]).await;
    assert_eq!((other.status, &other.value()["error"]["type"]), (400, &"idempotency_error".into()));
    // Another account's keys are others.
    let asked = call("POST", "/v1/payment_intents", FIELDS).with_header("idempotency-key", "k");
    let theirs = scene.ask(asked.with_header("stripe-account", "acct_1")).await;
    assert!(!theirs.headers.iter().any(|(name, _)| name == "idempotent-replayed"));
}

#[tokio::test]
async fn a_500_is_replayed() {
    let scene = scene().await;
    scene.plan(Planned::new(Fault::FailThenReplay).on("POST", "/v1/payment_intents"));
    for _ in 0..3 {
        assert_eq!(under(&scene, "k", FIELDS).await.status, 500);
    }
    assert_eq!(under(&scene, "other", FIELDS).await.status, 200);
    scene.pass(Duration::hours(24)).await;
    assert_eq!(under(&scene, "k", FIELDS).await.status, 200);
}

#[tokio::test]
async fn nothing_is_kept_of_a_call_that_was_not_begun() {
    let scene = scene().await;
    for (fields, code) in [
        (&[("currency", "eur")][..], "parameter_missing"),
        (&[("amount", "50.5"), ("currency", "eur")][..], "parameter_invalid_integer"),
        (&[("amount", "5000"), ("currency", "eur"), ("trnasfer_group", "g")][..], "parameter_unknown"),
    ] {
        let refused = under(&scene, "k", fields).await;
        assert_eq!((refused.status, &refused.value()["error"]["code"]), (400, &code.into()), "{fields:?}");
    }
    assert_eq!(under(&scene, "k", FIELDS).await.status, 200);
}

#[tokio::test]
async fn only_test_keys_open() {
    let scene = scene().await;
    let with = |key: &str| {
        let mut asked = call("GET", "/v1/balance", &[]);
        asked.headers.retain(|(name, _)| name != "authorization");
        asked.with_header("authorization", key)
    };
    // "sk_test_1:" as the name of a password, as the oldest libraries send it.
    assert_eq!(scene.ask(with("Basic c2tfdGVzdF8xOg==")).await.status, 200);
    let real = format!("Bearer sk_{}_1", "live");
    for key in ["", &real, "Bearer sk_test_2", "Basic ####"] {
        assert_eq!(scene.ask(with(key)).await.status, 401, "{key}");
    }
    assert_eq!(scene.ask(with("Bearer pk_test_1")).await.status, 403);
}
