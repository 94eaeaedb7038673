//! What it takes to let somebody in, and how far they have come.

use crate::accounts::model::{Member, Method};
use crate::factors::passkeys::Passkeys;
use platform::Db;
use platform::config::Config;
use platform::crypto::secrets::{self, SecretError};
use platform::crypto::{HashError, Hasher, Signer, Token};
use platform::vault::Vault;
use std::sync::Arc;

/// What is needed to let people in. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Door {
    pub db: Db,
    pub hasher: Hasher,
    pub vault: Vault,
    /// Nothing where browsers make none: at a bare address.
    pub passkeys: Option<Arc<Passkeys>>,
    pub(super) guesses: Signer,
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error("passwords cannot be hashed: {0}")]
    Hash(#[from] HashError),
}

impl Door {
    /// Reads the keys below the data directory, and makes those that are missing.
    ///
    /// # Errors
    /// A key cannot be read or written, or the cost of passwords is impossible.
    pub fn load(db: &Db, config: &Config) -> Result<Self, DoorError> {
        let key = secrets::load_or_create(&config.data.dir.join("secrets"), "site", db.dice())?;
        Ok(Self {
            db: db.clone(),
            hasher: Hasher::new(&config.passwords, db.dice().clone())?,
            vault: Vault::load(&config.data.dir, db.dice())?,
            passkeys: Passkeys::new(&config.server.base_url, &config.brand.name).map(Arc::new),
            guesses: Signer::new(&key, "guess"),
        })
    }
}

/// Somebody who has shown everything that their account asks for. Only signing in makes one.
#[derive(Debug)]
pub struct Proven {
    pub(super) member: Member,
    pub(super) methods: Vec<Method>,
    /// Of the password that was shown, if one was.
    pub(super) hash: Option<String>,
}

impl Proven {
    pub const fn member(&self) -> &Member {
        &self.member
    }

    pub fn methods(&self) -> &[Method] {
        &self.methods
    }
}

/// How far somebody has come.
#[derive(Debug)]
pub enum Step {
    Done(Box<Proven>),
    /// One factor is shown and another is owed. The token is for a cookie, or for the next call.
    Second {
        attempt: Token,
    },
}

/// Somebody on the way between two factors.
#[derive(Debug)]
pub struct Halfway {
    pub member: Member,
    pub methods: Vec<Method>,
    pub offered: Vec<Method>,
    /// Where they were going.
    pub next: String,
}
