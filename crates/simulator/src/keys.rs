//! Idempotency keys, by Stripe's rules: the first answer is kept for a day and given again, errors of the provider
//! included; other parameters under the same key are refused; so is a second call while the first runs; nothing is kept
//! of a call that was refused before it was begun.

use crate::asked::{Answered, Params};
use crate::books::{BooksError, UsedKey};
use crate::problem::Problem;
use crate::world::Work;
use sha2::{Digest, Sha256};
use time::Duration;

/// How long an answer is kept.
pub const LIFETIME: Duration = Duration::hours(24);
/// Characters of a key.
pub const LENGTH_MAX: usize = 255;

/// A key as it was used in a call.
#[derive(Clone, Debug)]
pub struct Use {
    pub account: String,
    pub key: String,
    print: Vec<u8>,
}

impl Use {
    /// # Errors
    /// When the key is too long.
    pub fn of(account: &str, key: &str, method: &str, path: &str, params: &Params) -> Result<Self, Problem> {
        if key.len() > LENGTH_MAX {
            let message = format!("Idempotency keys may be at most {LENGTH_MAX} characters long.");
            return Err(Problem::wrong("idempotency_key", message));
        }
        let mut hash = Sha256::new();
        hash.update(format!("{method} {path}\n"));
        for (name, value) in params.sorted() {
            hash.update(format!("{name}={value}\n"));
        }
        Ok(Self { account: account.to_owned(), key: key.to_owned(), print: hash.finalize().to_vec() })
    }

    /// The name under which it is locked.
    pub fn name(&self) -> String {
        format!("key {} {}", self.account, self.key)
    }

    /// What was answered under it, if it was used within a day.
    ///
    /// # Errors
    /// 409 while another call runs under it, 400 when it was used for something else.
    pub async fn answer(&self, work: &mut Work) -> Result<Option<Answered>, Problem> {
        if !work.page().hold(&self.name()).await? {
            return Err(in_flight());
        }
        let Some(used) = work.page().key(&self.account, &self.key).await? else { return Ok(None) };
        if used.created_at + LIFETIME <= work.now {
            return Ok(None);
        }
        if used.print != self.print {
            return Err(Problem::key(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            ));
        }
        let answered = Answered::text(used.status, "application/json", used.body);
        Ok(Some(answered.with_header("idempotent-replayed", "true")))
    }

    /// Keeps the first answer.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn keep(&self, work: &mut Work, answered: &Answered) -> Result<(), BooksError> {
        let used = UsedKey {
            account: self.account.clone(),
            key: self.key.clone(),
            print: self.print.clone(),
            status: answered.status,
            body: answered.body.clone(),
            created_at: work.now,
        };
        work.page().keep_key(&used).await
    }
}

/// Another call runs under the key.
pub fn in_flight() -> Problem {
    let message =
        "There is currently another in-progress request using this Idempotent Key. Please try again later.";
    Problem::key(409, message).coded("idempotency_key_in_use")
}
