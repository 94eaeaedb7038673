//! What a route demands: the columns of the route table.

use http::Method;
use market::accounts::model::Member;
use market::apikeys::model::Scope;
pub use market::permissions::Permission;
pub use platform::rate::Rate;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    Everyone,
    /// Signed in, also who is suspended or leaving: what people may always do with what is theirs.
    Account,
    /// Signed in.
    Member,
    /// Signed in, with a proven address.
    Verified,
    /// Who is suspended, to read why.
    Suspended,
    Staff(Permission),
    /// Staff that may do at least one of these; the rules see to the rest.
    StaffOf(&'static [Permission]),
    /// A payment provider, who proves it by a signature that the handler checks.
    Provider,
    /// Whoever holds the metrics token; without one, this machine only.
    Operator,
}

impl Audience {
    /// Whether the route is there for staff alone.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Staff(_) | Self::StaffOf(_))
    }

    /// Whether it is there for this member, as far as that hangs on what staff may do.
    pub fn permits(self, member: &Member) -> bool {
        match self {
            Self::Staff(permission) => member.may(permission),
            Self::StaffOf(some) => some.iter().any(|permission| member.may(*permission)),
            _ => true,
        }
    }
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
    /// An act of staff that a second person must agree to.
    Approval,
    /// A problem with an order.
    Case,
    /// A photo of one.
    Evidence,
    Payout,
    Document,
    Chargeback,
    Ticket,
    Debt,
    FeeRule,
    /// A comparison of the books with what a provider says.
    Run,
    Report,
    /// What a provider told us.
    Event,
    /// An account of the books.
    Account,
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
    /// Whether it reads its query, and sees to what stands there. In the API any other refuses one.
    pub query: bool,
    pub idempotency: Idempotency,
    /// Bytes of the body at most.
    pub body: usize,
    /// The page on which the form of this route stands: what was typed is shown there again to who had to sign in first.
    pub form_on: Option<&'static str>,
}

impl Policy {
    /// The page of the form that was sent to `path`, with the same things in its address.
    pub fn page_of_form(&self, path: &str) -> Option<String> {
        let named = |segment: &'static str| match segment.starts_with('{') {
            true => self.path.split('/').zip(path.split('/')).find(|(name, _)| *name == segment),
            false => Some((segment, segment)),
        };
        let all: Option<Vec<&str>> =
            self.form_on?.split('/').map(|s| named(s).map(|(_, value)| value)).collect();
        all.map(|segments| segments.join("/"))
    }

    /// Seconds that a request may take.
    pub const fn seconds(&self) -> u64 {
        if matches!(self.rate, Rate::Upload) { 30 } else { 10 }
    }
}
