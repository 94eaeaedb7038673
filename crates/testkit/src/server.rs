//! The PostgreSQL of this test process: started once, migrated once into a template, cloned for every test.
//!
//! `DATABASE_URL_TESTS`, the URL of a superuser, names a server to use instead of a private one.

use crate::scratch;
use platform::cluster::{Cluster, Settings};
use platform::migrate;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;
use url::Url;

const OWNER: &str = "tradeplus_owner";
const APP: &str = "tradeplus_app";
/// The database of a private cluster that is cloned.
const TEMPLATE: &str = "tradeplus";
/// Connections of a dozen towns at once, counted generously: who gets none waits for half a minute and fails.
const CONNECTIONS: u32 = 500;
/// Any number that nothing else locks: the letters "tptests!".
const TEMPLATE_LOCK: i64 = i64::from_be_bytes(*b"tptests!");

/// A server with a migrated template.
pub(crate) struct Server {
    admin: Url,
    template: String,
    /// Dropped never: the server is told to stop when this process ends.
    _cluster: Option<Cluster>,
}

/// A database of one town.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub name: String,
    pub owner_url: String,
    pub app_url: String,
    admin_url: String,
}

/// The server of this process.
pub(crate) async fn server() -> &'static Server {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    SERVER
        .get_or_init(|| async {
            match std::env::var("DATABASE_URL_TESTS") {
                Ok(url) if !url.is_empty() => Server::given(&url).await,
                _ => Server::private().await,
            }
        })
        .await
}

impl Server {
    async fn private() -> Self {
        let settings = Settings {
            data_dir: scratch::dir().join("cluster"),
            bin_dir: None,
            max_connections: CONNECTIONS,
            shared_buffers_mb: 64,
            durable: false,
        };
        let cluster = Cluster::start(settings).await.unwrap();
        migrate::run(&cluster.owner_url(), Some(APP)).await.unwrap();
        let admin = cluster.admin_url().parse().unwrap();
        Self { admin, template: TEMPLATE.to_owned(), _cluster: Some(cluster) }
    }

    /// Makes roles and template where they are missing. Several test processes may do so at once.
    async fn given(url: &str) -> Self {
        let server = Self {
            admin: url.parse().unwrap(),
            template: "tradeplus_tests_template".to_owned(),
            _cluster: None,
        };
        let mut admin = PgConnection::connect(url).await.unwrap();
        sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut admin).await.unwrap();
        for role in [OWNER, APP] {
            let make = format!(
                "do $$ begin if not exists (select from pg_roles where rolname = '{role}')
                 then create role {role} login password '{role}'; end if; end $$"
            );
            admin.execute(AssertSqlSafe(make)).await.unwrap();
        }
        let owner_url = server.url(OWNER, &server.template);
        let is_there = "select exists (select from pg_database where datname = $1)";
        let there: bool =
            sqlx::query_scalar(is_there).bind(&server.template).fetch_one(&mut admin).await.unwrap();
        let fits = there
            && migrate::check(&owner_url).await.is_ok_and(|d| d.changed.is_empty() && d.unknown.is_empty());
        if !fits {
            let template = &server.template;
            let drop = format!("drop database if exists {template} with (force)");
            admin.execute(AssertSqlSafe(drop)).await.unwrap();
            let create =
                format!("create database {template} owner {OWNER} template template0 encoding 'UTF8'");
            admin.execute(AssertSqlSafe(create)).await.unwrap();
        }
        migrate::run(&owner_url, Some(APP)).await.unwrap();
        admin.close().await.unwrap();
        server
    }

    /// A new database, a copy of the template.
    pub(crate) async fn clone_template(&self) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tradeplus_it_{}_{number}", std::process::id());
        let mut admin = PgConnection::connect(self.admin.as_str()).await.unwrap();
        let create = format!("create database {name} owner {OWNER} template {}", self.template);
        admin.execute(AssertSqlSafe(create)).await.unwrap();
        admin.close().await.unwrap();
        Database {
            owner_url: self.url(OWNER, &name),
            app_url: self.url(APP, &name),
            admin_url: self.admin.to_string(),
            name,
        }
    }

    fn url(&self, role: &str, database: &str) -> String {
        let mut url = self.admin.clone();
        url.set_username(role).unwrap();
        if url.password().is_some() {
            url.set_password(Some(role)).unwrap();
        }
        url.set_path(&format!("/{database}"));
        url.to_string()
    }
}

impl Database {
    /// One that others made, and remove.
    pub(crate) fn of_others(owner_url: &str, app_url: &str) -> Self {
        let (owner_url, app_url) = (owner_url.to_owned(), app_url.to_owned());
        Self { name: String::new(), owner_url, app_url, admin_url: String::new() }
    }

    /// Drops it, whoever is connected.
    pub(crate) async fn remove(&self) -> Result<(), sqlx::Error> {
        let mut admin = PgConnection::connect(&self.admin_url).await?;
        let drop = format!("drop database if exists {} with (force)", self.name);
        admin.execute(AssertSqlSafe(drop)).await?;
        admin.close().await
    }
}
