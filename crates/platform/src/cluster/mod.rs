//! The private PostgreSQL cluster: created, started, supervised and stopped by our own binary when
//! no `DATABASE_URL` is set.
//!
//! Invariants:
//! - one supervisor per data directory (a lock on `lock` inside it);
//! - the server listens on a Unix socket in a 0700 folder only, never on a port;
//! - the server never outlives us for long, and we never outlive it: it is told to stop when we die,
//!   and started again when it dies;
//! - it never runs as root, and a server of one major version is never started on the files of
//!   another.
//!
//! Layout below the data directory: `pg` is the cluster (or a link to it), `run` holds the socket,
//! `pg-auth` who may connect, `lock` the lock. Where `pg` is a link, the others stand beside its
//! target.

mod account;
mod auth;
mod create;
mod earlier;
mod error;
mod find;
mod lock;
mod log;
mod pidfile;
mod place;
mod roles;
mod server;
mod supervise;
#[cfg(test)]
mod tests;
mod url;

use std::path::{Path, PathBuf};

use tokio::sync::oneshot;

pub use error::ClusterError;

/// How to run the private cluster.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data directory, for example `./data`; the cluster lives in `pg` below it.
    pub data_dir: PathBuf,
    /// The folder that holds `postgres` and `initdb`. When named, no other place is searched.
    pub bin_dir: Option<PathBuf>,
    /// `max_connections` of the server: the pools of all our processes plus some 20 to spare.
    pub max_connections: u32,
    /// `shared_buffers` of the server, in mebibytes.
    pub shared_buffers_mb: u32,
    /// False for tests only: a power cut may then lose or spoil the cluster.
    pub durable: bool,
}

/// A running private cluster. Dropping it also stops the server, but nobody waits for that:
/// call [`Cluster::stop`].
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    /// None when the server belongs to another process and we only joined it.
    supervisor: Option<Supervisor>,
}

#[derive(Debug)]
struct Supervisor {
    /// Sending on it, or dropping it, stops the server.
    stop: oneshot::Sender<()>,
    done: oneshot::Receiver<Result<(), ClusterError>>,
}

impl Cluster {
    /// Finds the binaries, creates the cluster if it is missing, starts and supervises it, and
    /// brings roles and database into place. Returns when the server answers queries.
    ///
    /// # Errors
    /// [`ClusterError`]; its message says what to do. [`ClusterError::Locked`] when another process
    /// runs this cluster: see [`Cluster::join`].
    pub async fn start(settings: Settings) -> Result<Cluster, ClusterError> {
        let (stop, told_to_stop) = oneshot::channel();
        let (tell_up, up) = oneshot::channel();
        let (tell_done, done) = oneshot::channel();
        supervise::begin(settings, told_to_stop, tell_up, tell_done)?;
        let supervisor = Supervisor { stop, done };
        let ready = match up.await {
            Ok(Ok(ready)) => ready,
            // At its end the locks are free again, so that the caller may try once more.
            Ok(Err(error)) => return supervisor.end().await.and(Err(error)),
            Err(_) => return supervisor.end().await.and(Err(LOST)),
        };
        let cluster = Cluster { socket_dir: ready.socket_dir, supervisor: Some(supervisor) };
        if let Err(source) = roles::settle(&cluster.socket_dir, ready.statistics).await {
            cluster.stop().await?;
            return Err(ClusterError::Roles { source });
        }
        Ok(cluster)
    }

    /// Joins the cluster that another process of ours has running for this data directory, so that
    /// a command can be used beside a running shop. Stopping it does nothing.
    ///
    /// # Errors
    /// [`ClusterError::NotRunning`] when no server is ready there.
    pub fn join(data_dir: &Path) -> Result<Cluster, ClusterError> {
        let not_running = || ClusterError::NotRunning { dir: data_dir.to_owned() };
        let data_dir = data_dir.canonicalize().map_err(|_| not_running())?;
        if !lock::is_held(&data_dir) {
            return Err(not_running());
        }
        let pgdata = place::cluster_path(&data_dir)?;
        let file = pidfile::read(&pgdata).filter(|f| f.ready).ok_or_else(not_running)?;
        let socket_dir = file.socket_dir.ok_or_else(not_running)?;
        Ok(Cluster { socket_dir, supervisor: None })
    }

    /// The role that owns the database `tradeplus`: for migrations.
    pub fn owner_url(&self) -> String {
        url::to(&self.socket_dir, roles::OWNER, roles::DATABASE)
    }

    /// The role the program works as: it reads and writes rows and may not change tables.
    pub fn app_url(&self) -> String {
        url::to(&self.socket_dir, roles::APP, roles::DATABASE)
    }

    /// The superuser, in the maintenance database `postgres`: for backups, upgrades and the tests
    /// that make databases. The program itself has no need of it.
    pub fn admin_url(&self) -> String {
        url::to(&self.socket_dir, roles::SUPERUSER, "postgres")
    }

    /// The folder of the Unix socket `.s.PGSQL.5432`.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Stops the server: a fast shutdown, after 20 s an immediate one that gets 10 s (the next
    /// start then recovers from the write-ahead log). Fine when the server is gone already.
    ///
    /// # Errors
    /// [`ClusterError::StillRunning`] when it outlives both.
    pub async fn stop(self) -> Result<(), ClusterError> {
        match self.supervisor {
            Some(supervisor) => supervisor.end().await,
            None => Ok(()),
        }
    }
}

const LOST: ClusterError = ClusterError::SupervisorLost;

impl Supervisor {
    async fn end(self) -> Result<(), ClusterError> {
        // A supervisor that has ended does not listen any more; its answer says how it ended.
        let _ = self.stop.send(());
        self.done.await.unwrap_or(Err(LOST))
    }
}
