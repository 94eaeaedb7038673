//! An account at a bank, and what may be shown of it.

pub use super::iban::{Iban, TYPED_MAX};
pub use super::local::{Local, NUMBER_TYPED_MAX};

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
    #[serde(flatten)]
    pub account: Account,
}

/// An account as its country's banks number theirs. Sealed, it is the fields of its kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Account {
    Iban { iban: Iban },
    Local(Local),
}

impl Account {
    /// Of the bank: two capitals.
    pub fn country(&self) -> &str {
        match self {
            Self::Iban { iban } => iban.country(),
            Self::Local(local) => local.country(),
        }
    }

    /// The last four characters, by which its owner knows it again.
    pub fn ending(&self) -> &str {
        match self {
            Self::Iban { iban } => iban.ending(),
            Self::Local(local) => local.ending(),
        }
    }

    /// The field of a form that its number was typed into.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Iban { .. } => "iban",
            Self::Local(_) => "number",
        }
    }

    /// The same for everybody who has this account, and for no other account.
    pub fn whole(&self) -> String {
        match self {
            Self::Iban { iban } => iban.as_str().to_owned(),
            Self::Local(it) => format!("{}:{}:{}", it.country(), it.bank_code(), it.number()),
        }
    }
}

impl Details {
    /// Reads both fields, `holder` and `iban`, and tells of all mistakes at once.
    pub fn read(holder: &str, iban: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let holder = errors.take("holder", Holder::read(holder));
        let iban = errors.take("iban", Iban::read(iban));
        match (holder, iban) {
            (Some(holder), Some(iban)) => Ok(Self { holder, account: Account::Iban { iban } }),
            _ => Err(errors),
        }
    }

    /// Reads the fields `holder`, and `country`, `bank` and `number` as [`Local::read`] does.
    pub fn read_local(
        holder: &str,
        (country, bank, number): (&str, &str, &str),
        banks: &[(String, String)],
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let holder = errors.take("holder", Holder::read(holder));
        match (holder, Local::read(country, bank, number, banks)) {
            (Some(holder), Ok(local)) => Ok(Self { holder, account: Account::Local(local) }),
            (_, Err(more)) => {
                errors.join(more);
                Err(errors)
            }
            (None, Ok(_)) => Err(errors),
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_kinds_are_read_as_they_were_kept() {
        let kept = json!({ "holder": "Ann Garden", "iban": "DE89370400440532013000" });
        let details: Details = serde_json::from_value(kept.clone()).unwrap();
        assert_eq!((details.account.country(), details.account.ending()), ("DE", "3000"));
        assert_eq!(serde_json::to_value(&details).unwrap(), kept, "what was sealed before is the same now");

        let banks = [("001".to_owned(), "Test Bank".to_owned())];
        let local = Details::read_local("Ann Garden", ("NG", "001", "0123456789"), &banks).unwrap();
        let kept = serde_json::to_vec(&local).unwrap();
        assert_eq!(serde_json::from_slice::<Details>(&kept).unwrap(), local);
        assert_eq!(local.account.whole(), "NG:001:0123456789");
        assert_eq!(format!("{local:?} {:?}", local.account), "*** Local(***)");
        assert!(serde_json::from_value::<Details>(json!({ "holder": "Ann Garden" })).is_err());
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let errors = Details::read_local("", ("NG", "", ""), &[]).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["holder", "bank", "number"]);
    }
}
