//! Another key for the vault: what everybody's key is wrapped with is replaced; what is sealed stays as it is.
//!
//! Three steps, each of which can be repeated after the program was killed: make the new key beside the old one and
//! name it the one in use; wrap everybody's key anew, some hundred in a transaction; put the new key's file in the
//! place of the old one, which is kept beside it. Programs that run meanwhile know all keys in the folder, and look
//! there again when they meet a name that they do not know.

use super::keyring::{KEY, NEXT, Ring, name_of, old_file};
use super::{Vault, VaultError, store};
use crate::audit;
use crate::crypto::secrets::{self, SecretError};
use crate::db::{Db, Reader};
use serde::Serialize;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Keys that are wrapped anew in one transaction.
const BATCH: i64 = 500;

/// Why the vault's key is not replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error("the key in use, {0}, is not in the folder of secrets: put its file back first")]
    Missing(String),
    #[error(
        "{0} keys of people do not open with any key in the folder of secrets: the old key stays in use for them"
    )]
    Stuck(i64),
}

/// How far a rotation is.
#[derive(Debug)]
pub struct Rotation {
    vault: Vault,
    folder: PathBuf,
    old: String,
    new: String,
    after: Uuid,
    /// Keys that were not wrapped with the new key yet when it began.
    pub total: u64,
}

/// Makes the key that comes next and does nothing with it, so that it can be brought to other machines first.
/// Answers its file.
///
/// # Errors
/// The key cannot be read or written.
pub fn prepare(data_dir: &Path, db: &Db) -> Result<PathBuf, SecretError> {
    let folder = data_dir.join("secrets");
    secrets::load_or_create(&folder, KEY, db.dice())?;
    secrets::load_or_create(&folder, NEXT, db.dice())?;
    Ok(folder.join(format!("{NEXT}.key")))
}

impl Rotation {
    /// Names the next key the one in use, or goes on with a rotation that was begun.
    ///
    /// # Errors
    /// [`RotationError`].
    pub async fn begin(db: &Db, data_dir: &Path) -> Result<Self, RotationError> {
        let folder = data_dir.join("secrets");
        prepare(data_dir, db)?;
        let old = name_of(&secrets::load_or_create(&folder, KEY, db.dice())?);
        let new = name_of(&secrets::load_or_create(&folder, NEXT, db.dice())?);
        let vault = Vault::load(data_dir, db.dice())?;
        let mut tx = db.begin().await?;
        let current = store::hold_current(&mut tx, &old).await?;
        if current == old {
            store::set_current(&mut tx, &new).await?;
            let detail = serde_json::json!({ "old": old, "new": new });
            audit::write(&mut tx, None, "vault.rotation_begun", ("vault", Uuid::nil()), detail).await?;
        } else if current != new {
            return Err(RotationError::Missing(current));
        }
        tx.commit().await?;
        let total = left(&mut db.read().await?, &new).await?;
        Ok(Self { vault, folder, old, new, after: Uuid::nil(), total: u64::try_from(total).unwrap_or(0) })
    }

    /// Wraps the next keys anew. Answers how many it looked at; 0: it has seen all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn step(&mut self, db: &Db) -> Result<u64, RotationError> {
        let mut tx = db.begin().await?;
        let rows = store::not_by(&mut tx, &self.new, self.after, BATCH).await?;
        let (mut subjects, mut wrapped) = (Vec::new(), Vec::new());
        for row in &rows {
            // One that does not open is left as it is: `finish` tells of it.
            if let Ok(key) = self.vault.unwrap(tx.dice(), row.subject, &row.wrapped) {
                wrapped.push(self.vault.wrap(tx.dice(), &self.new, row.subject, &key)?);
                subjects.push(row.subject);
            }
            self.after = row.subject;
        }
        store::rewrap(&mut tx, &self.new, &subjects, &wrapped).await?;
        tx.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Puts the new key's file in the place of the old one. Answers the file of the old one, which nothing is wrapped
    /// with any more.
    ///
    /// # Errors
    /// [`RotationError::Stuck`] when something still is.
    pub async fn finish(self, db: &Db) -> Result<PathBuf, RotationError> {
        let mut tx = db.begin().await?;
        let stuck = left(&mut tx, &self.new).await?;
        if stuck > 0 {
            return Err(RotationError::Stuck(stuck));
        }
        let detail = serde_json::json!({ "old": self.old, "new": self.new });
        audit::write(&mut tx, None, "vault.rotation_finished", ("vault", Uuid::nil()), detail).await?;
        tx.commit().await?;
        Ok(secrets::replace(&self.folder, KEY, NEXT, &old_file(&self.old))?)
    }
}

async fn left(reader: &mut Reader, key: &str) -> Result<i64, sqlx::Error> {
    Ok(store::counts(reader).await?.iter().filter(|(by, _)| by != key).map(|(_, count)| count).sum())
}

/// What the vault is made of right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The name of the key that new keys are wrapped with; nothing before the first.
    pub current: Option<String>,
    /// The next key is made, and the rotation is not finished.
    pub rotating: bool,
    pub keys: Vec<KeyUse>,
}

/// A key of the vault, and how many people's keys are wrapped with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyUse {
    /// Empty: keys that were wrapped before the vault's keys had names.
    pub name: String,
    pub people: i64,
    /// Its file is in the folder of secrets.
    pub here: bool,
}

/// Looks at keys and database.
///
/// # Errors
/// [`RotationError`].
pub async fn status(db: &Db, data_dir: &Path) -> Result<Status, RotationError> {
    let folder = data_dir.join("secrets");
    let ring = Ring::load(&folder, db.dice())?;
    let mut reader = db.read().await?;
    let counts = store::counts(&mut reader).await?;
    let mut keys: Vec<KeyUse> =
        ring.names().map(|name| KeyUse { name: name.to_owned(), people: 0, here: true }).collect();
    for (name, people) in counts {
        match keys.iter_mut().find(|key| key.name == name) {
            Some(key) => key.people = people,
            None => keys.push(KeyUse { here: name.is_empty(), name, people }),
        }
    }
    let current = store::current(&mut reader).await?;
    Ok(Status { current, rotating: secrets::find(&folder, NEXT)?.is_some(), keys })
}
