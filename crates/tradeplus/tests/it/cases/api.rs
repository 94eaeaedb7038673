//! Cases for programs.

use super::Table;
use http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_program_reads_says_and_offers() {
    let it = Table::new().await;
    let path = it.path("");
    let case = it.ben.api(Method::GET, &path, None).await.is(200).json();
    assert_eq!((&case["kind"], &case["outcome"]), (&json!("other"), &json!(null)));
    assert_eq!(case["statements"][0]["side"], "buyer");
    let words = json!({ "words": "I can give you four euros." });
    it.ann.api(Method::POST, &it.path("/statements"), Some(words)).await.is(201);
    let offer = json!({ "offer": "partial", "amount": 400 });
    let case = it.ann.api(Method::POST, &it.path("/proposals"), Some(offer)).await.is(201).json();
    assert_eq!(case["proposals"][0]["refund"], json!({ "amount": 400, "currency": "EUR" }));
    let step = json!({ "transition": "agree_partial", "data": { "proposal": case["proposals"][0]["id"] } });
    let order = format!("/orders/{}/transitions", it.order);
    let done = it.ben.api(Method::POST, &order, Some(step)).await.is(200).json();
    assert_eq!(
        (&done["state"], &done["amounts"]["refunded"]["amount"]),
        (&json!("partial_refunding"), &json!(400))
    );
    assert_eq!(done["process_version"], 2);
    let case = it.ann.api(Method::GET, &path, None).await.is(200).json();
    assert_eq!(case["outcome"], "partly_refunded");
    it.town.run_jobs().await;
}

#[tokio::test]
async fn mistakes_and_strangers_are_told_apart() {
    let it = Table::new().await;
    let eve = it.town.person("Eve").await;
    eve.api(Method::GET, &it.path(""), None).await.is(404);
    eve.api(Method::POST, &it.path("/statements"), Some(json!({ "words": "Me too." }))).await.is(404);
    for (body, field) in [
        (json!({ "offer": "partial" }), "/amount"),
        (json!({ "offer": "partial", "amount": 0 }), "/amount"),
        (json!({ "offer": "partial", "amount": 1_401 }), "/amount"),
        (json!({ "offer": "gift" }), "/offer"),
    ] {
        let told = it.ann.api(Method::POST, &it.path("/proposals"), Some(body.clone())).await.is(422).json();
        assert_eq!(told["errors"][0]["pointer"], field, "{body}");
    }
    it.ann.api(Method::POST, &it.path("/statements"), Some(json!({ "words": " " }))).await.is(422);
    let answer = |to: &Value, answer: &str| Some(json!({ "proposal": to, "answer": answer }));
    let offer = json!({ "offer": "replacement" });
    let case = it.ann.api(Method::POST, &it.path("/proposals"), Some(offer)).await.is(201).json();
    let (path, id) = (it.path("/answers"), &case["proposals"][0]["id"]);
    it.ben.api(Method::POST, &path, answer(id, "withdraw")).await.problem(409, "proposal-gone");
    it.ben.api(Method::POST, &path, answer(id, "applaud")).await.is(422);
    let case = it.ben.api(Method::POST, &path, answer(id, "refuse")).await.is(200).json();
    assert_eq!(case["proposals"][0]["state"], "refused");
    it.ann.api(Method::POST, &path, answer(id, "withdraw")).await.problem(409, "proposal-gone");
    it.ben.takes(it.order, "escalate").await;
    let late = it.ann.api(Method::POST, &it.path("/proposals"), Some(json!({ "offer": "return" }))).await;
    late.problem(409, "case-not-talking");
}
