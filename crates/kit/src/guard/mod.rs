//! What stands around every handler: who may come in, how often, for how long; and what becomes of the answer.
//!
//! One guard for pages, one for the API, one for plain routes. Each carries the line of the route table that it
//! keeps.

mod api;
mod kept;
mod lost;
mod outer;
mod page;
mod plain;
mod replay;

pub(crate) use api::api;
pub(crate) use lost::{missing, wrong_method};
pub(crate) use outer::outer;
pub(crate) use page::page;
pub(crate) use plain::plain;

use crate::answer::{Answer, Denied};
use crate::app::App;
use crate::client::Asked;
use crate::policy::{Audience, Keys, Policy};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use kernel::{Moment, Refusal};
use market::accounts::model::Member;
use market::apikeys::model::Used;
use platform::config::Pace;
use platform::rate::{Allowance, Limiter, QUOTA, Rate, TooMany};
use std::net::{IpAddr, Ipv6Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// How long ago who it is may have been proven, for what asks for it.
const STEP_UP: time::Duration = time::Duration::minutes(10);

/// The code of what who is leaving is told; pages lead to where it is taken back.
pub(super) const LEAVING: &str = "account-leaving";

/// A line of the route table and what is needed to keep it.
#[derive(Clone)]
pub(crate) struct Guard {
    pub app: App,
    pub policy: Arc<Policy>,
}

/// Which route answered: for the log and the metrics.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    pub route: &'static str,
    /// Assets and health checks: too many to be told of when all is well.
    pub quiet: bool,
}

impl Guard {
    /// One of the places to work at, or a refusal at once: who waits here only makes everybody wait.
    fn slot(&self) -> Result<OwnedSemaphorePermit, Denied> {
        self.app.web.slots.clone().try_acquire_owned().map_err(|_| Denied::Busy)
    }

    /// A body that says how long it is and is too long is not even read.
    fn check_length(&self, headers: &HeaderMap) -> Result<(), Denied> {
        let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
        match length {
            Some(length) if length > self.policy.body => Err(Denied::TooLarge { max: self.policy.body }),
            _ => Ok(()),
        }
    }

    /// Whether this member may use the route. Staff pages do not exist for others. Who is suspended is nobody.
    fn check_audience(&self, member: Option<&Member>) -> Result<(), Denied> {
        self.check_leaving(member)?;
        match (self.policy.audience, member) {
            (Audience::Everyone | Audience::Provider, _) => Ok(()),
            (Audience::Member | Audience::Account, Some(_)) => Ok(()),
            (Audience::Verified, Some(member)) if member.verified => Ok(()),
            (Audience::Verified, Some(_)) => Err(Refusal::Conflict("verify-first").into()),
            (staff, Some(member)) if staff.is_staff() && staff.permits(member) => Ok(()),
            (Audience::Staff(_) | Audience::StaffOf(_) | Audience::Suspended, Some(_))
            | (Audience::Operator, _) => Err(Refusal::NotFound.into()),
            (_, None) => Err(Refusal::SignIn.into()),
        }
    }

    /// Whether an API key may use the route. What is closed to it is closed before anything else is said.
    fn check_key(&self, key: Option<&Used>) -> Result<(), Denied> {
        let Some(key) = key else { return Ok(()) };
        let is_for_people = self.policy.step_up
            || self.policy.audience.is_staff()
            || matches!(self.policy.audience, Audience::Operator | Audience::Provider);
        match self.policy.keys {
            Keys::Never => Err(Denied::ApiKeyNever),
            Keys::Any | Keys::With(_) if is_for_people => Err(Denied::ApiKeyNever),
            Keys::With(scope) if !key.scopes.contains(&scope) => Err(Denied::ApiKeyScope(scope)),
            Keys::Any | Keys::With(_) => Ok(()),
        }
    }

    /// Whether this member is here at all: who is leaving may only take that back, and a copy of what is theirs.
    fn check_leaving(&self, member: Option<&Member>) -> Result<(), Denied> {
        let is_open = matches!(self.policy.audience, Audience::Everyone | Audience::Account);
        match member.is_some_and(|m| m.leaving.is_some()) && !is_open {
            true => Err(Refusal::Conflict(LEAVING).into()),
            false => Ok(()),
        }
    }

    /// Whether who it is was proven lately enough for the route.
    fn check_proof(&self, proven_at: Option<Moment>, now: Moment) -> Result<(), Denied> {
        match self.policy.step_up && proven_at.is_none_or(|at| now - at > STEP_UP) {
            true => Err(Denied::StepUp),
            false => Ok(()),
        }
    }

    /// Marks the answer with the route's name.
    fn sign(&self, mut response: Response) -> Response {
        let quiet = self.policy.rate == Rate::Plain;
        response.extensions_mut().insert(Answered { route: self.policy.name, quiet });
        response
    }

    /// Does the work within the route's time; a panic is an answer too.
    async fn run(&self, work: impl Future<Output = Response> + Send) -> Response {
        let work = AssertUnwindSafe(work).catch_unwind();
        let denied = match tokio::time::timeout(Duration::from_secs(self.policy.seconds()), work).await {
            Ok(Ok(response)) => return response,
            Ok(Err(_)) => Denied::Panicked,
            Err(_) => Denied::Late,
        };
        Answer::from(denied).into_response()
    }
}

/// The facts that the outermost layer wrote down.
fn asked(parts: &Parts) -> Asked {
    parts
        .extensions
        .get::<Asked>()
        .cloned()
        .unwrap_or_else(|| Asked { id: String::new(), address: IpAddr::V6(Ipv6Addr::UNSPECIFIED) })
}

/// What is left of the limits that a request counts against: the tightest of them goes into the headers.
#[derive(Debug, Default)]
struct Meter(Option<Reading>);

#[derive(Clone, Copy, Debug)]
struct Reading {
    name: &'static str,
    pace: Pace,
    remaining: u32,
    reset_s: u32,
}

impl Meter {
    /// Takes one from the bucket of `key`.
    async fn spend(&mut self, limiter: &Limiter, class: Rate, key: &str, now: Moment) -> Result<(), Denied> {
        self.note(class.name(), limiter.pace(class), limiter.check(class, key, now).await)
    }

    /// Takes one from the bucket of an API key whose owner has bounded it.
    async fn spend_quota(
        &mut self,
        limiter: &Limiter,
        per_minute: u32,
        key: &str,
        now: Moment,
    ) -> Result<(), Denied> {
        let pace = Pace::new(per_minute, per_minute);
        self.note(QUOTA, pace, limiter.check_quota(pace, key, now).await)
    }

    fn note(
        &mut self,
        name: &'static str,
        pace: Pace,
        checked: Result<Allowance, TooMany>,
    ) -> Result<(), Denied> {
        match checked {
            Ok(left) => {
                if self.0.is_none_or(|before| left.remaining < before.remaining) {
                    let (remaining, reset_s) = (left.remaining, left.reset_s);
                    self.0 = Some(Reading { name, pace, remaining, reset_s });
                }
                Ok(())
            }
            Err(over) => {
                self.0 = Some(Reading { name, pace, remaining: 0, reset_s: over.retry_after_s });
                Err(Refusal::from(over).into())
            }
        }
    }

    /// The fields of draft-ietf-httpapi-ratelimit-headers-10, and the three of its earlier versions that programs
    /// know.
    fn write(&self, headers: &mut HeaderMap) {
        let Some(Reading { name, pace, remaining, reset_s }) = self.0 else { return };
        let lines = [
            ("ratelimit-limit", pace.burst),
            ("ratelimit-remaining", remaining),
            ("ratelimit-reset", reset_s),
        ];
        for (name, value) in lines {
            headers.insert(name, HeaderValue::from(value));
        }
        let items = [
            ("ratelimit-policy", format!("\"{name}\";q={};w={}", pace.burst, pace.window_s())),
            ("ratelimit", format!("\"{name}\";r={remaining};t={reset_s}")),
        ];
        for (name, value) in items {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

/// `Retry-After` of a refusal that passes.
fn say_when_to_retry(denied: &Denied, headers: &mut HeaderMap) {
    if let Some(seconds) = denied.retry_after_s() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::policy::Permission;
    use crate::route::{Route, get};
    use kernel::ApiKeyId;
    use kernel::ids::Id;
    use market::apikeys::model::Scope;
    use platform::config::Limits;

    #[tokio::test]
    async fn no_key_passes_for_a_person() {
        let fixture = Fixture::offline();
        let id = ApiKeyId::new(Moment::UNIX_EPOCH, fixture.app.market.db.dice());
        let key = Used { id, scopes: vec![Scope::ListingsRead], per_minute: None };
        let judge = |route: Route| {
            let guard = Guard { app: fixture.app.clone(), policy: Arc::new(route.info()) };
            guard.check_key(Some(&key)).map_err(|denied| denied.kind())
        };
        let read = |audience| get("/api/x", "test.x", || async { "ok" }).audience(audience);
        let (member, staff) = (Audience::Member, Audience::Staff(Permission::JobsRun));
        assert_eq!(judge(read(member)), Err("api-key-never"), "a route that says nothing of keys");
        assert_eq!(judge(read(member).any_key()), Ok(()));
        assert_eq!(judge(read(member).scope(Scope::ListingsRead)), Ok(()));
        assert_eq!(judge(read(member).scope(Scope::ListingsWrite)), Err("api-key-scope"));
        assert_eq!(judge(read(member).scope(Scope::ListingsRead).step_up()), Err("api-key-never"));
        assert_eq!(judge(read(staff).any_key()), Err("api-key-never"));
    }

    #[tokio::test]
    async fn the_tightest_limit_is_told() {
        let (limiter, now) = (Limiter::new(&Limits::default()), Moment::UNIX_EPOCH);
        let mut meter = Meter::default();
        meter.spend(&limiter, Rate::Browse, "a", now).await.unwrap();
        meter.spend(&limiter, Rate::SignIn, "a", now).await.unwrap();
        let mut headers = HeaderMap::new();
        meter.write(&mut headers);
        assert_eq!(
            (&headers["ratelimit-limit"], &headers["ratelimit-remaining"]),
            (&HeaderValue::from(10), &HeaderValue::from(9))
        );
        assert_eq!(headers["ratelimit-policy"], r#""sign_in";q=10;w=60"#);
        assert_eq!(headers["ratelimit"], r#""sign_in";r=9;t=6"#);
        while meter.spend(&limiter, Rate::SignIn, "a", now).await.is_ok() {}
        meter.write(&mut headers);
        assert_eq!(headers["ratelimit-remaining"], "0");
        assert_eq!(headers["ratelimit"], r#""sign_in";r=0;t=6"#);
    }
}
