//! What stands around every handler: who may come in, how often, for how long; and what becomes of the answer.
//!
//! One guard for pages, one for the API, one for plain routes. Each carries the line of the route table that it
//! keeps.

mod api;
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
use crate::policy::{Audience, Policy};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use kernel::{Moment, Refusal};
use market::accounts::model::Member;
use platform::rate::{Limiter, Rate};
use std::net::{IpAddr, Ipv6Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// How long ago who it is may have been proven, for what asks for it.
const STEP_UP: time::Duration = time::Duration::minutes(10);

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

    /// Whether this member may use the route. Staff pages do not exist for others.
    fn check_audience(&self, member: Option<&Member>) -> Result<(), Denied> {
        match (self.policy.audience, member) {
            (Audience::Everyone | Audience::Provider, _) | (Audience::Member, Some(_)) => Ok(()),
            (Audience::Verified, Some(member)) if member.verified => Ok(()),
            (Audience::Verified, Some(_)) => Err(Refusal::Conflict("verify-first").into()),
            (Audience::Staff(permission), Some(member)) if permission.held_by(member) => Ok(()),
            (Audience::Staff(_), Some(_)) | (Audience::Operator, _) => Err(Refusal::NotFound.into()),
            (Audience::Member | Audience::Verified | Audience::Staff(_), None) => Err(Refusal::SignIn.into()),
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
struct Meter(Option<(u32, u32, u32)>);

impl Meter {
    /// Takes one from the bucket of `key`.
    fn spend(&mut self, limiter: &Limiter, rate: Rate, key: &str, now: Moment) -> Result<(), Denied> {
        match limiter.check(rate, key, now) {
            Ok(left) => {
                if self.0.is_none_or(|(_, remaining, _)| left.remaining < remaining) {
                    self.0 = Some((left.limit, left.remaining, left.reset_s));
                }
                Ok(())
            }
            Err(over) => {
                self.0 = Some((over.limit, 0, over.retry_after_s));
                Err(Refusal::from(over).into())
            }
        }
    }

    fn write(&self, headers: &mut HeaderMap) {
        let Some((limit, remaining, reset)) = self.0 else { return };
        let lines =
            [("ratelimit-limit", limit), ("ratelimit-remaining", remaining), ("ratelimit-reset", reset)];
        for (name, value) in lines {
            headers.insert(name, HeaderValue::from(value));
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

    #[test]
    fn the_tightest_limit_is_told() {
        let (limiter, now) = (Limiter::new(1), Moment::UNIX_EPOCH);
        let mut meter = Meter::default();
        meter.spend(&limiter, Rate::Browse, "a", now).unwrap();
        meter.spend(&limiter, Rate::SignIn, "a", now).unwrap();
        let mut headers = HeaderMap::new();
        meter.write(&mut headers);
        assert_eq!(
            (&headers["ratelimit-limit"], &headers["ratelimit-remaining"]),
            (&HeaderValue::from(10), &HeaderValue::from(9))
        );
        while meter.spend(&limiter, Rate::SignIn, "a", now).is_ok() {}
        meter.write(&mut headers);
        assert_eq!(headers["ratelimit-remaining"], "0");
    }
}
