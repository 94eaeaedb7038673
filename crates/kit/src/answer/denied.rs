//! Why there is no ordinary answer, and the one place where that becomes a status and words.

use super::faults::{causes, is_away, is_unstorable};
use http::StatusCode;
use kernel::{FieldErrors, Refusal, Say};
use market::apikeys::model::Scope;
use std::sync::Arc;

/// A refusal of a rule, or of what stands before the rules.
#[derive(Clone, Debug)]
pub enum Denied {
    Refused(Arc<Refusal>),
    /// What was asked for is right in itself, but the thing is not in a state that allows it, and these fields of it
    /// say why. The code names a message `refused-…`.
    Unready {
        code: &'static str,
        errors: FieldErrors,
    },
    /// The body is not what it says it is; line and column where known.
    Unreadable {
        line: usize,
        column: usize,
    },
    /// The body has more than so many bytes.
    TooLarge {
        max: usize,
    },
    /// The body's type is not the one this route reads.
    WrongType,
    MethodNotAllowed,
    /// The request comes from another site, or its form from another browser.
    Origin,
    /// Too long ago shown who it is, for something this sensitive.
    StepUp,
    /// Staff without a second factor.
    Enrol,
    /// No API key may do this.
    ApiKeyNever,
    /// The API key has not this scope.
    ApiKeyScope(Scope),
    /// The API key may not be used from this network.
    ApiKeyNetwork,
    /// Staff that looks as a member, who is shown and not changed.
    Looking,
    /// This route wants an `Idempotency-Key`.
    KeyMissing,
    /// The `Idempotency-Key` is not 1 to 255 visible ASCII characters.
    KeyMalformed,
    /// The key was used before, with another body.
    KeyMismatch,
    /// The first request with this key is still being worked on.
    KeyRunning,
    /// Too many requests are being worked on.
    Busy,
    /// It took too long.
    Late,
    /// A handler panicked.
    Panicked,
}

/// A kind of problem that a single operation of the API has.
#[derive(Clone, Copy, Debug)]
pub struct ApiKind {
    pub status: u16,
    pub name: &'static str,
    /// The keys of its messages.
    pub title: &'static str,
    pub text: &'static str,
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Broken(error) if is_unstorable(&*error) => Self::Unreadable { line: 0, column: 0 },
            refusal => Self::Refused(Arc::new(refusal)),
        }
    }
}

impl Denied {
    /// The refusal itself, with what it is about taken from behind the errors of lower floors.
    fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => match &**refusal {
                Refusal::NotFound => StatusCode::NOT_FOUND,
                Refusal::SignIn => StatusCode::UNAUTHORIZED,
                Refusal::Forbidden => StatusCode::FORBIDDEN,
                Refusal::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Refusal::Conflict(_) => StatusCode::CONFLICT,
                Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Refusal::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
                Refusal::Broken(error) if is_away(&**error) => StatusCode::SERVICE_UNAVAILABLE,
                Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Unready { .. } => StatusCode::CONFLICT,
            Self::Unreadable { .. } | Self::KeyMissing | Self::KeyMalformed => StatusCode::BAD_REQUEST,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Origin | Self::StepUp | Self::Enrol | Self::Looking => StatusCode::FORBIDDEN,
            Self::ApiKeyNever | Self::ApiKeyScope(_) | Self::ApiKeyNetwork => StatusCode::FORBIDDEN,
            Self::KeyMismatch | Self::KeyRunning => StatusCode::CONFLICT,
            Self::Busy | Self::Late => StatusCode::SERVICE_UNAVAILABLE,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind of problem: names its messages (`problem-<kind>-title`, `-text`) and its type in the API.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => match &**refusal {
                Refusal::NotFound => "not-found",
                Refusal::SignIn => "sign-in",
                Refusal::Forbidden => "forbidden",
                Refusal::Fields(_) => "fields",
                Refusal::Conflict(_) => "conflict",
                Refusal::TooMany { .. } => "too-many",
                Refusal::Unavailable(_) => "unavailable",
                Refusal::Broken(error) if is_away(&**error) => "unavailable",
                Refusal::Broken(_) => "broken",
            },
            Self::Unready { .. } => "conflict",
            Self::Unreadable { .. } => "unreadable",
            Self::TooLarge { .. } => "too-large",
            Self::WrongType => "wrong-type",
            Self::MethodNotAllowed => "method",
            Self::Origin => "origin",
            Self::StepUp => "step-up",
            Self::Enrol => "enrol",
            Self::ApiKeyNever => "api-key-never",
            Self::ApiKeyScope(_) => "api-key-scope",
            Self::ApiKeyNetwork => "api-key-network",
            Self::Looking => "looking",
            Self::KeyMissing => "key-missing",
            Self::KeyMalformed => "key-malformed",
            Self::KeyMismatch => "key-mismatch",
            Self::KeyRunning => "key-running",
            Self::Busy => "busy",
            Self::Late => "late",
            Self::Panicked => "broken",
        }
    }

    /// One of every kind: what the API's page explains.
    pub fn every_kind() -> Vec<Self> {
        let refusals = [
            Refusal::SignIn,
            Refusal::Forbidden,
            Refusal::NotFound,
            Refusal::Fields(FieldErrors::none()),
            Refusal::Conflict(""),
            Refusal::TooMany { retry_after_s: 1 },
            Refusal::Unavailable(""),
            Refusal::broken(""),
        ];
        let ours = [
            Self::Unreadable { line: 0, column: 0 },
            Self::TooLarge { max: 0 },
            Self::WrongType,
            Self::MethodNotAllowed,
            Self::Origin,
            Self::StepUp,
            Self::Enrol,
            Self::ApiKeyNever,
            Self::ApiKeyScope(Scope::ListingsRead),
            Self::ApiKeyNetwork,
            Self::Looking,
            Self::KeyMissing,
            Self::KeyMalformed,
            Self::KeyMismatch,
            Self::KeyRunning,
            Self::Busy,
            Self::Late,
        ];
        let mut all: Vec<Self> = refusals.into_iter().map(Self::from).chain(ours).collect();
        all.sort_by_key(|denied| denied.status().as_u16());
        all
    }

    /// The address or the password is wrong.
    pub const SIGN_IN_FAILED: ApiKind = ApiKind {
        status: 401,
        name: "sign-in-failed",
        title: "api-sign-in-failed-title",
        text: "wrong-sign-in",
    };
    /// The password is right, and a second factor is owed.
    pub const SECOND_FACTOR: ApiKind = ApiKind {
        status: 401,
        name: "second-factor-required",
        title: "api-second-factor-title",
        text: "api-second-factor-text",
    };
    /// Very many sign in wrongly or open accounts: strangers solve a puzzle first.
    pub const PUZZLE: ApiKind =
        ApiKind { status: 429, name: "puzzle-required", title: "api-puzzle-title", text: "api-puzzle-text" };
    /// A webhook's signature is not one of its provider.
    pub const WEBHOOK_NOT_BELIEVED: ApiKind = ApiKind {
        status: 400,
        name: "webhook-not-believed",
        title: "api-webhook-not-believed-title",
        text: "refused-webhook-not-believed",
    };

    /// What a refusal of this kind says when nothing more is known of it.
    pub fn general_text(&self, say: &Say) -> String {
        say.by_key(&format!("problem-{}-text", self.kind()))
    }

    /// What happened, in a few words.
    pub fn title(&self, say: &Say) -> String {
        say.by_key(&format!("problem-{}-title", self.kind()))
    }

    /// What happened and what to do now.
    pub fn text(&self, say: &Say) -> String {
        match self {
            Self::Unreadable { line, column } if *line > 0 => say.problem_unreadable_at(*column, *line),
            Self::TooLarge { max } if *max > 0 => say.problem_too_large_max(max.div_ceil(1024)),
            Self::ApiKeyScope(scope) => say.problem_api_key_scope_missing(scope.name()),
            Self::Unready { code, .. } => conflict(say, code),
            _ => match self.refusal() {
                Some(Refusal::Conflict(code)) => conflict(say, code),
                Some(Refusal::TooMany { retry_after_s }) => say.problem_too_many_wait(*retry_after_s),
                Some(Refusal::Unavailable(what)) => away(say, what).unwrap_or_else(|| self.general_text(say)),
                _ => self.general_text(say),
            },
        }
    }

    /// What stands in the way, for a program: a conflict's own code, otherwise the kind.
    pub fn code(&self) -> &'static str {
        match (self, self.refusal()) {
            (Self::Unready { code, .. }, _) => code,
            (_, Some(Refusal::Conflict(code))) => code.strip_prefix("refused-").unwrap_or(code),
            _ => self.kind(),
        }
    }

    /// The scope that an API key would need.
    pub fn scope(&self) -> Option<&'static str> {
        match self {
            Self::ApiKeyScope(scope) => Some(scope.name()),
            _ => None,
        }
    }

    /// What is wrong with the input.
    pub fn fields(&self) -> Option<&FieldErrors> {
        match (self, self.refusal()) {
            (Self::Unready { errors, .. }, _) | (_, Some(Refusal::Fields(errors))) => Some(errors),
            _ => None,
        }
    }

    /// Seconds after which it is worth trying again.
    pub fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::KeyRunning | Self::Busy => Some(1),
            Self::Late => Some(5),
            _ => match self.refusal()? {
                Refusal::TooMany { retry_after_s } => Some((*retry_after_s).max(1)),
                _ => (self.status() == StatusCode::SERVICE_UNAVAILABLE).then_some(5),
            },
        }
    }

    pub fn is_sign_in(&self) -> bool {
        matches!(self.refusal(), Some(Refusal::SignIn))
    }

    /// Writes what is our fault, or somebody's whom we need, to the log: once, with every cause.
    pub(crate) fn log(&self, request_id: &str) {
        match self {
            Self::Refused(refusal) => match &**refusal {
                Refusal::Broken(error) => {
                    let causes = causes(&**error);
                    tracing::error!(request_id, error = %causes, "the request failed");
                }
                Refusal::Unavailable(what) => tracing::warn!(request_id, what, "unavailable"),
                _ => {}
            },
            Self::Busy => tracing::warn!(request_id, "turned away: too many requests at once"),
            Self::Late => tracing::warn!(request_id, "given up: took too long"),
            Self::Panicked => tracing::error!(request_id, "a handler panicked"),
            _ => {}
        }
    }
}

/// What is away, where there is a sentence for it.
fn away(say: &Say, what: &str) -> Option<String> {
    let key = format!("unavailable-{what}");
    Say::knows(&key).then(|| say.by_key(&key))
}

/// The sentence of a conflict's code.
fn conflict(say: &Say, code: &str) -> String {
    let key = if code.starts_with("refused-") { code.to_owned() } else { format!("refused-{code}") };
    if Say::knows(&key) { say.by_key(&key) } else { say.problem_conflict_text() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_words() {
        for denied in Denied::every_kind() {
            for part in ["title", "text"] {
                let key = format!("problem-{}-{part}", denied.kind());
                assert!(Say::knows(&key), "{key}");
            }
        }
    }

    #[test]
    fn statuses() {
        let status = |r: Refusal| Denied::from(r).status().as_u16();
        assert_eq!(status(Refusal::NotFound), 404);
        assert_eq!(status(Refusal::SignIn), 401);
        assert_eq!(status(Refusal::Forbidden), 403);
        assert_eq!(status(Refusal::Fields(FieldErrors::none())), 422);
        assert_eq!(status(Refusal::Conflict("x")), 409);
        assert_eq!(status(Refusal::TooMany { retry_after_s: 3 }), 429);
        assert_eq!(status(Refusal::Unavailable("x")), 503);
        assert_eq!(status(Refusal::broken("x")), 500);
        assert_eq!(status(Refusal::from(sqlx::Error::PoolTimedOut)), 503);
        assert_eq!(status(Refusal::from(sqlx::Error::RowNotFound)), 500);
    }

    #[test]
    fn what_is_not_ready_says_why() {
        let errors = FieldErrors::one("title", kernel::Wrong::Required);
        let denied = Denied::Unready { code: "listing-incomplete", errors: errors.clone() };
        assert_eq!((denied.status().as_u16(), denied.kind()), (409, "conflict"));
        assert_eq!((denied.code(), denied.fields()), ("listing-incomplete", Some(&errors)));
        let say = Say::new(kernel::Lang::EN);
        for code in ["listing-incomplete", "listing-full"] {
            assert_ne!(conflict(&say, code), say.problem_conflict_text(), "{code}");
        }
    }

    #[test]
    fn a_conflict_names_its_way_out() {
        let say = Say::new(kernel::Lang::EN);
        let denied = Denied::from(Refusal::Conflict("link-expired"));
        assert_eq!(denied.code(), "link-expired");
        assert_eq!(denied.text(&say), say.by_key("refused-link-expired"));
        assert_eq!(Denied::from(Refusal::Conflict("no-such-code")).text(&say), say.problem_conflict_text());
    }
}
