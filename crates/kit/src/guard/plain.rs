//! The guard of plain routes: health, metrics, assets, photos, webhooks. No cookies, no languages, no places to
//! work at: these must answer when everything else is full.

use super::{Guard, Meter, asked, say_when_to_retry};
use crate::answer::{Answer, Denied, Notes};
use crate::client::Asked;
use crate::policy::Audience;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::{Lang, Refusal, Say};
use platform::crypto::equal;

/// Around every plain handler.
pub(crate) async fn plain(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = asked(&parts);
    let mut meter = Meter::default();
    let response = match enter(&guard, &parts.headers, &asked, &mut meter).await {
        Ok(()) => guard.run(next.run(Request::from_parts(parts, body))).await,
        Err(denied) => Answer::from(denied).into_response(),
    };
    let mut response = leave(&asked, response);
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        meter.write(response.headers_mut());
    }
    guard.sign(response)
}

async fn enter(guard: &Guard, headers: &HeaderMap, asked: &Asked, meter: &mut Meter) -> Result<(), Denied> {
    guard.check_length(headers)?;
    let (limiter, now) = (&guard.app.web.limiter, guard.app.market.db.now());
    meter.spend(limiter, guard.policy.rate, &asked.network(), now).await?;
    match guard.policy.audience {
        Audience::Everyone | Audience::Provider => Ok(()),
        Audience::Operator => {
            let token = guard.app.web.metrics_token.as_ref().map(|t| t.reveal());
            if is_operator(headers, asked, token) { Ok(()) } else { Err(Refusal::NotFound.into()) }
        }
        // Nobody is ever signed in here.
        Audience::Account
        | Audience::Member
        | Audience::Verified
        | Audience::Suspended
        | Audience::Staff(_)
        | Audience::StaffOf(_) => Err(Refusal::NotFound.into()),
    }
}

/// Who shows the token; without one in the settings, who asks from this machine.
fn is_operator(headers: &HeaderMap, asked: &Asked, token: Option<&str>) -> bool {
    let Some(token) = token else { return asked.address.is_loopback() };
    let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    shown.is_some_and(|shown| equal(shown.as_bytes(), token.as_bytes()))
}

/// A refusal in one line of plain English: who reads it is a program.
fn leave(asked: &Asked, mut response: Response) -> Response {
    let Some(denied) = response.extensions_mut().remove::<Notes>().and_then(|n| n.denied) else {
        return response;
    };
    denied.log(&asked.id);
    let mut line = Response::new(Body::from(denied.title(&Say::new(Lang::EN))));
    *line.status_mut() = denied.status();
    line.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    line.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    say_when_to_retry(&denied, line.headers_mut());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_for_the_operator() {
        let from = |address: &str| Asked { id: String::new(), address: address.parse().unwrap() };
        let shown = |token: &'static str| {
            HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(token))])
        };
        assert!(is_operator(&HeaderMap::new(), &from("127.0.0.1"), None));
        assert!(!is_operator(&HeaderMap::new(), &from("192.0.2.1"), None));
        assert!(!is_operator(&HeaderMap::new(), &from("127.0.0.1"), Some("secret")));
        assert!(is_operator(&shown("Bearer secret"), &from("192.0.2.1"), Some("secret")));
        assert!(!is_operator(&shown("Bearer other"), &from("192.0.2.1"), Some("secret")));
    }
}
