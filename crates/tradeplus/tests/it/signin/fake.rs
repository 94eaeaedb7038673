//! An identity provider that says whatever a test wants it to say.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode};
use platform::config::{Oidc, Secret};
use platform::crypto::challenge;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use testkit::{Answer, Browser, Town};
use tokio::sync::Semaphore;
use url::Url;

type Shared = Arc<Mutex<Mind>>;

/// What it knows and will say.
#[derive(Default)]
struct Mind {
    issuer: String,
    keys: Vec<(String, EcdsaKeyPair)>,
    id_token: String,
    userinfo: Value,
    challenge: String,
    keys_asked: u32,
    tokens_given: u32,
    keys_are_away: bool,
    /// Keys wait for it.
    gate: Option<Arc<Semaphore>>,
}

pub(super) struct Fake {
    pub id: &'static str,
    mind: Shared,
}

/// What somebody takes along to the provider.
pub(super) struct Ticket {
    pub state: String,
    pub nonce: String,
    /// Everything that the provider is asked.
    pub asked: HashMap<String, String>,
}

impl Fake {
    pub(super) async fn start(id: &'static str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mind = Mind {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            keys: vec![new_key("one")],
            ..Mind::default()
        };
        let mind = Arc::new(Mutex::new(mind));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(Arc::clone(&mind));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { id, mind }
    }

    fn mind(&self) -> MutexGuard<'_, Mind> {
        self.mind.lock().unwrap()
    }

    pub(super) fn issuer(&self) -> String {
        self.mind().issuer.clone()
    }

    pub(super) fn keys_asked(&self) -> u32 {
        self.mind().keys_asked
    }

    pub(super) fn tokens_given(&self) -> u32 {
        self.mind().tokens_given
    }

    /// Keys do not come until the gate lets them.
    pub(super) fn holds_keys(&self) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        self.mind().gate = Some(Arc::clone(&gate));
        gate
    }

    pub(super) fn hides_keys(&self) {
        self.mind().keys_are_away = true;
    }

    pub(super) fn shows_keys(&self) {
        self.mind().keys_are_away = false;
    }

    /// A line of the settings.
    pub(super) fn settings(&self) -> Oidc {
        Oidc {
            id: self.id.to_owned(),
            title: "Fake".to_owned(),
            issuer: self.issuer(),
            client_id: "market".to_owned(),
            client_secret: Some(Secret::new("s&cret")),
            client_secret_file: None,
            scopes: vec!["openid".to_owned(), "email".to_owned()],
        }
    }

    /// Publishes another key in place of all others.
    pub(super) fn rotates(&self, kid: &str) {
        self.mind().keys = vec![new_key(kid)];
    }

    /// Follows the link to the provider, and looks at what is asked there.
    pub(super) async fn is_asked(&self, browser: &Browser, path: &str) -> Ticket {
        let answer = browser.get(path).await.is(303);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let url = Url::parse(answer.location()).unwrap();
        assert!(url.as_str().starts_with(&format!("{}/login?", self.issuer())), "{url}");
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        let back = format!("http://localhost:8080/sign-in/with/{}/return", self.id);
        assert_eq!(asked["redirect_uri"], back);
        self.mind().challenge.clone_from(&asked["code_challenge"]);
        Ticket { state: asked["state"].clone(), nonce: asked["nonce"].clone(), asked }
    }

    /// What it will say for the next code: a good token, changed by the test.
    pub(super) fn says(&self, town: &Town, nonce: &str, change: impl FnOnce(&mut Value)) {
        let now = town.now().unix_timestamp();
        let mut claims = json!({
            "iss": self.issuer(), "sub": "42", "aud": "market", "exp": now + 300, "iat": now, "nonce": nonce,
            "email": "nora@example.org", "email_verified": true, "name": "Nora",
        });
        change(&mut claims);
        let token = {
            let mind = self.mind();
            let (kid, key) = &mind.keys[0];
            sign(&json!({ "alg": "ES256", "kid": kid }), &claims, key)
        };
        self.mind().id_token = token;
    }

    /// Any token at all.
    pub(super) fn sends(&self, token: String) {
        self.mind().id_token = token;
    }

    pub(super) fn token(&self) -> String {
        self.mind().id_token.clone()
    }

    pub(super) fn tells_about(&self, who: Value) {
        self.mind().userinfo = who;
    }

    /// Comes back with a code.
    pub(super) async fn sends_back(&self, browser: &Browser, state: &str) -> Answer {
        browser.get(&format!("/sign-in/with/{}/return?code=c&state={state}", self.id)).await
    }

    /// The whole way, with a good token that the test may change.
    pub(super) async fn signs_in(
        &self,
        town: &Town,
        browser: &Browser,
        change: impl FnOnce(&mut Value),
    ) -> Answer {
        let ticket = self.is_asked(browser, &format!("/sign-in/with/{}", self.id)).await;
        self.says(town, &ticket.nonce, change);
        self.sends_back(browser, &ticket.state).await
    }
}

pub(super) fn new_key(kid: &str) -> (String, EcdsaKeyPair) {
    let chance = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &chance).unwrap();
    (kid.to_owned(), key)
}

pub(super) fn sign(header: &Value, claims: &Value, key: &EcdsaKeyPair) -> String {
    let text = unsigned(header, claims);
    let signature = key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

/// Header and claims, without a signature.
pub(super) fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// What a token says, whoever has signed it.
pub(super) fn claims_of(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

async fn description(State(mind): State<Shared>) -> Json<Value> {
    let issuer = mind.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/login"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/me"),
    }))
}

async fn keys(State(mind): State<Shared>) -> Result<Json<Value>, StatusCode> {
    let gate = {
        let mut mind = mind.lock().unwrap();
        mind.keys_asked += 1;
        mind.gate.clone()
    };
    if let Some(gate) = gate {
        gate.acquire().await.unwrap().forget();
    }
    let mind = mind.lock().unwrap();
    if mind.keys_are_away {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    let public = |(kid, key): &(String, EcdsaKeyPair)| {
        let point = key.public_key().as_ref();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": part(&point[1..33]), "y": part(&point[33..]) })
    };
    let all: Vec<Value> = mind.keys.iter().map(public).collect();
    Ok(Json(json!({ "keys": all })))
}

/// As strict as a real one: the client shows its secret, and the verifier of whoever asked for the code.
async fn token(State(mind): State<Shared>, headers: HeaderMap, body: String) -> (StatusCode, Json<Value>) {
    let mut mind = mind.lock().unwrap();
    mind.tokens_given += 1;
    let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let shown = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let wanted = base64::engine::general_purpose::STANDARD.encode("market:s%26cret");
    let is_good = shown == format!("Basic {wanted}")
        && form["grant_type"] == "authorization_code"
        && form["code"] == "c"
        && challenge(&form["code_verifier"]) == mind.challenge;
    match is_good {
        true => {
            let tokens =
                json!({ "id_token": mind.id_token, "access_token": "access", "token_type": "Bearer" });
            (StatusCode::OK, Json(tokens))
        }
        false => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))),
    }
}

async fn me(State(mind): State<Shared>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    let shown = headers.get("authorization").and_then(|v| v.to_str().ok());
    match shown == Some("Bearer access") {
        true => (StatusCode::OK, Json(mind.lock().unwrap().userinfo.clone())),
        false => (StatusCode::UNAUTHORIZED, Json(Value::Null)),
    }
}
