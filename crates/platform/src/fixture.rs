//! A PostgreSQL of one test alone, with all migrations, a stopped clock and repeatable chance.

use crate::cluster::{Cluster, Settings};
use crate::scratch::Scratch;
use crate::{Db, chance, migrate};
use kernel::Clock;

pub(crate) struct Fixture {
    pub db: Db,
    pub cluster: Cluster,
    _dir: Scratch,
}

impl Fixture {
    pub(crate) async fn start(name: &str) -> Self {
        let dir = Scratch::new(name);
        let cluster = Cluster::start(Settings {
            data_dir: dir.path().to_owned(),
            bin_dir: None,
            max_connections: 30,
            shared_buffers_mb: 16,
            durable: false,
        })
        .await
        .unwrap();
        migrate::run(&cluster.owner_url(), Some("tradeplus_app")).await.unwrap();
        let clock = Clock::stopped_at(time::macros::datetime!(2026-03-01 12:00 UTC));
        let db = Db::connect(&cluster.app_url(), 5, clock, chance::seeded(1)).unwrap();
        Self { db, cluster, _dir: dir }
    }

    pub(crate) async fn stop(self) {
        self.db.close().await;
        self.cluster.stop().await.unwrap();
    }
}
