//! What a route demands: the columns of the route table.

use http::Method;
use market::apikeys::model::Scope;
pub use market::permissions::Permission;
pub use platform::rate::Rate;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    Everyone,
    /// Signed in.
    Member,
    /// Signed in, with a proven address.
    Verified,
    /// Who is suspended, to read why.
    Suspended,
    Staff(Permission),
    /// A payment provider, who proves it by a signature that the handler checks.
    Provider,
    /// Whoever holds the metrics token; without one, this machine only.
    Operator,
}

/// Whether an API key may use a route. A route that says nothing of it is closed to keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keys {
    Never,
    /// Every key: what anybody may read anyhow.
    Any,
    /// Those that have this scope.
    With(Scope),
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
    ApiKey,
    /// An account elsewhere that signs in.
    Link,
    Mail,
    Job,
    Role,
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
    /// API keys. They never pass where `step_up` is asked for, nor as staff.
    pub keys: Keys,
    /// A sign-in of the last minutes is needed.
    pub step_up: bool,
    /// Also for staff that looks as a member: a page that shows no secrets of theirs.
    pub while_looking: bool,
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
