//! One supervisor per data directory: an exclusive lock on its file `lock`, which the kernel lets
//! go when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::ClusterError;
use super::account::our_uid;
use super::place::parent;

/// The lock, as long as this is kept.
#[derive(Debug)]
pub(super) struct Held(File);

impl Drop for Held {
    /// Closing alone would leave it with a process that is being started just now, until that has closed its copy.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Takes the lock.
///
/// # Errors
/// [`ClusterError::Locked`] with the holder's process id, as far as it is known.
pub(super) fn take(dir: &Path) -> Result<Held, ClusterError> {
    let path = dir.join("lock");
    let mut file = open(&path).map_err(|error| no_access(path.clone(), error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(ClusterError::Locked { dir: dir.to_owned(), pid: holder(&mut file) });
        }
        Err(TryLockError::Error(source)) => {
            return Err(ClusterError::Io { what: "lock", path, source });
        }
    }
    file.set_len(0)
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(ClusterError::io("write", &path))?;
    Ok(Held(file))
}

/// Whether a process holds the lock now.
pub(super) fn is_held(dir: &Path) -> bool {
    File::open(dir.join("lock")).is_ok_and(|file| {
        let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        let _ = file.unlock();
        held
    })
}

/// Does not follow a link: as root we may stand in somebody else's folder.
fn open(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o644)
        .custom_flags(libc::O_NOFOLLOW)
        .open(path)
}

/// A data directory that root or another user has made: says whose it is.
fn no_access(path: PathBuf, source: Error) -> ClusterError {
    let owner = [path.as_path(), &parent(&path)].into_iter().find_map(|p| p.metadata().ok()).map(|m| m.uid());
    match owner {
        Some(owner) if source.kind() == ErrorKind::PermissionDenied => {
            ClusterError::OtherOwner { dir: path, owner, uid: our_uid() }
        }
        _ => ClusterError::Io { what: "open", path, source },
    }
}

fn holder(file: &mut File) -> Option<i32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
