//! From settings to a running product: database, migrations, the market.

use anyhow::{Context, bail};
use images::Studio;
use kernel::Clock;
use market::Market;
use market::documents::Press;
use market::listings::views::Views;
use market::payments::Providers;
use market::rates::Board;
use market::signin::model::Door;
use platform::cluster::{Cluster, ClusterError, Settings};
use platform::config::Config;
use platform::crypto::secrets;
use platform::mail::Mailer;
use platform::migrate::{self, Difference};
use platform::objects::Objects;
use platform::{Db, archive, chance};
use search::Engine;
use std::path::Path;
use std::sync::Arc;

/// The database, and the private cluster if there is one.
pub struct Base {
    pub config: Arc<Config>,
    pub db: Db,
    cluster: Option<Cluster>,
    /// Another process of ours runs the cluster and follows the events.
    pub beside_another: bool,
}

impl Base {
    /// Starts or joins the private cluster, or connects to the configured database, and migrates it.
    pub async fn open(config: Arc<Config>) -> anyhow::Result<Self> {
        let (cluster, beside_another) = cluster(&config).await?;
        let (owner, app) = urls(&config, cluster.as_ref())?;
        if !beside_another {
            let role = migrate::role_of(&app)?;
            let role = Some(role).filter(|r| migrate::role_of(&owner).is_ok_and(|o| o != *r));
            let run =
                migrate::run(&owner, role.as_deref()).await.context("the database could not be migrated")?;
            if !run.is_empty() {
                tracing::info!(migrations = run.len(), "the database was migrated");
            }
        }
        let db = Db::connect(&app, config.database.connections, Clock::system(), chance::system())?;
        Ok(Self { config, db, cluster, beside_another })
    }

    /// How the database compares with this program; changes nothing in it. Starts or joins the private cluster.
    pub async fn difference(config: &Config) -> anyhow::Result<Difference> {
        let (cluster, beside_another) = cluster(config).await?;
        let (_, app) = urls(config, cluster.as_ref())?;
        let difference = migrate::check(&app).await.context("the database cannot be read");
        if let Some(cluster) = cluster.filter(|_| !beside_another) {
            cluster.stop().await?;
        }
        difference
    }

    /// The product on top of it. Opens the search index.
    pub fn market(&self) -> anyhow::Result<Market> {
        let (config, db) = (Arc::clone(&self.config), self.db.clone());
        let dir = &config.data.dir;
        let key = secrets::load_or_create(&dir.join("secrets"), "sandbox", db.dice())?;
        // Copies that a process which was killed left half made.
        archive::sweep(&dir.join("tmp"), db.now())?;
        let opened = Engine::open(&dir.join("search")).context("the search index cannot be opened")?;
        Ok(Market {
            objects: Objects::local(&dir.join("objects"))?,
            studio: Studio::new(),
            door: Door::load(&db, &config)?,
            engine: Arc::new(opened.engine),
            providers: Providers::load(&config, &db, &key)
                .context("the payment providers cannot be set up")?,
            mailer: Mailer::new(&config.mail)?,
            press: Press::load(config.documents.fonts.as_deref()).context("documents.fonts")?,
            views: Arc::new(Views::default()),
            rates: Arc::new(Board::new()),
            config,
            db,
        })
    }

    /// Closes the pool and stops what was started.
    pub async fn close(self) -> anyhow::Result<()> {
        self.db.close().await;
        match self.cluster {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

/// The settings. Every mistake is printed before the program gives up.
pub fn config(file: Option<&Path>, data: Option<std::path::PathBuf>) -> anyhow::Result<Arc<Config>> {
    match Config::load(file, std::env::vars(), data) {
        Ok(config) => Ok(Arc::new(config)),
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            bail!("{} in the settings\n{}", count(faults.len(), "mistake"), lines.join("\n"))
        }
    }
}

/// "1 mistake", "3 mistakes".
pub fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

async fn cluster(config: &Config) -> anyhow::Result<(Option<Cluster>, bool)> {
    if config.database.url.is_some() {
        return Ok((None, false));
    }
    std::fs::create_dir_all(&config.data.dir)
        .with_context(|| format!("the data directory {} cannot be made", config.data.dir.display()))?;
    let settings = Settings {
        data_dir: config.data.dir.clone(),
        bin_dir: config.database.bin_dir.clone(),
        max_connections: config.database.connections * 2 + 20,
        shared_buffers_mb: config.database.shared_buffers_mb,
        durable: true,
    };
    match Cluster::start(settings).await {
        Ok(cluster) => Ok((Some(cluster), false)),
        Err(ClusterError::Locked { .. }) => Ok((Some(Cluster::join(&config.data.dir)?), true)),
        Err(error) => Err(error.into()),
    }
}

fn urls(config: &Config, cluster: Option<&Cluster>) -> anyhow::Result<(String, String)> {
    match (cluster, &config.database.url) {
        (Some(cluster), _) => Ok((cluster.owner_url(), cluster.app_url())),
        (None, Some(owner)) => {
            let app = config.database.app_url.as_ref().unwrap_or(owner);
            Ok((config.database.address(owner), config.database.address(app)))
        }
        (None, None) => bail!("no database: set DATABASE_URL"),
    }
}
