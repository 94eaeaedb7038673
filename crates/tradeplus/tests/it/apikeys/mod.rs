//! API keys: what they open, what they never open, and how they end.

mod ending;
mod pages;
mod programs;
mod table;
mod using;

use axum::body::Body;
use http::{Method, header};
use kernel::{ApiKeyId, Refusal};
use market::accounts::model::Client;
use market::apikeys::Secret;
use market::apikeys::model::{ApiKey, Asked, New, Scope};
use market::apikeys::rules;
use serde_json::Value;
use testkit::{Answer, Browser, Person, Town};

/// What links in mails begin with.
const BASE: &str = "http://localhost:8080";

/// A key called Shop with all scopes, from everywhere, for the usual time.
fn shop() -> Asked<'static> {
    Asked {
        name: "Shop",
        scopes: Scope::ALL.map(Scope::name).to_vec(),
        expires_in_days: Ok(None),
        networks: "",
        per_minute: Ok(None),
    }
}

async fn make(town: &Town, who: &Person, asked: Asked<'_>) -> Result<(ApiKey, Secret), Refusal> {
    let new = New::read(asked).unwrap();
    let member = who.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let made = rules::make(&mut tx, &member, &new, &Client::default(), BASE).await?;
    tx.commit().await.unwrap();
    Ok(made)
}

/// Somebody's key that may do everything that keys may: its id and its secret.
pub(crate) async fn key_of(town: &Town, who: &Person) -> (ApiKeyId, String) {
    let (key, secret) = make(town, who, shop()).await.unwrap();
    (key.id, secret.reveal().to_owned())
}

/// A key with these scopes only.
async fn key_for(town: &Town, who: &Person, scopes: &[Scope]) -> String {
    let scopes = scopes.iter().map(|s| s.name()).collect();
    let (_, secret) = make(town, who, Asked { scopes, ..shop() }).await.unwrap();
    secret.reveal().to_owned()
}

/// What somebody's key is by now.
async fn now(town: &Town, who: &Person, id: ApiKeyId) -> ApiKey {
    rules::find(&mut town.db.read().await.unwrap(), who.id, id).await.unwrap()
}

/// Calls the API with a key, or with nothing. `path` begins after `/api/v1`.
async fn call(browser: &Browser, key: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let mut request = browser.request(method, &format!("/api/v1{path}"));
    if !key.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    let request = match body {
        Some(body) => {
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string()))
        }
        None => request.body(Body::empty()),
    };
    browser.send(request.unwrap()).await
}

async fn me(browser: &Browser, key: &str) -> Answer {
    call(browser, key, Method::GET, "/me", None).await
}
