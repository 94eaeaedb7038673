//! What is known of people and must not be readable in a copy of the database: sealed with a key of their own.
//!
//! Envelope encryption. Each person has a key in `vault.subject_keys`, wrapped by the marketplace's vault key, which
//! is a file beside the database and never in it. Forgetting somebody's key makes everything that was sealed for
//! them unreadable, in this database and in every copy of it that does not have the key's row.

mod store;

use crate::crypto::secrets::{self, SecretError};
use crate::crypto::{Key, Sealer, Unsealable};
use crate::db::{Reader, Tx};
use kernel::Dice;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Why a value could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The value, or the wrapped key, does not open: damaged, moved, or the vault key is not the one it was made with.
    #[error("what was sealed does not open; is secrets/vault.key the one of this database?")]
    Unsealable(#[from] Unsealable),
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
pub struct Vault(Arc<Sealer>);

impl Vault {
    /// With the key of the marketplace, which is made on the first start: `secrets/vault.key` in the data directory.
    ///
    /// # Errors
    /// The key cannot be read or written.
    pub fn load(data_dir: &Path, dice: &Dice) -> Result<Self, SecretError> {
        Ok(Self::new(&secrets::load_or_create(&data_dir.join("secrets"), "vault", dice)?))
    }

    pub fn new(key: &Key) -> Self {
        Self(Arc::new(Sealer::new(key)))
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
            Some(wrapped) => self.unwrap(subject, &wrapped)?,
            None => {
                let fresh = Key::from_bytes(tx.dice().bytes::<32>());
                let wrapped = self.0.seal(tx.dice(), subject.as_bytes(), fresh.reveal())?;
                // Somebody else may have made one a moment earlier: theirs counts.
                let kept = store::insert(tx, subject, &wrapped).await?;
                self.unwrap(subject, &kept)?
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
        let key = self.unwrap(subject, &wrapped)?;
        Ok(Sealer::new(&key).open(&aad(subject, place), sealed)?)
    }

    fn unwrap(&self, subject: Uuid, wrapped: &[u8]) -> Result<Key, VaultError> {
        let bytes = self.0.open(subject.as_bytes(), wrapped)?;
        Ok(Key::from_bytes(bytes.try_into().map_err(|_| Unsealable)?))
    }
}

fn aad(subject: Uuid, place: &str) -> Vec<u8> {
    [subject.as_bytes().as_slice(), place.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[tokio::test]
    async fn each_person_has_a_key_and_forgetting_it_is_forgetting_all() {
        let fixture = Fixture::start("vault").await;
        let vault = Vault::new(&Key::from_bytes([5; 32]));
        let (ann, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut tx = fixture.db.begin().await.unwrap();
        let anns = vault.seal(&mut tx, ann, "totp", b"ann's secret").await.unwrap();
        let more = vault.seal(&mut tx, ann, "iban", b"ann's account").await.unwrap();
        let bens = vault.seal(&mut tx, ben, "totp", b"ben's secret").await.unwrap();
        assert_eq!(vault.open(&mut tx, ann, "totp", &anns).await.unwrap(), b"ann's secret");
        assert_eq!(vault.open(&mut tx, ann, "iban", &more).await.unwrap(), b"ann's account");
        for (who, place) in [(ben, "totp"), (ann, "iban")] {
            let moved = vault.open(&mut tx, who, place, &anns).await;
            assert!(matches!(moved, Err(VaultError::Unsealable(_))), "{moved:?}");
        }
        let other = Vault::new(&Key::from_bytes([6; 32])).open(&mut tx, ann, "totp", &anns).await;
        assert!(matches!(other, Err(VaultError::Unsealable(_))), "with another vault key: {other:?}");
        sqlx::query("delete from vault.subject_keys where subject_id = $1")
            .bind(ann)
            .execute(tx.conn())
            .await
            .unwrap();
        for (place, sealed) in [("totp", &anns), ("iban", &more)] {
            let gone = vault.open(&mut tx, ann, place, sealed).await;
            assert!(matches!(gone, Err(VaultError::Forgotten)), "{gone:?}");
        }
        assert_eq!(vault.open(&mut tx, ben, "totp", &bens).await.unwrap(), b"ben's secret");
        drop(tx);
        fixture.stop().await;
    }
}
