//! Why a rule said no. One place at the edge turns a refusal into a status, a page or a problem document.

use crate::{FieldErrors, Wrong};

/// The kinds of refusal. `Broken` is our fault, every other one is for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It does not exist, or the asker may not know that it does.
    #[error("not found")]
    NotFound,
    /// Somebody must sign in first.
    #[error("sign-in needed")]
    SignIn,
    /// They are known, and may not.
    #[error("not allowed")]
    Forbidden,
    /// Some fields of the input are wrong.
    #[error("invalid input")]
    Fields(FieldErrors),
    /// The thing is not in a state that allows it. The key names a message `refused-…` with the way out.
    #[error("refused: {0}")]
    Conflict(&'static str),
    /// Too often; try again after this many seconds.
    #[error("too many attempts; retry in {retry_after_s} s")]
    TooMany { retry_after_s: u32 },
    /// Something that we need is away for now.
    #[error("{0} is unavailable")]
    Unavailable(&'static str),
    /// Our fault.
    #[error("internal error: {0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Refusal {
    /// One wrong field.
    pub fn field(field: &str, wrong: Wrong) -> Self {
        Self::Fields(FieldErrors::one(field, wrong))
    }

    /// Wraps an error that is our fault.
    pub fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(error.into())
    }
}

impl From<FieldErrors> for Refusal {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}

impl From<crate::money::MoneyError> for Refusal {
    fn from(error: crate::money::MoneyError) -> Self {
        Self::broken(error)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::broken(error)
    }
}
