//! What a key does while it is good, and what bounds it.

use super::{call, key_for, key_of, make, me, now, shop};
use http::Method;
use kernel::Refusal;
use market::apikeys::model::{Asked, Scope};
use serde_json::json;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn a_key_acts_for_its_owner() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, key) = key_of(&town, &ann).await;
    let browser = town.visitor();
    let told = me(&browser, &key).await.is(200);
    assert_eq!(told.at("/email"), json!("ann@example.org"));
    assert_eq!(told.header("cache-control"), Some("no-store"));
    let draft = json!({ "title": "Lamp" });
    call(&browser, &key, Method::POST, "/listings", Some(draft)).await.is(201);
    let mine = ann.api(Method::GET, "/me/listings", None).await.is(200);
    assert_eq!(mine.at("/items/0/title"), json!("Lamp"));
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let key = key_for(&town, &ann, &[Scope::ListingsRead]).await;
    let browser = town.visitor();
    call(&browser, &key, Method::GET, "/me/listings", None).await.is(200);
    call(&browser, &key, Method::GET, "/categories", None).await.is(200);
    let told = call(&browser, &key, Method::GET, "/orders", None).await.problem(403, "api-key-scope");
    assert_eq!(told.at("/scope"), json!("orders:read"));
    assert!(told.at("/detail").as_str().unwrap().contains("orders:read"));
    let draft = Some(json!({ "title": "Lamp" }));
    let told = call(&browser, &key, Method::POST, "/listings", draft).await.problem(403, "api-key-scope");
    assert_eq!(told.at("/scope"), json!("listings:write"));
    assert_eq!(town.count("select count(*) from listings").await, 0);
}

#[tokio::test]
async fn what_is_no_key_is_refused_like_a_bad_token() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, key) = key_of(&town, &ann).await;
    let browser = town.visitor();
    let last = if key.ends_with('0') { "1" } else { "0" };
    let slip = format!("{}{last}", &key[..key.len() - 1]);
    let invented = market::apikeys::Secret::new(&platform::chance::seeded(9));
    for bad in [slip.as_str(), "tpk_live_", invented.reveal(), &key.to_uppercase()] {
        me(&browser, bad).await.problem(401, "sign-in");
        call(&browser, bad, Method::GET, "/categories", None).await.problem(401, "sign-in");
    }
}

#[tokio::test]
async fn a_key_keeps_to_its_networks() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let asked = Asked { networks: "198.51.100.0/24 2001:db8::/32", ..shop() };
    let (key, secret) = make(&town, &ann, asked).await.unwrap();
    let from = |address: &str| town.visitor().from_address(address);
    me(&from("198.51.100.77"), secret.reveal()).await.is(200);
    me(&from("2001:db8::1"), secret.reveal()).await.is(200);
    let told = me(&from("203.0.113.5"), secret.reveal()).await.problem(403, "api-key-network");
    assert_eq!(told.at("/type"), json!("http://localhost:8080/about/api#api-key-network"));
    assert_eq!(now(&town, &ann, key.id).await.last_used_from.as_deref(), Some("198.51.100.77"));
}

#[tokio::test]
async fn a_key_has_its_own_quota_and_its_own_count() {
    let town = Town::with(|config| config.limits.multiplier = 1).await;
    let ann = town.person("Ann").await;
    let remaining = |answer: &testkit::Answer| answer.header("ratelimit-remaining").unwrap().to_owned();
    let hers = ann.api(Method::GET, "/me", None).await.is(200);
    let (_, free) = key_of(&town, &ann).await;
    let its = me(&town.visitor(), &free).await.is(200);
    assert_eq!(remaining(&hers), remaining(&its), "what a key does is not counted for its owner");

    let (_, secret) = make(&town, &ann, Asked { per_minute: Ok(Some(3)), ..shop() }).await.unwrap();
    let browser = town.visitor().from_address("198.51.100.7");
    for left in ["2", "1", "0"] {
        assert_eq!(remaining(&me(&browser, secret.reveal()).await.is(200)), left);
    }
    let elsewhere = town.visitor().from_address("198.51.100.8");
    let refused = me(&elsewhere, secret.reveal()).await.problem(429, "too-many");
    assert_eq!(refused.header("retry-after"), Some("20"));
    me(&browser, &free).await.is(200);
    ann.api(Method::GET, "/me", None).await.is(200);
    town.clock.advance(Duration::seconds(20));
    me(&browser, secret.reveal()).await.is(200);
}

#[tokio::test]
async fn its_last_use_is_noted_now_and_then() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, key) = key_of(&town, &ann).await;
    assert_eq!(now(&town, &ann, id).await.last_used_at, None);
    let (here, there) = (town.visitor(), town.visitor().from_address("2001:db8:1:2:3::4"));
    let first = town.now();
    me(&here, &key).await.is(200);
    let used = now(&town, &ann, id).await;
    assert_eq!((used.last_used_at, used.last_used_from.as_deref()), (Some(first), Some("192.0.2.7")));
    town.clock.advance(Duration::minutes(4));
    me(&there, &key).await.is(200);
    assert_eq!(now(&town, &ann, id).await.last_used_at, Some(first), "reading does not write each time");
    town.clock.advance(Duration::minutes(2));
    me(&there, &key).await.is(200);
    let used = now(&town, &ann, id).await;
    assert_eq!(used.last_used_at, Some(town.now()));
    assert_eq!(used.last_used_from.as_deref(), Some("2001:db8:1:2::/64"));
}

/// Neither in its table nor anywhere else that making and using it writes to.
#[tokio::test]
async fn the_database_knows_a_hash_only() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, key) = key_of(&town, &ann).await;
    let draft = Some(json!({ "title": "Lamp" }));
    call(&town.visitor(), &key, Method::POST, "/listings", draft).await.is(201);
    town.run_jobs().await;
    let everywhere = "select count(*) from (
        select k::text t from api_keys k union all select m::text from mails m union all
        select a::text from audit_log a union all select j::text from jobs j union all
        select e::text from events e union all select s::text from security_events s union all
        select i::text from idempotency_keys i) every where position($1 in t) > 0";
    let found = async |what: &str| -> i64 {
        sqlx::query_scalar(everywhere).bind(what).fetch_one(&town.owner).await.unwrap()
    };
    assert_eq!(found(&key).await, 0);
    assert_eq!(found(&key["tpk_live_".len() + 4..key.len() - 4]).await, 0, "nor the middle of it");
    let hash: Vec<u8> =
        sqlx::query_scalar("select secret_hash from api_keys").fetch_one(&town.owner).await.unwrap();
    assert_eq!(hash, platform::crypto::token_hash(&key));
}

#[tokio::test]
async fn twenty_keys_are_enough() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut ids = Vec::new();
    for _ in 0..20 {
        ids.push(key_of(&town, &ann).await.0);
    }
    let refused = make(&town, &ann, shop()).await;
    assert!(matches!(refused, Err(Refusal::Conflict("api-keys-many"))), "{refused:?}");
    ann.post(&format!("/account/keys/{}/revoke", ids[0]), &[]).await.goes_to("/account/keys");
    make(&town, &ann, shop()).await.unwrap();
    let ben = town.person("Ben").await;
    make(&town, &ben, shop()).await.unwrap();
}
