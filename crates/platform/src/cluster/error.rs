//! What can go wrong with the private cluster. Every message says what, where and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private cluster could not be started, joined or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error(
        "another TradePlus{} uses the data directory {}: stop it first, or give this one its own with --data",
        holder(*pid), dir.display()
    )]
    Locked { dir: PathBuf, pid: Option<i32> },

    #[error("no TradePlus is running its database in {}: start `tradeplus serve` first", dir.display())]
    NotRunning { dir: PathBuf },

    #[error(
        "PostgreSQL 15 to 18 was not found{}. Run bin/install-postgres, or install PostgreSQL with your \
         package manager, or set DATABASE_URL to a server you run yourself",
        seen(found)
    )]
    NoBinaries { found: Vec<String> },

    #[error(
        "the configured PostgreSQL folder {} does not hold the programs postgres and initdb: name the \
         folder that does (often …/bin), or remove the setting",
        dir.display()
    )]
    NamedFolder { dir: PathBuf },

    #[error(
        "the database in {} was made by PostgreSQL {major}, and no PostgreSQL {major} is on this \
         machine{}. Install PostgreSQL {major} beside the other, or move the data over with pg_dump: \
         a server of another version cannot open these files",
        dir.display(), seen(found)
    )]
    WrongMajor { dir: PathBuf, major: u32, found: Vec<String> },

    #[error(
        "user id {uid} has no entry in the user database (/etc/passwd), and PostgreSQL refuses to work \
         without one: run TradePlus as a user that has one, or set DATABASE_URL to a server you run \
         yourself"
    )]
    NoPasswdEntry { uid: u32 },

    #[error(
        "PostgreSQL refuses to run as root, and none of the users tradeplus, postgres and nobody exists: \
         create one (useradd --system tradeplus), or run TradePlus as an ordinary user"
    )]
    NoAccount,

    #[error(
        "root may not start programs as user {name} here ({source}): run TradePlus as an ordinary user, \
         or give the container CAP_SETUID and CAP_SETGID, or set DATABASE_URL"
    )]
    CannotSwitch { name: String, source: io::Error },

    #[error(
        "{} belongs to user id {owner} and we run as {uid}: run TradePlus as that user or as root, or \
         choose another data directory with --data",
        dir.display()
    )]
    OtherOwner { dir: PathBuf, owner: u32, uid: u32 },

    #[error(
        "{} is there, is not empty and is not a PostgreSQL cluster (it has no readable PG_VERSION): \
         move it away, and a new cluster will be made",
        dir.display()
    )]
    NotACluster { dir: PathBuf },

    #[error("user {name} cannot enter {}: open the folders above it (chmod o+x), or move it", dir.display())]
    Unreachable { name: String, dir: PathBuf },

    #[error("making the database cluster in {} failed ({why}){}", dir.display(), said(log))]
    Initdb { dir: PathBuf, why: String, log: String },

    #[error("PostgreSQL in {} ended ({status}){}", dir.display(), said(log))]
    Exited { dir: PathBuf, status: String, log: String },

    #[error(
        "PostgreSQL in {} was not ready after {seconds} s; it may be recovering on a slow disk: try \
         again{}",
        dir.display(), said(log)
    )]
    NotReady { dir: PathBuf, seconds: u64, log: String },

    #[error(
        "PostgreSQL (process {pid}) does not end: look at what it waits for, end it with kill -QUIT {pid}, \
         then start again"
    )]
    StillRunning { pid: i32 },

    #[error("the roles and the database of the private cluster could not be brought into place: {source}")]
    Roles { source: sqlx::Error },

    #[error("could not {what} {}: {source}", path.display())]
    Io { what: &'static str, path: PathBuf, source: io::Error },

    #[error("the thread that supervises PostgreSQL ended by itself: start TradePlus again")]
    SupervisorLost,
}

impl ClusterError {
    /// For `map_err`: what was tried on which path.
    pub(super) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ClusterError {
        move |source| ClusterError::Io { what, path: path.to_owned(), source }
    }

    /// A server that was killed leaves workers behind for a moment; PostgreSQL then refuses to
    /// start, and is right to. Trying again a second later is the remedy.
    pub(super) fn passes_by_itself(&self) -> bool {
        matches!(self, ClusterError::Exited { log, .. } if log.contains("still in use"))
    }
}

fn holder(pid: Option<i32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

fn seen(found: &[String]) -> String {
    if found.is_empty() { String::new() } else { format!(" (seen: {})", found.join("; ")) }
}

fn said(log: &str) -> String {
    if log.is_empty() { String::new() } else { format!(". It said:\n{log}") }
}
