//! Keys that the program makes for itself on its first start: one file each, readable by its owner only.

use kernel::Dice;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const BYTES: usize = 32;

/// A secret key of 256 bits. Printing it gives `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; BYTES]);

impl Key {
    pub const fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// The key itself. Every call is a place where it could leak.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Why a key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("the key {} cannot be read or written: {source}", .path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("others can read the key {}: run `chmod 600` on it, and replace it if it may have been seen", .path.display())]
    TooOpen { path: PathBuf },
    #[error("the key {} is damaged: restore it from a backup, or delete it and lose what it signed", .path.display())]
    Damaged { path: PathBuf },
}

/// The key `name` in `dir`. When there is none it is made, complete or not at all: of two processes that
/// start at once, both get the same. The folder gets mode 0700 when it is made, the file 0600.
///
/// # Errors
/// [`SecretError`]; its text says what to do.
pub fn load_or_create(dir: &Path, name: &str, dice: &Dice) -> Result<Key, SecretError> {
    let path = dir.join(format!("{name}.key"));
    if !path.exists() {
        create(dir, &path, dice).map_err(|source| SecretError::Io { path: path.clone(), source })?;
    }
    load(path)
}

/// The key `name` in `dir`, if there is one.
///
/// # Errors
/// [`SecretError`]; its text says what to do.
pub fn find(dir: &Path, name: &str) -> Result<Option<Key>, SecretError> {
    let path = dir.join(format!("{name}.key"));
    if path.exists() { load(path).map(Some) } else { Ok(None) }
}

/// The names of all keys in `dir`.
///
/// # Errors
/// The folder cannot be read.
pub fn names(dir: &Path) -> Result<Vec<String>, SecretError> {
    let failed = |source| SecretError::Io { path: dir.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let file = entry.map_err(failed)?.file_name();
        names.extend(file.to_str().and_then(|name| name.strip_suffix(".key")).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Puts the key `next` in the place of `name`, which is kept as `old`. At every moment there is a key `name`, and no
/// key is lost; it can be repeated. Answers the file of the old key.
///
/// # Errors
/// The files cannot be written.
pub fn replace(dir: &Path, name: &str, next: &str, old: &str) -> Result<PathBuf, SecretError> {
    let [name, next, old] = [name, next, old].map(|name| dir.join(format!("{name}.key")));
    match fs::hard_link(&name, &old) {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => {
            return Err(SecretError::Io { path: old, source });
        }
        _ => {}
    }
    fs::rename(&next, &name).map_err(|source| SecretError::Io { path: name, source })?;
    Ok(old)
}

fn load(path: PathBuf) -> Result<Key, SecretError> {
    let failed = |source| SecretError::Io { path: path.clone(), source };
    let mut file = File::open(&path).map_err(failed)?;
    if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
        return Err(SecretError::TooOpen { path });
    }
    let mut text = String::new();
    let read = file.read_to_string(&mut text);
    let bytes = read.ok().and_then(|_| hex::decode(text.trim()).ok());
    bytes.and_then(|b| b.try_into().ok()).map(Key).ok_or(SecretError::Damaged { path })
}

/// Writes beside and links into place: a link, unlike a rename, never replaces a key that is there.
fn create(dir: &Path, path: &Path, dice: &Dice) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let beside = dir.join(format!(".new-{}", hex::encode(dice.bytes::<8>())));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = writeln!(file, "{}", hex::encode(dice.bytes::<BYTES>()))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&beside, path));
    let removed = fs::remove_file(&beside);
    match written {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance;
    use crate::scratch::Scratch;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        let scratch = Scratch::new("secrets");
        let dir = scratch.path().join("secrets");
        let key = load_or_create(&dir, "site", &chance::seeded(1)).unwrap();
        assert_eq!(load_or_create(&dir, "site", &chance::seeded(2)).unwrap(), key);
        assert_ne!(load_or_create(&dir, "other", &chance::seeded(2)).unwrap(), key);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&dir), mode(&dir.join("site.key"))), (0o700, 0o600));
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 2, "nothing is left beside");
        assert_eq!(format!("{key:?}"), "***");
    }

    #[test]
    fn a_key_that_others_can_read_or_that_is_damaged_is_refused() {
        let scratch = Scratch::new("secrets");
        let path = scratch.path().join("site.key");
        load_or_create(scratch.path(), "site", &chance::seeded(1)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = load_or_create(scratch.path(), "site", &chance::seeded(1));
        assert!(matches!(refused, Err(SecretError::TooOpen { .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "short").unwrap();
        let refused = load_or_create(scratch.path(), "site", &chance::seeded(1));
        assert!(matches!(refused, Err(SecretError::Damaged { .. })));
    }

    #[test]
    fn starting_twice_at_once_gives_one_key() {
        let scratch = Scratch::new("secrets");
        let dir = scratch.path();
        let keys: Vec<Key> = std::thread::scope(|scope| {
            let start = |seed| scope.spawn(move || load_or_create(dir, "k", &chance::seeded(seed)).unwrap());
            let threads: Vec<_> = (0..8).map(start).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|k| *k == keys[0]));
    }
}
