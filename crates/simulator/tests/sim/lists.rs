use super::scene::{Scene, scene};
use serde_json::Value;

async fn ids(scene: &Scene, path: &str) -> (Vec<String>, bool) {
    let page = scene.get(path).await;
    let ids = page["data"].as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap().to_owned()).collect();
    (ids, page["has_more"] == true)
}

#[tokio::test]
async fn every_list_pages() {
    let scene = scene().await;
    let seller = scene.seller("DE89370400440532013000").await;
    for _ in 0..5 {
        let (payment, charge) = scene.paid("4242424242424242", 5_000).await;
        let transfer = scene
            .post(
                "/v1/transfers",
                &[
                    ("amount", "100"),
                    ("currency", "eur"),
                    ("destination", seller.as_str()),
                    ("source_transaction", charge.as_str()),
                ],
            )
            .await;
        let reversals = format!("/v1/transfers/{}/reversals", transfer["id"].as_str().unwrap());
        scene.post(&reversals, &[("amount", "1")]).await;
        scene.post("/v1/refunds", &[("payment_intent", payment.as_str()), ("amount", "1")]).await;
        scene.control("/_sim/disputes", serde_json::json!({ "charge": charge, "inquiry": true })).await;
        scene.control("/_sim/warnings", serde_json::json!({ "payment": payment })).await;
        scene.post("/v1/accounts", &[("country", "DE")]).await;
    }
    for list in [
        "payment_intents",
        "charges",
        "refunds",
        "transfers",
        "transfers?transfer_group=g1",
        "accounts",
        "disputes",
        "radar/early_fraud_warnings",
        "balance_transactions",
        "balance_transactions?type=charge",
        "events",
        "events?type=charge.succeeded",
        "refunds?created[gte]=1",
    ] {
        let with = |more: &str| format!("/v1/{list}{}{more}", if list.contains('?') { "&" } else { "?" });
        let (all, more) = ids(&scene, &with("limit=100")).await;
        assert!(all.len() >= 5 && !more, "{list}");
        // Forwards, three at a time.
        let mut read: Vec<String> = Vec::new();
        loop {
            let from = read.last().map_or(String::new(), |id| format!("&starting_after={id}"));
            let (page, more) = ids(&scene, &with(&format!("limit=3{from}"))).await;
            read.extend(page);
            if !more {
                break;
            }
        }
        assert_eq!(read, all, "{list}");
        // Backwards: those that came after one.
        let (newer, more) = ids(&scene, &with(&format!("limit=2&ending_before={}", all[3]))).await;
        assert_eq!((&newer[..], more), (&all[1..3], true), "{list}");
        let (newer, more) = ids(&scene, &with(&format!("limit=3&ending_before={}", all[3]))).await;
        assert_eq!((&newer[..], more), (&all[0..3], false), "{list}");
    }
}

#[tokio::test]
async fn the_search_is_late() {
    let scene = scene().await;
    let ours = "018f0000-0000-7000-8000-000000000001";
    let fields = [("amount", "100"), ("currency", "eur"), ("metadata[payment]", ours)];
    let made = scene.post("/v1/payment_intents", &fields).await;
    let query: String =
        url::form_urlencoded::byte_serialize(format!("metadata['payment']:'{ours}'").as_bytes()).collect();
    let path = format!("/v1/payment_intents/search?query={query}");
    let found: Value = scene.get(&path).await;
    assert_eq!(found["data"].as_array().unwrap().len(), 0);
    scene.pass(time::Duration::minutes(2)).await;
    assert_eq!(scene.get(&path).await["data"][0]["id"], made["id"]);
}
