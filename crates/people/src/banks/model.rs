//! An account at a bank, and what may be shown of it.

pub use super::iban::{Iban, TYPED_MAX};

use kernel::{BankAccountId, FieldErrors, Moment, text};
use platform::vault::Vault;
use serde::{Deserialize, Serialize};
use time::Duration;

text! {
    /// Who owns an account, as their bank knows them. As long as a transfer has room for.
    Holder, 2..=70, line;
}

/// What a transfer needs. It is kept sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub holder: Holder,
    pub iban: Iban,
}

impl Details {
    /// Reads both fields, `holder` and `iban`, and tells of all mistakes at once.
    pub fn read(holder: &str, iban: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let holder = errors.take("holder", Holder::read(holder));
        let iban = errors.take("iban", Iban::read(iban));
        match (holder, iban) {
            (Some(holder), Some(iban)) => Ok(Self { holder, iban }),
            _ => Err(errors),
        }
    }
}

impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The account that money goes to now.
#[derive(Clone, Debug)]
pub struct BankAccount {
    pub id: BankAccountId,
    pub details: Details,
    /// Since when it is used.
    pub since: Moment,
}

/// What may be shown of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub id: BankAccountId,
    /// Of the bank: two capitals.
    pub country: String,
    /// The last four characters.
    pub ending: String,
    /// Since when it is used, or will be.
    pub since: Moment,
}

impl Shown {
    /// "DE … 3000".
    pub fn label(&self) -> String {
        format!("{} … {}", self.country, self.ending)
    }
}

/// Where somebody's money goes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    pub current: Option<Shown>,
    /// What is used from its time on, unless it is taken back.
    pub waiting: Option<Shown>,
}

/// What changes of bank accounts go by.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub vault: &'a Vault,
    /// How long another account than the first waits.
    pub cool: Duration,
    /// What links in letters begin with.
    pub base_url: &'a str,
}

/// What became of an account that somebody named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is the first, and is used at once.
    Used,
    /// It waits until then.
    Waits(Moment),
}
