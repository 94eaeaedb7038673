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
use market::documents::Press;
use market::listings::views::Views;
use market::payments::Providers;
use market::payments::sandbox::Sandbox;
use market::rates::Board;
use market::signin::model::Door;
use platform::config::{Config, PaymentProvider};
use platform::crypto::Key;
use platform::mail::Mailer;
use platform::objects::Objects;
use platform::{Db, chance};
use search::Engine;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
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

/// Makes those who hold the money, on the town's database.
pub type MakeProviders = Box<dyn FnOnce(&Db) -> Providers + Send>;

/// How a town differs from others.
pub struct Setting {
    pub config: Config,
    /// The bytes of the key that the sandbox signs its webhooks with.
    pub sandbox_key: [u8; 32],
    /// Who holds the money, if others than the settings say.
    pub providers: Option<MakeProviders>,
}

impl Default for Setting {
    /// Passwords that cost nothing, and limits that nobody reaches by chance.
    fn default() -> Self {
        let mut config = Config::default();
        config.passwords.memory_kib = 16;
        config.passwords.passes = 1;
        config.passwords.queue = 10_000;
        config.limits.multiplier = 100_000;
        config.payouts.new_seller_limits = false;
        config.payouts.watch_deals = false;
        Self { config, sandbox_key: [7; 32], providers: None }
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

/// Where a world is that several processes share: its database, and the folder of its keys and files.
#[derive(Clone, Debug)]
pub struct Place {
    pub owner_url: String,
    pub app_url: String,
    pub data: PathBuf,
}

impl World {
    pub(crate) async fn make(setting: Setting) -> Self {
        let database = server().await.clone_template().await;
        let data = scratch::folder("town-");
        let home = data.path().to_owned();
        let clock = Clock::stopped_at(BEGINNING);
        Self::build(setting, database, (data, home.as_path()), Objects::in_memory(), (clock, SEED))
    }

    /// A world that others share: the same database, keys and files, and chance of its own. It clears nothing up.
    pub fn join(place: &Place, setting: Setting, clock: Clock, seed: u64) -> Self {
        let database = Database::of_others(&place.owner_url, &place.app_url);
        let objects = Objects::local(&place.data.join("objects")).unwrap();
        let own = scratch::folder("world-");
        Self::build(setting, database, (own, place.data.as_path()), objects, (clock, seed))
    }

    /// `data` holds the search index, `home` the keys.
    fn build(
        setting: Setting,
        database: Database,
        (data, home): (TempDir, &Path),
        objects: Objects,
        (clock, seed): (Clock, u64),
    ) -> Self {
        let db = Db::connect(&database.app_url, CONNECTIONS, clock.clone(), chance::seeded(seed)).unwrap();
        let owner = PgPoolOptions::new().max_connections(4).connect_lazy(&database.owner_url).unwrap();
        let market = market(setting, &db, (data.path(), home), objects);
        let web = web(&market);
        let app = App { market: market.clone(), web: Arc::new(web) };
        let router = tradeplus::routes::router(app.clone());
        Self { db, clock, owner, market, app, router, database, data }
    }

    /// Where it is, for other processes that join it.
    pub fn place(&self) -> Place {
        Place {
            owner_url: self.database.owner_url.clone(),
            app_url: self.database.app_url.clone(),
            data: self.data.path().to_owned(),
        }
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
        is_guarded(&answer, &self.field_policy());
        answer
    }
}

impl World {
    /// What the one page with a card company's field may do.
    pub fn field_policy(&self) -> String {
        let stripe = &self.market.config.stripe;
        kit::headers::with_field(&stripe.js_url, &stripe.api_url)
    }
}

/// Browsers are told what they may do with every answer, even with those that are none of ours.
fn is_guarded(answer: &Answer, field_policy: &str) {
    let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("no {name}: {}", answer.told()));
    assert_eq!(header("x-content-type-options"), "nosniff");
    // What was not sent again keeps the policy that it came with.
    if answer.status() != 304 {
        let policy = header("content-security-policy");
        let has_field = policy == field_policy && answer.told().contains(" /checkout/");
        if !has_field {
            policy_is_strict(policy);
        }
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

fn market(setting: Setting, db: &Db, (data, home): (&Path, &Path), objects: Objects) -> Market {
    let Setting { mut config, sandbox_key, providers } = setting;
    config.data.dir = home.to_owned();
    let base = config.server.base_url.as_str();
    // Without a provider of its own a town is paid through the sandbox.
    let providers = match (providers, config.payments.provider) {
        (Some(providers), _) => providers(db),
        (None, PaymentProvider::Sandbox) => {
            Providers::of_sandbox(Sandbox::remembering(db, &Key::from_bytes(sandbox_key), base), base)
        }
        (None, PaymentProvider::Live) => Providers::load(&config, db, &Key::from_bytes(sandbox_key)).unwrap(),
    };
    let opened = Engine::open_with(&data.join("search"), SEARCH_BYTES).unwrap();
    Market {
        db: db.clone(),
        objects,
        studio: Studio::new(),
        door: Door::load(db, &config).unwrap(),
        engine: Arc::new(opened.engine),
        providers,
        mailer: Mailer::new(&config.mail).unwrap(),
        press: Press::default(),
        views: Arc::new(Views::default()),
        rates: Arc::new(Board::new()),
        config: Arc::new(config),
    }
}

/// On a thread outside the runtime: there the assets are not compressed, which takes seconds.
fn web(market: &Market) -> Web {
    let (config, dice) = (Arc::clone(&market.config), market.db.dice().clone());
    std::thread::spawn(move || Web::load(&config, &dice).unwrap()).join().unwrap()
}
