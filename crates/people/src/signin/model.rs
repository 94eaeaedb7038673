//! What it takes to let somebody in, and how far they have come.

use crate::accounts::model::{Member, Method};
use crate::factors::passkeys::Passkeys;
use crate::factors::sent::Codes;
use crate::oidc::model::{ProviderFault, Providers};
use crate::pressure::model::Gate;
use platform::Db;
use platform::config::Config;
use platform::crypto::secrets::{self, SecretError};
use platform::crypto::{HashError, Hasher, Signer, Token};
use platform::outgoing::{Outgoing, OutgoingError};
use platform::sms;
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
    /// What asks strangers for a puzzle under pressure.
    pub gate: Gate,
    /// What sends and judges codes by mail and SMS.
    pub codes: Codes,
    /// Who else may say who somebody is.
    pub providers: Providers,
    /// Makes the marks by which bank accounts are known again, without their numbers.
    pub marks: Signer,
    pub(super) guesses: Signer,
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error("passwords cannot be hashed: {0}")]
    Hash(#[from] HashError),
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error(transparent)]
    Provider(#[from] ProviderFault),
}

impl Door {
    /// Reads the keys below the data directory, and makes those that are missing.
    ///
    /// # Errors
    /// A key or the secret of a provider cannot be read or written, or the cost of passwords is impossible.
    pub fn load(db: &Db, config: &Config) -> Result<Self, DoorError> {
        let key = secrets::load_or_create(&config.data.dir.join("secrets"), "site", db.dice())?;
        let (vault, outgoing) = (Vault::load(&config.data.dir, db.dice())?, Outgoing::new(config)?);
        let texts = sms::of(config, db, &outgoing);
        Ok(Self {
            db: db.clone(),
            hasher: Hasher::new(&config.passwords, db.dice().clone())?,
            codes: Codes::new(&key, vault.clone(), texts, &config.brand.name, config.sms.per_day),
            providers: Providers::load(config, &key, outgoing)?,
            vault,
            passkeys: Passkeys::new(&config.server.base_url, &config.brand.name).map(Arc::new),
            gate: Gate::new(&key, &config.limits),
            marks: Signer::new(&key, "banks"),
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

/// How somebody who is signed in may show again who they are, beside a passkey.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ways {
    /// By a code that came in one of these ways, the best first.
    pub codes: Vec<Method>,
    /// By the password.
    pub password: bool,
    /// By the word of one of these providers: where there is no other way of signing in.
    pub providers: Vec<String>,
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
