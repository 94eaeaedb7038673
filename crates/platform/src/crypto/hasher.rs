//! Passwords: argon2id (RFC 9106), a few at a time.
//!
//! Each hash takes some 20 MiB and 25 ms of a core on purpose. So only a few run side by side, a bounded
//! number waits, and the next caller is told to come back: a flood of sign-ins slows down sign-ins, nothing
//! else. Normalising (NFC) and the length of a password are the caller's business.

use crate::config::Passwords;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Dice, Refusal};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

/// Why a password was not hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many wait already: try again in a moment.
    #[error("too many passwords are being checked")]
    Busy,
    #[error("the password's cost cannot be used: {0}")]
    Settings(argon2::Error),
    #[error("the password could not be hashed: {0}")]
    Broken(argon2::password_hash::Error),
    #[error("the password's thread ended early")]
    Lost,
}

impl From<HashError> for Refusal {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Unavailable("sign-in"),
            other => Self::broken(other),
        }
    }
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// It is the password.
    pub ok: bool,
    /// It is, and its hash was made at another cost: hash it again and keep that.
    pub rehash: bool,
}

/// Hashes and compares passwords. Cheap to clone; clones share the queue.
#[derive(Clone)]
pub struct Hasher {
    work: Arc<Work>,
    dice: Dice,
    /// Places at work and in the queue together.
    places: Arc<Semaphore>,
    at_work: Arc<Semaphore>,
}

/// Somebody's turn to come. Whoever drops it gives it up.
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

struct Work {
    argon: Argon2<'static>,
    /// Compared with when there is no member, so that an unknown address takes as long as a known one.
    dummy: String,
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hasher")
    }
}

impl Hasher {
    /// Makes the hash that is compared with in vain, so it takes as long as one.
    ///
    /// # Errors
    /// [`HashError::Settings`] when argon2 cannot work with the cost.
    pub fn new(settings: &Passwords, dice: Dice) -> Result<Self, HashError> {
        let params =
            Params::new(settings.memory_kib, settings.passes, 1, None).map_err(HashError::Settings)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = hash_with(&argon, &dice.bytes::<16>(), &dice.bytes::<16>())?;
        let at_once = settings.at_once.max(1);
        Ok(Self {
            work: Arc::new(Work { argon, dummy }),
            dice,
            places: Arc::new(Semaphore::new(
                at_once.saturating_add(settings.queue).min(Semaphore::MAX_PERMITS),
            )),
            at_work: Arc::new(Semaphore::new(at_once.min(Semaphore::MAX_PERMITS))),
        })
    }

    /// A salted hash in PHC form (`$argon2id$v=19$m=…`).
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        let salt = self.dice.bytes::<16>();
        self.run(self.reserve()?, move |work| hash_with(&work.argon, password.as_bytes(), &salt)).await
    }

    /// A place in the queue, for who has something to do that is in vain when the queue is full.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    pub fn reserve(&self) -> Result<Place, HashError> {
        Arc::clone(&self.places).try_acquire_owned().map(Place).map_err(|_| HashError::Busy)
    }

    /// Compares a password with a hash. Without a hash it does the same work and answers no. A hash that cannot be
    /// read fits no password.
    pub async fn verify(
        &self,
        place: Place,
        password: String,
        phc: Option<String>,
    ) -> Result<Verdict, HashError> {
        self.run(place, move |work| {
            let kept = phc.as_deref().and_then(|phc| PasswordHash::new(phc).ok());
            let is_known = kept.is_some();
            let Some(hash) = kept.or_else(|| PasswordHash::new(&work.dummy).ok()) else {
                return Ok(Verdict { ok: false, rehash: false });
            };
            let ok = work.argon.verify_password(password.as_bytes(), &hash).is_ok() && is_known;
            Ok(Verdict { ok, rehash: ok && !is_same_cost(&work.argon, &hash) })
        })
        .await
    }

    /// The thread takes its permits along: it works on when the caller has gone away.
    async fn run<T: Send + 'static>(
        &self,
        place: Place,
        job: impl FnOnce(&Work) -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| HashError::Lost)?;
        let work = Arc::clone(&self.work);
        let thread = spawn_blocking(move || {
            let _held = (place, turn);
            job(&work)
        });
        thread.await.map_err(|_| HashError::Lost)?
    }
}

pub(super) fn hash_with(argon: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<String, HashError> {
    let salt = SaltString::encode_b64(salt).map_err(HashError::Broken)?;
    Ok(argon.hash_password(password, &salt).map_err(HashError::Broken)?.to_string())
}

fn is_same_cost(argon: &Argon2<'_>, hash: &PasswordHash<'_>) -> bool {
    let now = argon.params();
    hash.algorithm == argon2::ARGON2ID_IDENT
        && Params::try_from(hash).is_ok_and(|was| {
            (was.m_cost(), was.t_cost(), was.p_cost()) == (now.m_cost(), now.t_cost(), now.p_cost())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance;

    fn hasher(passes: u32, queue: usize) -> Hasher {
        let settings = Passwords { memory_kib: 64, passes, at_once: 1, queue };
        Hasher::new(&settings, chance::seeded(1)).unwrap()
    }

    #[tokio::test]
    async fn a_password_fits_its_hash_and_no_other() {
        let hasher = hasher(1, 10);
        let hash = hasher.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert_ne!(hash, hasher.hash("correct horse".into()).await.unwrap(), "salted");
        let yes = Verdict { ok: true, rehash: false };
        let no = Verdict { ok: false, rehash: false };
        assert_eq!(
            hasher
                .verify(hasher.reserve().unwrap(), "correct horse".into(), Some(hash.clone()))
                .await
                .unwrap(),
            yes
        );
        assert_eq!(
            hasher.verify(hasher.reserve().unwrap(), "Correct horse".into(), Some(hash)).await.unwrap(),
            no
        );
        assert_eq!(hasher.verify(hasher.reserve().unwrap(), "correct horse".into(), None).await.unwrap(), no);
        assert_eq!(
            hasher
                .verify(hasher.reserve().unwrap(), "correct horse".into(), Some("plain".into()))
                .await
                .unwrap(),
            no
        );
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_still_fits_and_wants_renewal() {
        let old = hasher(1, 10).hash("p".into()).await.unwrap();
        let hasher = hasher(2, 10);
        let verdict = hasher.verify(hasher.reserve().unwrap(), "p".into(), Some(old)).await.unwrap();
        assert_eq!(verdict, Verdict { ok: true, rehash: true });
    }

    #[tokio::test]
    async fn a_full_queue_turns_away_and_recovers() {
        let hasher = hasher(1, 1);
        let held = Arc::clone(&hasher.at_work).acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..2)
            .map(|_| {
                tokio::spawn({
                    let hasher = hasher.clone();
                    async move { hasher.hash("p".into()).await }
                })
            })
            .collect();
        while hasher.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hasher.hash("p".into()).await, Err(HashError::Busy)));
        drop(held);
        for task in waiting {
            assert!(task.await.unwrap().is_ok());
        }
        assert!(hasher.hash("p".into()).await.is_ok());
    }
}
