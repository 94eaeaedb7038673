//! What a seller sees of their money, on pages and by the API.

use super::{GOOD, a_payout, account, completed, sets_up, stands};
use http::Method;
use serde_json::json;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn each_wait_has_a_reason_and_a_date() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    ann.get("/payouts").await.is(200).shows("Nothing sold yet").shows("14 days").shows("7 days");
    ann.get("/account").await.is(200).shows("Payouts");
    let order = completed(&town, &ann, &ben, 10_000).await;
    let number = town.order(order).await.number;
    let page = ann.get("/payouts").await.is(200).shows(&number).shows("Where shall your money go?");
    let page = page.shows("so that the buyer can tell of a problem").shows("kept back for longer").page();
    let dates = page.attributes("main table time", "datetime");
    assert!(dates.len() >= 2, "{dates:?}");

    town.later(Duration::days(8)).await;
    ann.get("/payouts").await.shows("It waits for your details").shows("until that is done");
    let balance = ann.api(Method::GET, "/balance", None).await.is(200);
    assert_eq!(balance.at("/items/0/on_hold/0/because"), json!("account"));
    assert_eq!(balance.at("/items/0/on_hold/0/until"), json!(null));
    assert_eq!(balance.at("/items/0/on_hold/1/because"), json!("reserve"));
    assert_eq!(balance.at("/items/0/payable/amount"), json!(0));
    ben.get("/payouts").await.is(200).hides(&number);
}

#[tokio::test]
async fn the_csv_is_the_statement() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let id = a_payout(&town, deal.order(), ann.id).await;
    let number = town.order(deal.order()).await.number;
    let path = format!("/payouts/{id}");
    ann.get(&path).await.is(200).shows("PBYHAND00").shows(&number).shows("€12.34").shows("Bank ···· 3000");
    let csv = ann.get(&format!("{path}/statement.csv")).await.is(200);
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"PBYHAND00.csv\""));
    let lines: Vec<&str> = csv.text().split("\r\n").filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].starts_with(&format!("PBYHAND00,{number},")), "{}", lines[1]);
    assert!(lines[1].ends_with(",EUR,12.34,0.00,0.00,12.34"), "{}", lines[1]);
    for path in [path.clone(), format!("{path}/statement.csv")] {
        eve.get(&path).await.is(404);
        ben.get(&path).await.is(404);
    }
    let told = ann.api(Method::GET, &path, None).await.is(200);
    assert_eq!(told.at("/items/0/paid"), json!({ "amount": 1234, "currency": "EUR" }));
    assert_eq!(told.at("/state"), json!("paid"));
    let list = ann.api(Method::GET, "/payouts", None).await.is(200);
    assert_eq!(list.at("/items/0/number"), json!("PBYHAND00"));
    assert_eq!(list.at("/items/0/items"), json!(null), "left out of lists");
    eve.api(Method::GET, &path, None).await.problem(404, "not-found");
}

#[tokio::test]
async fn payouts_are_set_up_on_the_providers_pages() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/payouts/go").await.goes_to("/payouts/set-up");
    ann.get("/payouts/back").await.goes_to("/payouts");
    let form = ann.get("/payouts/set-up").await.is(200).page().form("form[action='/payouts/set-up']");
    ann.submit(form.with("country", "")).await.is(422).shows("Country");
    let form = ann.get("/payouts/set-up").await.page().form("form[action='/payouts/set-up']");
    ann.submit(form.with("country", "DE")).await.goes_to("/payouts/set-up");
    ann.get("/payouts/set-up").await.is(200).shows("Go on there");
    ann.get("/payouts").await.shows("Your payouts are not set up yet");
    let there = ann.get("/payouts/go?at=sandbox").await.is(303);
    assert_ne!(there.location(), "/payouts/set-up");
    assert_eq!(account(&town, &ann).await.state, "pending");
    stands(&town, &ann, "active", GOOD).await;
    ann.get("/payouts/back?at=sandbox").await.goes_to("/payouts");
    ann.get("/payouts/set-up").await.shows("You can be paid out").shows("3000");

    let form = ann.get("/payouts/schedule").await.is(200).page().form("form[action='/payouts/schedule']");
    ann.submit(form.with("schedule", "daily").with("minimum", "1")).await.is(422);
    let form = ann.get("/payouts/schedule").await.page().form("form[action='/payouts/schedule']");
    ann.submit(form.with("schedule", "daily").with("minimum", "25")).await.goes_to("/payouts");
    let kept = account(&town, &ann).await;
    assert_eq!((kept.schedule.as_str(), kept.minimum), ("daily", 2_500));
}

/// A provider asks a business other things than a person: it is told which of them begins.
#[tokio::test]
async fn a_business_is_begun_as_one() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let business = "insert into seller_profiles (member_id, class, business_name, updated_at)
        values ($1, 'business', 'Ann GmbH', $2)";
    sqlx::query(business).bind(ann.id.0).bind(town.now()).execute(&town.owner).await.unwrap();
    for who in [&ann, &ben] {
        sets_up(&town, who, GOOD).await;
        let told = "select (request->>'business')::boolean from provider_calls
            where operation = 'open_account' and idempotency_key like '%' || $1 || '%'";
        let told: Vec<bool> =
            sqlx::query_scalar(told).bind(who.id.to_string()).fetch_all(&town.owner).await.unwrap();
        assert_eq!(told, [who.id == ann.id]);
        let reference = account(&town, who).await.account_ref.unwrap();
        let there = town.sim().asked("GET", &format!("/v1/accounts/{reference}"), &[]).await;
        assert_eq!(there["business_type"], if who.id == ann.id { "company" } else { "individual" });
    }
}

/// Whoever waits for something is led to what ends it, and learns until when a provider wants to know something.
#[tokio::test]
async fn each_wait_leads_to_its_next_step() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    town.later(Duration::days(8)).await;
    let page = ann.get("/payouts").await.is(200).page();
    assert!(
        page.has("main table a[href='/payouts/set-up']") && !page.has("main table a[href='/payouts/tax']")
    );

    let asked =
        "insert into seller_profiles (member_id, asked_at, reminders, updated_at) values ($1, $2, 2, $2)";
    let long_ago = town.now() - Duration::days(61);
    sqlx::query(asked).bind(ann.id.0).bind(long_ago).execute(&town.owner).await.unwrap();
    sets_up(&town, &ann, GOOD).await;
    let page = ann.get("/payouts").await.is(200).shows("what the tax office wants to know").page();
    assert!(page.has("main table a[href='/payouts/tax']"));
    ann.get("/payouts").await.hides("Something is wanted of you");

    let wants =
        "update seller_accounts set wants = '{individual.id_number}', wants_until = $2 where member_id = $1";
    let until = town.now() + Duration::hours(2);
    sqlx::query(wants).bind(ann.id.0).bind(until).execute(&town.owner).await.unwrap();
    ann.get("/payouts").await.is(200).shows("Something is wanted of you by");
    town.clock.advance(Duration::hours(3));
    ann.get("/payouts").await.is(200).hides("Something is wanted of you");
}
