//! Who may connect: `peer` with a map, behind a folder that only the server's user can enter.
//!
//! Why peer: the kernel tells the server which user stands at the other end of the socket, so
//! there is no password to make, store, leak or rotate. The 0700 folder alone would do (with
//! `trust`); the map is a second door in case somebody opens the first. Let in are the user of our
//! process, the user of the server, who can read the files anyway, and root, who may become either:
//! so a command run with sudo works beside a shop that runs as an ordinary user.
//!
//! The files are written at each start and stand outside the cluster, in a folder of ours: see
//! `place.rs` for why.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::ClusterError;
use super::account::Account;
use super::place::{make_dir, parent, set_mode};
use super::roles::{APP, OWNER, SUPERUSER};

const MAP: &str = "tradeplus";

/// The two files to name on the server's command line.
#[derive(Debug, Clone)]
pub(super) struct AuthFiles {
    pub hba: PathBuf,
    pub ident: PathBuf,
}

/// Writes both files beside the cluster.
pub(super) fn write(pgdata: &Path, account: &Account) -> Result<AuthFiles, ClusterError> {
    let dir = parent(pgdata).join("pg-auth");
    make_dir(&dir, 0o755)?;
    let files = AuthFiles { hba: dir.join("pg_hba.conf"), ident: dir.join("pg_ident.conf") };
    replace(&files.hba, &hba())?;
    replace(&files.ident, &ident(&account.names()))?;
    Ok(files)
}

fn hba() -> String {
    format!(
        "# Written by TradePlus at each start.\n\
         local all all peer map={MAP}\n\
         local replication {SUPERUSER} peer map={MAP}\n"
    )
}

/// One line for each pair, because PostgreSQL 15 has no word for "every role" here.
pub(super) fn ident(names: &BTreeSet<&str>) -> String {
    let mut text = String::from("# Written by TradePlus at each start.\n");
    for name in names {
        for role in [SUPERUSER, OWNER, APP] {
            text.push_str(&format!("{MAP} \"{name}\" \"{role}\"\n"));
        }
    }
    text
}

/// Writes beside and renames: never through a link, never half.
fn replace(path: &Path, text: &str) -> Result<(), ClusterError> {
    let new = path.with_extension("new");
    let _ = fs::remove_file(&new);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(&new)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(ClusterError::io("write", &new))?;
    set_mode(&new, 0o644)?;
    fs::rename(&new, path).map_err(ClusterError::io("write", path))
}
