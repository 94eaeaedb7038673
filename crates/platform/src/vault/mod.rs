//! What is known of people and must not be readable in a copy of the database: sealed with a key of their own.
//!
//! Envelope encryption. Each person has a key in `vault.subject_keys`, wrapped by a key of the marketplace, which is a
//! file beside the database and never in it. Forgetting somebody's key makes everything that was sealed for them
//! unreadable, in this database and in every copy of it that does not have the key's row. The marketplace's key can be
//! replaced while the program runs: `rotation`.

mod keyring;
pub mod rotation;
mod store;
#[cfg(test)]
mod tests;

use crate::crypto::secrets::SecretError;
use crate::crypto::{Key, Sealer, Unsealable};
use crate::db::{Reader, Tx};
use kernel::Dice;
use keyring::Ring;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use store::Wrapped;
use uuid::Uuid;

/// Why a value could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The value, or the wrapped key, does not open: damaged, moved, or the vault key is not the one it was made with.
    #[error("what was sealed does not open; is secrets/vault.key the one of this database?")]
    Unsealable(#[from] Unsealable),
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The person's key was forgotten, or there never was one.
    #[error("there is no key for what was sealed")]
    Forgotten,
}

impl From<VaultError> for kernel::Refusal {
    fn from(error: VaultError) -> Self {
        Self::broken(error)
    }
}

/// Seals and opens with people's keys. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where keys are looked for that are not in the ring; nothing in tests.
    folder: Option<PathBuf>,
    ring: RwLock<Arc<Ring>>,
}

impl Vault {
    /// With the keys of the marketplace, the first of which is made on the first start: `secrets/vault.key` in the data
    /// directory.
    ///
    /// # Errors
    /// A key cannot be read or written.
    pub fn load(data_dir: &Path, dice: &Dice) -> Result<Self, SecretError> {
        let folder = data_dir.join("secrets");
        let ring = RwLock::new(Arc::new(Ring::load(&folder, dice)?));
        Ok(Self(Arc::new(Inner { folder: Some(folder), ring })))
    }

    pub fn new(key: &Key) -> Self {
        Self(Arc::new(Inner { folder: None, ring: RwLock::new(Arc::new(Ring::of(key))) }))
    }

    /// Seals for a person; makes their key when they have none. `place` names what it is ("totp"): a value does not
    /// open for another person or in another place.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn seal(
        &self,
        tx: &mut Tx,
        subject: Uuid,
        place: &str,
        plain: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let key = match store::wrapped(tx, subject).await? {
            Some(wrapped) => self.unwrap(tx.dice(), subject, &wrapped)?,
            None => {
                let fresh = Key::from_bytes(tx.dice().bytes::<32>());
                let by = store::hold_current(tx, self.ring().first()).await?;
                let wrapped = self.wrap(tx.dice(), &by, subject, &fresh)?;
                // Somebody else may have made one a moment earlier: theirs counts.
                let kept = store::insert(tx, subject, &wrapped, &by).await?;
                self.unwrap(tx.dice(), subject, &kept)?
            }
        };
        Ok(Sealer::new(&key).seal(tx.dice(), &aad(subject, place), plain)?)
    }

    /// Opens what was sealed for a person in a place.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn open(
        &self,
        reader: &mut Reader,
        subject: Uuid,
        place: &str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let wrapped = store::wrapped(reader, subject).await?.ok_or(VaultError::Forgotten)?;
        let key = self.unwrap(reader.dice(), subject, &wrapped)?;
        Ok(Sealer::new(&key).open(&aad(subject, place), sealed)?)
    }

    /// Forgets a person's key: what was sealed for them never opens again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget(&self, tx: &mut Tx, subject: Uuid) -> Result<(), VaultError> {
        Ok(store::delete(tx, subject).await?)
    }

    fn unwrap(&self, dice: &Dice, subject: Uuid, wrapped: &Wrapped) -> Result<Key, VaultError> {
        let place = subject.as_bytes();
        let bytes = match wrapped.by.as_str() {
            // From before keys had names: one of them fits.
            "" => self
                .ring()
                .all()
                .find_map(|sealer| sealer.open(place, &wrapped.bytes).ok())
                .ok_or(Unsealable)?,
            by => self.ring_with(dice, by)?.find(by).ok_or(Unsealable)?.open(place, &wrapped.bytes)?,
        };
        Ok(Key::from_bytes(bytes.try_into().map_err(|_| Unsealable)?))
    }

    /// Wraps somebody's key with the vault's key of this name.
    fn wrap(&self, dice: &Dice, by: &str, subject: Uuid, key: &Key) -> Result<Vec<u8>, VaultError> {
        let ring = self.ring_with(dice, by)?;
        let sealer = ring.find(by).ok_or(Unsealable)?;
        Ok(sealer.seal(dice, subject.as_bytes(), key.reveal())?)
    }

    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.0.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The ring, read again when it does not have the key of this name: another program may be replacing it.
    fn ring_with(&self, dice: &Dice, name: &str) -> Result<Arc<Ring>, VaultError> {
        let ring = self.ring();
        let Some(folder) = self.0.folder.as_ref().filter(|_| ring.find(name).is_none()) else {
            return Ok(ring);
        };
        let fresh = Arc::new(Ring::load(folder, dice)?);
        *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        Ok(fresh)
    }
}

fn aad(subject: Uuid, place: &str) -> Vec<u8> {
    [subject.as_bytes().as_slice(), place.as_bytes()].concat()
}
