//! One folder for everything that this test process puts on the disk, gone when the process is, however it ends.

use std::io::PipeWriter;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// Waits until our end of the pipe is closed, then until the database has stopped, then clears up. A process
/// that is killed runs no destructors, and statics are never dropped: so somebody else has to do it.
const SWEEP: &str = r#"cat >/dev/null; n=0
while [ -e "$1/cluster/pg/postmaster.pid" ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done
rm -rf "$1""#;

/// What the towns of one moment and the log of their database fill, in bytes, with much to spare.
const ROOM: u64 = 3 << 30;

struct Scratch {
    dir: PathBuf,
    /// Closed by the kernel when we end.
    _open: PipeWriter,
}

#[allow(clippy::zombie_processes, reason = "it outlives this process: that is what it is for")]
static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| {
    let dir = tempfile::Builder::new().prefix("tradeplus-it-").tempdir_in(parent()).unwrap().keep();
    std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o711)).unwrap();
    let (read, open) = std::io::pipe().unwrap();
    // A process group of its own, so that Ctrl-C does not reach it.
    let mut sweeper = Command::new("sh");
    sweeper.args(["-c", SWEEP, "sweep"]).arg(&dir).process_group(0);
    sweeper.stdin(read).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    Scratch { dir, _open: open }
});

/// In memory where there is room: every town makes and removes a thousand files, which costs a disk more than all of
/// its story. Else the temporary folder, but not root's own, which may be closed to the user that PostgreSQL runs as.
fn parent() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let free = rustix::fs::statvfs(memory).map_or(0, |disk| disk.f_bavail * disk.f_frsize);
    if free >= ROOM {
        memory.to_owned()
    } else if rustix::process::geteuid().is_root() {
        PathBuf::from("/tmp")
    } else {
        std::env::temp_dir()
    }
}

/// The folder of this process.
pub(crate) fn dir() -> &'static Path {
    &SCRATCH.dir
}

/// A new folder in it, removed when it is dropped.
pub(crate) fn folder(name: &str) -> tempfile::TempDir {
    tempfile::Builder::new().prefix(name).tempdir_in(dir()).unwrap()
}
