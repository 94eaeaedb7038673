//! Why a call was refused, in the words that both dialects can be told from.

use crate::books::BooksError;
use serde_json::Value;
use std::fmt;
use std::ops::Deref;

/// A refusal. In a box, because it says a lot and is rare.
#[derive(Clone, Debug)]
pub struct Problem(Box<Told>);

/// What a refusal says.
#[derive(Clone, Debug)]
pub struct Told {
    pub status: u16,
    /// Stripe's type of it ("card_error").
    pub kind: &'static str,
    pub code: Option<String>,
    /// Why a bank said no.
    pub decline_code: Option<String>,
    pub message: String,
    /// The field at fault.
    pub param: Option<String>,
    /// A thing that goes with it, under its name.
    pub about: Option<(&'static str, Value)>,
    /// Whether it was begun before it was refused: then the answer is kept under the call's key.
    pub has_begun: bool,
}

impl Problem {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Told {
            status,
            kind,
            code: None,
            decline_code: None,
            message: message.into(),
            param: None,
            about: None,
            has_begun: false,
        }))
    }

    /// A field is missing or wrong. Nothing was done, and nothing is kept under the key.
    pub fn wrong(param: &str, message: impl Into<String>) -> Self {
        let mut problem = Self::new(400, "invalid_request_error", message);
        problem.0.param = Some(param.to_owned());
        problem
    }

    /// A field that must be there is not.
    pub fn missing(param: &str) -> Self {
        Self::wrong(param, format!("Missing required param: {param}.")).coded("parameter_missing")
    }

    /// There is no such thing.
    pub fn none(what: &str, id: &str, param: &str) -> Self {
        Self::wrong(param, format!("No such {what}: '{id}'")).coded("resource_missing").answered(404)
    }

    /// It is well formed, and cannot be done as things stand.
    pub fn refused(code: &str, message: impl Into<String>) -> Self {
        let mut problem = Self::new(400, "invalid_request_error", message);
        problem.0.has_begun = true;
        problem.coded(code)
    }

    /// The card was declined.
    pub fn declined(code: &str, decline_code: Option<&str>, message: impl Into<String>) -> Self {
        let mut problem = Self::new(402, "card_error", message);
        problem.0.decline_code = decline_code.map(str::to_owned);
        problem.0.has_begun = true;
        problem.coded(code)
    }

    /// Who asks is not known.
    pub fn stranger(message: impl Into<String>) -> Self {
        Self::new(401, "invalid_request_error", message)
    }

    /// No such address.
    pub fn nowhere(method: &str, path: &str) -> Self {
        Self::new(404, "invalid_request_error", format!("Unrecognized request URL ({method}: {path})."))
    }

    /// A key is used in a way that it may not be.
    pub fn key(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "idempotency_error", message)
    }

    /// The provider itself is at fault.
    pub fn broken(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "api_error", message)
    }

    #[must_use]
    pub fn coded(mut self, code: &str) -> Self {
        self.0.code = Some(code.to_owned());
        self
    }

    #[must_use]
    pub fn answered(mut self, status: u16) -> Self {
        self.0.status = status;
        self
    }

    /// With the thing that it is about.
    #[must_use]
    pub fn about(mut self, name: &'static str, thing: Value) -> Self {
        self.0.about = Some((name, thing));
        self
    }
}

impl Deref for Problem {
    type Target = Told;
    fn deref(&self) -> &Told {
        &self.0
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<BooksError> for Problem {
    fn from(error: BooksError) -> Self {
        Self::broken(500, error.to_string())
    }
}
