//! The API with a private PostgreSQL, for tests of this crate: a stopped clock, repeatable chance, two members.

use crate::routes;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use images::Studio;
use kernel::{Clock, Lang};
use kit::app::{App, Web};
use market::Market;
use market::accounts::model::{Client, Member, Registration};
use market::accounts::{rules, tokens};
use market::documents::Press;
use market::listings::views::Views;
use market::payments::Providers;
use market::signin::model::Door;
use platform::cluster::{Cluster, Settings};
use platform::config::Config;
use platform::crypto::Key;
use platform::mail::Mailer;
use platform::objects::Objects;
use platform::{Db, chance, migrate};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Fixture {
    pub market: Market,
    router: Router,
    cluster: Cluster,
    _dir: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    /// A header's value; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or_default()
    }

    /// What a JSON pointer names; null when there is nothing.
    pub(crate) fn at(&self, pointer: &str) -> Value {
        self.body.pointer(pointer).cloned().unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.at("/code")), (status, code.into()), "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        self
    }

    pub(crate) fn pointers(&self) -> Vec<String> {
        let errors = self.at("/errors");
        errors.as_array().into_iter().flatten().map(|e| e["pointer"].as_str().unwrap().to_owned()).collect()
    }
}

impl Fixture {
    pub(crate) async fn start() -> Self {
        let dir = TempDir::new().unwrap();
        let cluster = Cluster::start(Settings {
            data_dir: dir.path().canonicalize().unwrap(),
            bin_dir: None,
            max_connections: 30,
            shared_buffers_mb: 16,
            durable: false,
        });
        let cluster = cluster.await.unwrap();
        migrate::run(&cluster.owner_url(), Some("tradeplus_app")).await.unwrap();
        let clock = Clock::stopped_at(time::macros::datetime!(2026-03-01 12:00 UTC));
        let db = Db::connect(&cluster.app_url(), 5, clock, chance::seeded(1)).unwrap();
        let app = app(db, dir.path());
        let market = app.market.clone();
        Self { market, router: kit::route::build(app, Vec::new(), routes(), Vec::new()), cluster, _dir: dir }
    }

    pub(crate) async fn stop(self) {
        self.market.db.close().await;
        self.cluster.stop().await.unwrap();
    }

    /// A member with a proven address, and their access token.
    pub(crate) async fn member(&self, name: &str) -> (Member, String) {
        let email = format!("{}@example.org", name.to_lowercase());
        let registration = Registration::read(&email, PASSWORD, name, Lang::EN).unwrap();
        let hash = self.market.door.hasher.hash(PASSWORD.to_owned()).await.unwrap();
        let mut tx = self.market.db.begin().await.unwrap();
        let member = rules::create_verified(&mut tx, &registration, &hash, None, &[]).await.unwrap();
        let pair =
            tokens::issue(&mut tx, &member, &[], &Client::default(), "http://localhost:8080").await.unwrap();
        tx.commit().await.unwrap();
        (member, pair.access.reveal().to_owned())
    }

    /// Calls the API with a JSON body, or none for null.
    pub(crate) async fn call(&self, token: &str, method: &str, path: &str, body: Value) -> Reply {
        self.call_once(token, method, path, body, "").await
    }

    /// The same under an idempotency key.
    pub(crate) async fn call_once(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Value,
        key: &str,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
        };
        self.send(request.body(body).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Reply { status: head.status, headers: head.headers, body }
    }
}

fn app(db: Db, dir: &Path) -> App {
    let mut config = Config::default();
    config.data.dir = dir.join("data");
    config.limits.multiplier = 1000;
    config.payouts.new_seller_limits = false;
    config.payouts.watch_deals = false;
    let web = Web::load(&config, db.dice()).unwrap();
    let market = Market {
        objects: Objects::in_memory(),
        studio: Studio::new(),
        door: Door::load(&db, &config).unwrap(),
        engine: Arc::new(search::Engine::open(&dir.join("search")).unwrap().engine),
        providers: Providers::load(&config, &db, &Key::from_bytes([9; 32])).unwrap(),
        mailer: Mailer::new(&config.mail).unwrap(),
        press: Press::default(),
        views: Arc::new(Views::default()),
        rates: Arc::new(market::rates::Board::new()),
        config: Arc::new(config),
        db,
    };
    App { market, web: Arc::new(web) }
}
