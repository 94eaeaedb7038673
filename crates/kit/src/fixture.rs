//! An app for tests of this crate: without a database, or with a private one.

use crate::app::{App, Web};
use images::Studio;
use kernel::Clock;
use market::Market;
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
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) struct Fixture {
    pub app: App,
    cluster: Option<Cluster>,
    _dir: TempDir,
}

impl Fixture {
    /// Whoever asks the database gets an error.
    pub(crate) fn offline() -> Self {
        let dir = TempDir::new().unwrap();
        let db = db("postgres://nobody@127.0.0.1:1/nothing");
        Self { app: app(db, dir.path()), cluster: None, _dir: dir }
    }

    /// With a PostgreSQL of its own.
    pub(crate) async fn online() -> Self {
        let dir = TempDir::new().unwrap();
        let settings = Settings {
            data_dir: dir.path().canonicalize().unwrap(),
            bin_dir: None,
            max_connections: 30,
            shared_buffers_mb: 16,
            durable: false,
        };
        let cluster = Cluster::start(settings).await.unwrap();
        migrate::run(&cluster.owner_url(), Some("tradeplus_app")).await.unwrap();
        let app = app(db(&cluster.app_url()), dir.path());
        Self { app, cluster: Some(cluster), _dir: dir }
    }

    pub(crate) async fn stop(self) {
        self.app.market.db.close().await;
        if let Some(cluster) = self.cluster {
            cluster.stop().await.unwrap();
        }
    }
}

fn db(url: &str) -> Db {
    let clock = Clock::stopped_at(time::macros::datetime!(2026-03-01 12:00 UTC));
    Db::connect(url, 5, clock, chance::seeded(1)).unwrap()
}

fn app(db: Db, dir: &Path) -> App {
    let mut config = Config::default();
    config.data.dir = dir.join("data");
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
