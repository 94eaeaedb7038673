//! The same for programs.

use http::Method;
use serde_json::{Value, json};
use testkit::{Answer, PASSWORD, Town};
use time::Duration;

async fn call(town: &Town, method: Method, path: &str, token: &str, body: Option<Value>) -> Answer {
    let browser = town.visitor();
    let mut request = browser.request(method, &format!("/api/v1{path}"));
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            body.to_string()
        }
        None => String::new(),
    };
    browser.send(request.body(axum::body::Body::from(body)).unwrap()).await
}

fn text(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().unwrap_or_else(|| panic!("{pointer}: {}", answer.told())).to_owned()
}

#[tokio::test]
async fn from_an_account_to_signing_out() {
    let town = Town::new().await;
    let body = json!({ "email": "nell@example.org", "password": PASSWORD, "display_name": "Nell" });
    call(&town, Method::POST, "/members", "", Some(body)).await.is(201);
    let token = super::link_token(&town, "nell@example.org").await;
    town.visitor().post("/verify", &[("token", &token)]).await.is(303);

    let sign_in = json!({ "email": "nell@example.org", "password": PASSWORD });
    let session = call(&town, Method::POST, "/sessions", "", Some(sign_in)).await.is(200);
    assert_eq!((session.at("/token_type"), session.at("/expires_in")), (json!("Bearer"), json!(900)));
    assert_eq!(session.header("cache-control"), Some("no-store"), "a token is kept by nobody");
    let access = text(&session, "/access_token");
    let me = call(&town, Method::GET, "/me", &access, None).await.is(200);
    assert_eq!((me.at("/email"), me.at("/verified")), (json!("nell@example.org"), json!(true)));
    call(&town, Method::DELETE, "/sessions/current", &access, None).await.is(204);
    call(&town, Method::GET, "/me", &access, None).await.problem(401, "sign-in");
    let refresh = json!({ "refresh_token": text(&session, "/refresh_token") });
    call(&town, Method::POST, "/sessions/refresh", "", Some(refresh)).await.problem(401, "sign-in");
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_sign_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let sign_in = json!({ "email": ann.email, "password": PASSWORD });
    let first = call(&town, Method::POST, "/sessions", "", Some(sign_in)).await.is(200);
    let refresh = |a: &Answer| Some(json!({ "refresh_token": text(a, "/refresh_token") }));
    let second = call(&town, Method::POST, "/sessions/refresh", "", refresh(&first)).await.is(200);
    call(&town, Method::GET, "/me", &text(&second, "/access_token"), None).await.is(200);
    call(&town, Method::POST, "/sessions/refresh", "", refresh(&first)).await.problem(401, "sign-in");
    call(&town, Method::GET, "/me", &text(&second, "/access_token"), None).await.problem(401, "sign-in");
    call(&town, Method::POST, "/sessions/refresh", "", refresh(&second)).await.problem(401, "sign-in");
}

#[tokio::test]
async fn an_access_token_ends_by_itself() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = ann.access_token().await;
    call(&town, Method::GET, "/me", &token, None).await.is(200);
    town.clock.advance(Duration::minutes(15));
    call(&town, Method::GET, "/me", &token, None).await.problem(401, "sign-in");
    call(&town, Method::GET, "/categories", &token, None).await.problem(401, "sign-in");
    call(&town, Method::GET, "/categories", "", None).await.is(200);
}

#[tokio::test]
async fn wrong_credentials_are_one_answer() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut answers = Vec::new();
    for email in [ann.email.as_str(), "nobody@example.org", "no address"] {
        let body = json!({ "email": email, "password": "wrong horse battery" });
        let answer =
            call(&town, Method::POST, "/sessions", "", Some(body)).await.problem(401, "sign-in-failed");
        answers.push((answer.at("/title"), answer.at("/detail"), answer.at("/type")));
    }
    assert!(answers.windows(2).all(|w| w[0] == w[1]), "{answers:?}");
    for token in ["", "x", "Bearer", "null"] {
        let browser = town.visitor();
        let request =
            browser.request(Method::GET, "/api/v1/me").header("authorization", format!("Basic {token}"));
        browser.send(request.body(axum::body::Body::empty()).unwrap()).await.problem(401, "sign-in");
    }
}

/// A cookie is no key to the API: another site could make a browser send it.
#[tokio::test]
async fn cookies_mean_nothing_to_the_api() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account").await.is(200);
    ann.browser.get("/api/v1/me").await.problem(401, "sign-in");
}

#[tokio::test]
async fn mistakes_are_told_by_pointer() {
    let town = Town::new().await;
    let body = json!({ "email": "x", "password": "y", "display_name": "", "admin": true });
    let told = call(&town, Method::POST, "/members", "", Some(body)).await.problem(422, "fields");
    assert!(told.pointers().contains(&"/admin".to_owned()), "{}", told.told());
    let body = json!({ "email": "x", "password": "y", "display_name": "" });
    let told = call(&town, Method::POST, "/members", "", Some(body)).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/email", "/password", "/display_name"]);
}
