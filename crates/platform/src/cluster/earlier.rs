//! What an earlier server may have left: itself, its workers, its files. Two servers on one cluster
//! destroy it, so this is settled before every start.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::url::PORT;
use super::{ClusterError, pidfile};

/// When to signal what: so long after the first look, this.
type Steps = [(Duration, Signal); 2];

/// A server that lost its supervisor stops by itself; later we ask, then insist.
const SERVER: Steps = [(Duration::from_secs(10), Signal::INT), (Duration::from_secs(30), Signal::QUIT)];
/// Workers of a server that was killed can't finish anything; a busy one may go on for hours.
const WORKERS: Steps = [(Duration::ZERO, Signal::QUIT), (Duration::from_secs(5), Signal::KILL)];
/// After the last step.
const PATIENCE: Duration = Duration::from_secs(15);

/// Makes sure that nothing of an earlier server works on the cluster any more, and that no file it
/// left keeps the next one from starting.
///
/// `postmaster.pid` is never removed while it can be read: PostgreSQL learns from it which shared
/// memory to look for, and so notices workers that we have missed.
///
/// # Errors
/// [`ClusterError::StillRunning`].
pub(super) async fn settle(pgdata: &Path, socket_dir: &Path) -> Result<(), ClusterError> {
    while let Some(pid) = pidfile::live_process(pgdata)? {
        if !works_in(pid, pgdata) {
            // The number was given out again, as after a container restart; or the process is dead
            // and nobody has collected it.
            pidfile::name_nobody(pgdata)?;
            break;
        }
        see_off(&SERVER, || Some(pid).filter(|pid| works_in(*pid, pgdata)).into_iter().collect()).await?;
    }
    see_off(&WORKERS, || workers(pgdata)).await?;
    remove_socket(socket_dir)
}

/// Waits until nobody is left, and signals those who are.
async fn see_off(steps: &Steps, left: impl Fn() -> Vec<Pid>) -> Result<(), ClusterError> {
    let began = Instant::now();
    let mut steps = steps.iter().peekable();
    let mut limit = began + PATIENCE;
    loop {
        let pids = left();
        let Some(first) = pids.first() else { return Ok(()) };
        if let Some((_, signal)) = steps.next_if(|(after, _)| began.elapsed() >= *after) {
            tracing::warn!(?pids, ?signal, "stopping what an earlier PostgreSQL left on this cluster");
            for pid in &pids {
                // It may have ended since we looked.
                let _ = kill_process(*pid, *signal);
            }
            limit = Instant::now() + PATIENCE;
        } else if steps.peek().is_none() && Instant::now() >= limit {
            return Err(ClusterError::StillRunning { pid: first.as_raw_nonzero().get() });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Every PostgreSQL process that works in this cluster. On systems without /proc nobody is found,
/// and PostgreSQL's own check has to do.
fn workers(pgdata: &Path) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|e| Pid::from_raw(e.file_name().to_str()?.parse().ok()?));
    pids.filter(|pid| works_in(*pid, pgdata)).collect()
}

/// Whether the process is PostgreSQL, working in this cluster. It does so as the owner of the
/// files, so a process we may not look at is none.
fn works_in(pid: Pid, pgdata: &Path) -> bool {
    if !Path::new("/proc/self").exists() {
        return runs_postgres(pid);
    }
    let process = PathBuf::from(format!("/proc/{}", pid.as_raw_nonzero()));
    let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
    if !matches!(name.trim(), "postgres" | "postmaster") {
        return false;
    }
    // A dead process nobody has collected yet has no folder any more.
    let folder = fs::read_link(process.join("cwd"));
    folder.is_ok_and(|folder| pgdata.canonicalize().is_ok_and(|pgdata| pgdata == folder))
}

/// For systems without /proc.
fn runs_postgres(pid: Pid) -> bool {
    let pid = pid.as_raw_nonzero().to_string();
    let output = std::process::Command::new("ps").args(["-o", "comm=", "-p", &pid]).output();
    output.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).trim_end().ends_with("postgres"))
}

/// PostgreSQL trusts the number in the socket's lock file alone, even when it is somebody else's
/// by now. No server of ours lives, so the socket is nobody's.
fn remove_socket(socket_dir: &Path) -> Result<(), ClusterError> {
    for name in [".lock", ""] {
        let path = socket_dir.join(format!(".s.PGSQL.{PORT}{name}"));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ClusterError::io("remove", &path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}
