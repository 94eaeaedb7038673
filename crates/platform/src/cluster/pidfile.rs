//! `postmaster.pid`, the file a PostgreSQL server keeps in its cluster while it runs. Lines:
//! 1 process id, 2 cluster, 3 start, 4 port, 5 socket folder, 6 address, 7 shared memory, 8 state.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, test_kill_process};

use super::ClusterError;

/// A process id no system gives out (Linux stops at 2^22).
const NOBODY: i32 = i32::MAX;

/// What the file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pub pid: i32,
    pub socket_dir: Option<PathBuf>,
    /// The server answers queries.
    pub ready: bool,
}

/// None when there is no file, or none that can be read.
pub(super) fn read(pgdata: &Path) -> Option<PidFile> {
    parse(&fs::read_to_string(path(pgdata)).ok()?)
}

pub(super) fn parse(text: &str) -> Option<PidFile> {
    let lines: Vec<&str> = text.lines().collect();
    // Negative for a server in single-user mode.
    let pid = lines.first()?.trim().parse::<i32>().ok()?.checked_abs()?;
    let line = |n: usize| lines.get(n).map(|l| l.trim());
    let socket_dir = line(4).filter(|dir| dir.starts_with('/')).map(PathBuf::from);
    Some(PidFile { pid, socket_dir, ready: line(7) == Some("ready") })
}

/// The process the file names, if there is a file and the process lives.
pub(super) fn live_process(pgdata: &Path) -> Result<Option<Pid>, ClusterError> {
    let path = path(pgdata);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ClusterError::io("read", &path)(source)),
    };
    let Some(file) = parse(&text) else {
        // Cut short by a full disk or a power cut: PostgreSQL would refuse to start.
        fs::remove_file(&path).map_err(ClusterError::io("remove", &path))?;
        return Ok(None);
    };
    let pid = Pid::from_raw(file.pid);
    Ok(pid.filter(|pid| test_kill_process(*pid) != Err(rustix::io::Errno::SRCH)))
}

/// Writes a process that cannot exist into the first line, so that PostgreSQL goes on to its own
/// check of the shared memory, which it skips when the file is missing. A file that a server has
/// just removed on its way out is missing for good.
pub(super) fn name_nobody(pgdata: &Path) -> Result<(), ClusterError> {
    let path = path(pgdata);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(ClusterError::io("read", &path)(source)),
    };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    let mut options = OpenOptions::new();
    options.write(true).truncate(true).custom_flags(libc::O_NOFOLLOW);
    options
        .open(&path)
        .and_then(|mut file| file.write_all(format!("{NOBODY}\n{rest}").as_bytes()))
        .map_err(ClusterError::io("write", &path))
}

fn path(pgdata: &Path) -> PathBuf {
    pgdata.join("postmaster.pid")
}
