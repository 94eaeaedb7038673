//! The whole product on a database of its own: what everybody in a town shares.

use crate::answer::Answer;
use crate::scratch;
use crate::server::{Database, server};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use http_body_util::BodyExt;
use images::Studio;
use kernel::{Clock, Moment};
use kit::{App, Web};
use market::Market;
use market::listings::views::Views;
use market::payments::sandbox::Sandbox;
use market::signin::model::Door;
use platform::config::Config;
use platform::crypto::Key;
use platform::mail::Mailer;
use platform::objects::Objects;
use platform::{Db, chance};
use search::Engine;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// When every story begins: a Sunday, in daylight.
const BEGINNING: Moment = time::macros::datetime!(2026-03-01 12:00 UTC);
const SEED: u64 = 20_260_301;
/// Connections of the program in a town.
const CONNECTIONS: u32 = 24;
/// Memory of the search index for documents on their way to the disk: the least there is.
const SEARCH_BYTES: usize = 15_000_000;

/// How a town differs from others.
pub struct Setting {
    pub config: Config,
    /// The bytes of the key that the sandbox signs its webhooks with.
    pub sandbox_key: [u8; 32],
}

impl Default for Setting {
    /// Passwords that cost nothing, and limits that nobody reaches by chance.
    fn default() -> Self {
        let mut config = Config::default();
        config.passwords.memory_kib = 16;
        config.passwords.passes = 1;
        config.passwords.queue = 10_000;
        config.limits.multiplier = 100_000;
        Self { config, sandbox_key: [7; 32] }
    }
}

/// What a town is made of.
pub struct World {
    /// As the program's own role, at the town's time.
    pub db: Db,
    /// Stands still until a test moves it.
    pub clock: Clock,
    /// As the owner of the tables: for looking and for tampering.
    pub owner: PgPool,
    pub market: Market,
    pub app: App,
    /// Every route of the program.
    pub router: Router,
    pub(crate) database: Database,
    data: TempDir,
}

impl World {
    pub(crate) async fn make(setting: Setting) -> Self {
        let database = server().await.clone_template().await;
        let clock = Clock::stopped_at(BEGINNING);
        let db = Db::connect(&database.app_url, CONNECTIONS, clock.clone(), chance::seeded(SEED)).unwrap();
        let owner = PgPoolOptions::new().max_connections(4).connect_lazy(&database.owner_url).unwrap();
        let data = scratch::folder("town-");
        let market = market(setting, &db, &data);
        let web = web(&market);
        let app = App { market: market.clone(), web: Arc::new(web) };
        let router = tradeplus::routes::router(app.clone());
        Self { db, clock, owner, market, app, router, database, data }
    }

    /// The folder of the town's files: `search` holds the index.
    pub fn data_dir(&self) -> &std::path::Path {
        self.data.path()
    }

    pub fn now(&self) -> Moment {
        self.db.now()
    }

    /// Asks the program, as if from `address`. Fails when it answers 500, because no story ends in our own fault,
    /// and when the answer lacks a header that every answer carries.
    pub async fn ask(&self, mut request: Request<Body>, address: IpAddr) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 50_000)));
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let answer = Answer::new(asked, head.status, head.headers, body);
        assert_ne!(answer.status(), 500, "{}", answer.told());
        is_guarded(&answer);
        answer
    }
}

/// Browsers are told what they may do with every answer, even with those that are none of ours.
fn is_guarded(answer: &Answer) {
    let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("no {name}: {}", answer.told()));
    assert_eq!(header("x-content-type-options"), "nosniff");
    // What was not sent again keeps the policy that it came with.
    if answer.status() != 304 {
        let policy = header("content-security-policy");
        policy_is_strict(policy);
        if answer.header("content-type").is_some_and(|t| t.starts_with("text/html")) {
            let heard = policy.ends_with("report-to csp")
                && answer.header("reporting-endpoints") == Some("csp=\"/reports\"");
            assert!(heard, "what browsers keep away is told to nobody: {}", answer.told());
        }
    }
    for name in ["referrer-policy", "permissions-policy", "cross-origin-opener-policy", "x-request-id"] {
        assert!(!header(name).is_empty(), "{name}");
    }
    assert!(answer.header("server").is_none() && answer.header("x-powered-by").is_none());
    assert!(answer.header("access-control-allow-origin").is_none(), "no other site reads our answers");
}

fn policy_is_strict(policy: &str) {
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http:"), "{policy}");
}

fn market(setting: Setting, db: &Db, data: &TempDir) -> Market {
    let Setting { mut config, sandbox_key } = setting;
    config.data.dir = data.path().to_owned();
    let opened = Engine::open_with(&data.path().join("search"), SEARCH_BYTES).unwrap();
    Market {
        db: db.clone(),
        objects: Objects::in_memory(),
        studio: Studio::new(),
        door: Door::load(db, &config).unwrap(),
        engine: Arc::new(opened.engine),
        provider: Arc::new(Sandbox::new(db.clone(), &Key::from_bytes(sandbox_key))),
        mailer: Mailer::new(&config.mail).unwrap(),
        views: Arc::new(Views::default()),
        config: Arc::new(config),
    }
}

/// On a thread outside the runtime: there the assets are not compressed, which takes seconds.
fn web(market: &Market) -> Web {
    let (config, dice) = (Arc::clone(&market.config), market.db.dice().clone());
    std::thread::spawn(move || Web::load(&config, &dice).unwrap()).join().unwrap()
}
