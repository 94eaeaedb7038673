//! What a route demands: the columns of the route table.

use http::Method;
use market::accounts::model::{Member, Role};
pub use platform::rate::Rate;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    Everyone,
    /// Signed in.
    Member,
    /// Signed in, with a proven address.
    Verified,
    Staff(Permission),
    /// A payment provider, who proves it by a signature that the handler checks.
    Provider,
    /// Whoever holds the metrics token; without one, this machine only.
    Operator,
}

/// What a member of staff may do. Operators may do all of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    Moderate,
    Support,
    Operate,
}

impl Permission {
    pub fn held_by(self, member: &Member) -> bool {
        let role = match self {
            Self::Moderate => Role::Moderator,
            Self::Support => Role::Support,
            Self::Operate => Role::Operator,
        };
        member.has(role) || member.has(Role::Operator)
    }
}

/// What the path names, and whose it must be; the rules check it, the table tells it to readers and tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Object {
    None,
    Listing,
    Photo,
    Cart,
    Order,
    Payment,
    Member,
    Session,
    Passkey,
    Mail,
    Job,
}

/// Whether a route heeds `Idempotency-Key`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Idempotency {
    None,
    /// When the caller sends one.
    Accepted,
    /// It will not work without.
    Required,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Policy {
    pub method: Method,
    pub path: &'static str,
    /// `slice.verb`: in logs and metrics.
    pub name: &'static str,
    pub audience: Audience,
    pub object: Object,
    /// A sign-in of the last minutes is needed.
    pub step_up: bool,
    pub rate: Rate,
    pub idempotency: Idempotency,
    /// Bytes of the body at most.
    pub body: usize,
}

impl Policy {
    /// Seconds that a request may take.
    pub const fn seconds(&self) -> u64 {
        if matches!(self.rate, Rate::Upload) { 30 } else { 10 }
    }
}
