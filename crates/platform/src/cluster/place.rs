//! Where the cluster lives. Usually `pg` below the data directory. As root, when the server's user
//! cannot walk there (`/root` is closed to all others), it lives in `/var/lib/tradeplus/<id>` and
//! `pg` is a link; the second start finds it through the link.
//!
//! As root we never write into a folder that belongs to the server's user, or its owner could
//! make us follow a link to any file: what we write stands in folders of our own.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ClusterError;
use super::account::{Account, our_uid};
use super::url::PORT;

/// Where clusters of root live whose data directory is closed to the server's user.
const OUTSIDE: &str = "/var/lib/tradeplus";

/// `sun_path` of a Unix socket address, without the closing zero byte.
const SOCKET_PATH_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// What an existing cluster says about itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Existing {
    pub major: u32,
    pub owner: u32,
}

/// Makes the data directory if it is missing; answers its absolute path. Others may walk through
/// it (the server's user has to) and not list it.
pub(super) fn open_data_dir(dir: &Path) -> Result<PathBuf, ClusterError> {
    if !dir.exists() {
        let mut parents = DirBuilder::new();
        parents.recursive(true).create(dir).map_err(ClusterError::io("create", dir))?;
        let mode = if our_uid() == 0 { 0o711 } else { 0o700 };
        set_mode(dir, mode)?;
    }
    dir.canonicalize().map_err(ClusterError::io("open", dir))
}

/// The folder of the cluster: `pg`, or what it links to, which need not exist yet.
pub(super) fn cluster_path(data_dir: &Path) -> Result<PathBuf, ClusterError> {
    let pg = data_dir.join("pg");
    if !pg.is_symlink() {
        return Ok(pg);
    }
    let target = fs::read_link(&pg).map_err(ClusterError::io("read the link", &pg))?;
    Ok(data_dir.join(target))
}

/// What stands at `pgdata`: None when nothing does.
///
/// # Errors
/// [`ClusterError::OtherOwner`], [`ClusterError::NotACluster`].
pub(super) fn existing(pgdata: &Path) -> Result<Option<Existing>, ClusterError> {
    let owner = match fs::metadata(pgdata) {
        Ok(metadata) => metadata.uid(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ClusterError::io("open", pgdata)(source)),
    };
    let uid = our_uid();
    if uid != 0 && owner != uid {
        return Err(ClusterError::OtherOwner { dir: pgdata.to_owned(), owner, uid });
    }
    let version = fs::read_to_string(pgdata.join("PG_VERSION")).ok();
    match version.and_then(|v| v.trim().parse().ok()) {
        Some(major) => Ok(Some(Existing { major, owner })),
        None if fs::read_dir(pgdata).is_ok_and(|mut d| d.next().is_none()) => Ok(None),
        None => Err(ClusterError::NotACluster { dir: pgdata.to_owned() }),
    }
}

/// Settles where a new cluster goes: `pgdata` as found, or outside with a link to it.
pub(super) fn reachable(
    data_dir: &Path,
    pgdata: PathBuf,
    account: &Account,
    program: &Path,
) -> Result<PathBuf, ClusterError> {
    let home = parent(&pgdata);
    make_dir(&home, 0o711)?;
    if account.can_run_in(program, &home)? {
        return Ok(pgdata);
    }
    if pgdata != data_dir.join("pg") || !account.switch {
        return Err(ClusterError::Unreachable { name: account.name.clone(), dir: home });
    }
    let outside = make_outside(data_dir)?;
    if !account.can_run_in(program, &outside)? {
        return Err(ClusterError::Unreachable { name: account.name.clone(), dir: outside });
    }
    let target = outside.join("pg");
    std::os::unix::fs::symlink(&target, &pgdata).map_err(ClusterError::io("link", &pgdata))?;
    let user = &account.name;
    tracing::info!(%user, cluster = %target.display(), "the data directory is closed to the user of PostgreSQL: its cluster lives outside");
    Ok(target)
}

/// A new folder in `/var/lib/tradeplus`. An existing one is never taken over: it may be the cluster
/// of a data directory that was moved away from this path.
fn make_outside(data_dir: &Path) -> Result<PathBuf, ClusterError> {
    make_dir(Path::new(OUTSIDE), 0o755)?;
    let id = short_id(data_dir);
    for turn in 1..1000 {
        let name = if turn == 1 { id.clone() } else { format!("{id}-{turn}") };
        let dir = Path::new(OUTSIDE).join(name);
        match fs::create_dir(&dir) {
            Ok(()) => return set_mode(&dir, 0o711).map(|()| dir),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(source) => return Err(ClusterError::io("create", &dir)(source)),
        }
    }
    let source = ErrorKind::AlreadyExists.into();
    Err(ClusterError::Io { what: "make a folder in", path: OUTSIDE.into(), source })
}

/// The folder of the socket, 0700 and the server's: `run` beside the cluster, or where that path is
/// too long for a socket address, a short one in the temporary folder.
pub(super) fn socket_dir(pgdata: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let run = parent(pgdata).join("run");
    if fits_socket(&run) {
        make_dir(&run, 0o700)?;
        own(&run, account)?;
        return Ok(run);
    }
    // Root's own temporary folder may be closed to the server's user.
    let temp = if account.switch { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let choices = short_socket_dirs(pgdata, &temp);
    for dir in &choices {
        let made = DirBuilder::new().mode(0o700).create(dir).is_ok();
        if made {
            own(dir, account)?;
        }
        if made || is_private(dir, account) {
            return Ok(dir.clone());
        }
    }
    let source = ErrorKind::PermissionDenied.into();
    Err(ClusterError::Io { what: "make a folder for the socket in", path: temp, source })
}

/// Whether a socket in `dir` has an address everywhere: short enough; text, as URLs are; no comma,
/// which the tools of PostgreSQL take for the end of a host.
pub(super) fn fits_socket(dir: &Path) -> bool {
    let name = format!("/.s.PGSQL.{PORT}");
    dir.to_str().is_some_and(|path| path.len() + name.len() <= SOCKET_PATH_MAX && !path.contains(','))
}

/// Short folders that fit, in the order to try. Anybody may make folders in the temporary folder,
/// so there is more than one name.
pub(super) fn short_socket_dirs(pgdata: &Path, temp: &Path) -> Vec<PathBuf> {
    let id = short_id(pgdata);
    let temps = [temp, Path::new("/tmp")];
    let names = (1..10).flat_map(|turn| temps.map(|t| t.join(format!("tradeplus-{id}-{turn}"))));
    names.filter(|dir| fits_socket(dir)).collect()
}

/// A real folder (no link) of the server's user that no one else can enter.
fn is_private(dir: &Path, account: &Account) -> bool {
    fs::symlink_metadata(dir)
        .is_ok_and(|m| m.is_dir() && m.uid() == account.uid && m.mode() & 0o7777 == 0o700)
}

/// Makes a folder unless it is there; the mode holds whatever our umask is.
pub(super) fn make_dir(dir: &Path, mode: u32) -> Result<(), ClusterError> {
    match fs::create_dir(dir) {
        Ok(()) => set_mode(dir, mode),
        Err(_) if dir.is_dir() => Ok(()),
        Err(source) => Err(ClusterError::io("create", dir)(source)),
    }
}

pub(super) fn set_mode(path: &Path, mode: u32) -> Result<(), ClusterError> {
    fs::set_permissions(path, Permissions::from_mode(mode)).map_err(ClusterError::io("chmod", path))
}

/// As root, gives a folder to the server's user. The folder itself, never what a link names.
pub(super) fn own(dir: &Path, account: &Account) -> Result<(), ClusterError> {
    if !account.switch {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(libc::O_NOFOLLOW | libc::O_DIRECTORY);
    let chown = |folder: File| std::os::unix::fs::fchown(folder, Some(account.uid), Some(account.gid));
    options.open(dir).and_then(chown).map_err(ClusterError::io("chown", dir))
}

/// Where a cluster stands while it is being made.
pub(super) fn unfinished(pgdata: &Path) -> PathBuf {
    let mut path = pgdata.as_os_str().to_owned();
    path.push(".unfinished");
    PathBuf::from(path)
}

pub(super) fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("/")).to_owned()
}

/// Twelve hexadecimal digits that stand for a path.
fn short_id(path: &Path) -> String {
    let mut id = hex::encode(Sha256::digest(path.as_os_str().as_encoded_bytes()));
    id.truncate(12);
    id
}
