//! Makes a new cluster with `initdb`: beside its place first, then moved there, so that a start
//! that is interrupted leaves nothing that looks like a cluster.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::ClusterError;
use super::account::Account;
use super::find::Binaries;
use super::place::{make_dir, own, parent, unfinished};
use super::roles::SUPERUSER;

/// A busy machine needs 16 s; a slow disk more.
const LIMIT: Duration = Duration::from_secs(120);

/// Makes the cluster. `durable`: whether to wait until it is on the disk.
///
/// # Errors
/// [`ClusterError::Initdb`] with what `initdb` said.
pub(super) async fn create(
    binaries: &Binaries,
    account: &Account,
    pgdata: &Path,
    durable: bool,
) -> Result<(), ClusterError> {
    let new = unfinished(pgdata);
    match fs::remove_dir_all(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(ClusterError::io("remove", &new)(error));
        }
        _ => {}
    }
    make_dir(&new, 0o700)?;
    own(&new, account)?;
    let program = binaries.dir.join("initdb");
    let mut command = account.command(&program, &parent(pgdata));
    command.arg("-D").arg(&new).args(arguments(binaries.major, durable));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    tracing::info!(cluster = %pgdata.display(), user = %account.name, version = binaries.major, "making a new database cluster");
    let failed = |why: String, log: String| ClusterError::Initdb { dir: pgdata.to_owned(), why, log };
    let mut command = tokio::process::Command::from(command);
    let run = tokio::time::timeout(LIMIT, command.kill_on_drop(true).output()).await;
    let output = run
        .map_err(|_| failed(format!("not done after {} s", LIMIT.as_secs()), String::new()))?
        .map_err(ClusterError::io("run", &program))?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(failed(output.status.to_string(), log));
    }
    fs::rename(&new, pgdata).map_err(ClusterError::io("move the new cluster to", pgdata))
}

/// Byte order and the case rules of Unicode on every system: an operating system's own order of
/// letters changes with its upgrades and would spoil indexes. From 17 on PostgreSQL has that built
/// in. Sorting for people is done by the program.
pub(super) fn arguments(major: u32, durable: bool) -> Vec<String> {
    let mut arguments = vec![
        format!("--username={SUPERUSER}"),
        "--encoding=UTF8".to_owned(),
        "--locale=C.UTF-8".to_owned(),
        "--data-checksums".to_owned(),
        "--auth-local=peer".to_owned(),
        "--auth-host=reject".to_owned(),
        "--no-instructions".to_owned(),
    ];
    if major >= 17 {
        arguments.push("--locale-provider=builtin".to_owned());
        arguments.push("--builtin-locale=C.UTF-8".to_owned());
    }
    if !durable {
        arguments.push("--no-sync".to_owned());
    }
    arguments
}
