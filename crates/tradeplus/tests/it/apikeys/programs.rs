//! The same for programs that are signed in.

use super::{call, key_of, me};
use http::Method;
use serde_json::json;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn a_program_makes_lists_replaces_and_revokes() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let body =
        json!({ "name": "Stock", "scopes": ["profile:read"], "networks": ["192.0.2.7"], "per_minute": 60 });
    let made = ann.api(Method::POST, "/api-keys", Some(body)).await.is(201);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let secret = made.at("/secret").as_str().unwrap().to_owned();
    assert_eq!((made.at("/networks"), made.at("/per_minute")), (json!(["192.0.2.7/32"]), json!(60)));
    me(&town.visitor(), &secret).await.is(200);

    let listed = ann.api(Method::GET, "/api-keys", None).await.is(200);
    assert_eq!(listed.at("/items/0/id"), made.at("/id"));
    assert_eq!((listed.at("/items/0/is_live"), listed.at("/items/0/secret")), (json!(true), json!(null)));
    assert!(!listed.text().contains(&secret));

    let path = format!("/api-keys/{}", made.at("/id").as_str().unwrap());
    let body = Some(json!({ "overlap_hours": 1 }));
    let next = ann.api(Method::POST, &format!("{path}/rotate"), body).await.is(201);
    let second = next.at("/secret").as_str().unwrap().to_owned();
    for key in [&secret, &second] {
        me(&town.visitor(), key).await.is(200);
    }
    ann.api(Method::DELETE, &path, None).await.is(204);
    ann.api(Method::DELETE, &path, None).await.problem(404, "not-found");
    me(&town.visitor(), &secret).await.problem(401, "sign-in");
    me(&town.visitor(), &second).await.is(200);
    let subjects = town.subjects_to(&ann.email).await;
    for told in ["API key made", "API key replaced", "API key revoked"] {
        assert!(subjects.iter().any(|s| s == told), "{told}: {subjects:?}");
    }
}

#[tokio::test]
async fn making_and_replacing_ask_for_a_fresh_sign_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, _) = key_of(&town, &ann).await;
    ann.api(Method::GET, "/api-keys", None).await.is(200);
    town.clock.advance(Duration::minutes(11));
    let body = json!({ "name": "Stock", "scopes": ["profile:read"] });
    ann.api(Method::POST, "/api-keys", Some(body)).await.problem(403, "step-up");
    let rotate = format!("/api-keys/{id}/rotate");
    ann.api(Method::POST, &rotate, Some(json!({}))).await.problem(403, "step-up");
    ann.api(Method::GET, "/api-keys", None).await.is(200);
    ann.api(Method::DELETE, &format!("/api-keys/{id}"), None).await.is(204);
}

#[tokio::test]
async fn every_mistake_is_told() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let body = json!({
        "name": "", "scopes": ["everything"], "expires_in_days": 366, "networks": ["192.0.2.1,192.0.2.2"], "per_minute": 0,
    });
    let told = ann.api(Method::POST, "/api-keys", Some(body)).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/networks"]);
    let body = json!({ "name": "", "scopes": ["everything"], "expires_in_days": 366, "networks": ["x"], "per_minute": 0 });
    let told = ann.api(Method::POST, "/api-keys", Some(body)).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/name", "/scopes", "/expires_in_days", "/networks", "/per_minute"]);
    let (id, _) = key_of(&town, &ann).await;
    let body = Some(json!({ "overlap_hours": 721 }));
    let told = ann.api(Method::POST, &format!("/api-keys/{id}/rotate"), body).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/overlap_hours"]);
}

/// A key that could make keys would never end.
#[tokio::test]
async fn a_key_makes_no_keys() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, key) = key_of(&town, &ann).await;
    let browser = town.visitor();
    let body = json!({ "name": "More", "scopes": ["profile:read"] });
    call(&browser, &key, Method::POST, "/api-keys", Some(body)).await.problem(403, "api-key-never");
    let rotate = format!("/api-keys/{id}/rotate");
    call(&browser, &key, Method::POST, &rotate, Some(json!({}))).await.problem(403, "api-key-never");
    call(&browser, &key, Method::GET, "/api-keys", None).await.problem(403, "api-key-never");
    call(&browser, &key, Method::DELETE, "/sessions/current", None).await.problem(403, "api-key-never");
    assert_eq!(town.count("select count(*) from api_keys").await, 1);
}
