//! `Idempotency-Key`: the same request sent again gets the same answer, and the work is done once.
//!
//! The claim is committed before the work begins. The work then runs to its end even when the client hangs up,
//! so that a claim is not left behind by a closed laptop. What is written down with the work itself
//! (`Caller::keep`) is not lost when the program ends before it answers.

use super::{Guard, api};
use crate::answer::{Answer, Denied};
use crate::caller::{Anyone, Claimed};
use crate::client::network_of;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use kernel::Refusal;
use platform::Db;
use platform::idempotency::{self, Claim};

pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Bytes of an answer that is kept.
const ANSWER_MAX: usize = 1024 * 1024;

/// Does the work, or gives the answer it had before.
pub(super) async fn once<F, W>(guard: Guard, call: &Anyone, request: Request, work: F) -> Response
where
    F: FnOnce(Request) -> W + Send + 'static,
    W: Future<Output = Response> + Send,
{
    match claim(&guard, call, request).await {
        Ok((place, Claim::Fresh, request)) => {
            let call = call.clone();
            let task = tokio::spawn(async move {
                let response = api::leave(&call, guard.run(work(request)).await);
                place.keep(response).await
            });
            task.await.unwrap_or_else(|_| refuse(Denied::Panicked))
        }
        Ok((_, Claim::Replay { status, body }, _)) => replayed(status, body),
        Ok((_, Claim::Mismatch, _)) => api::leave(call, refuse(Denied::KeyMismatch)),
        Ok((_, Claim::InProgress, _)) => api::leave(call, refuse(Denied::KeyRunning)),
        Err(denied) => api::leave(call, refuse(denied)),
    }
}

fn refuse(denied: Denied) -> Response {
    Answer::from(denied).into_response()
}

/// Where an answer is kept: whose key, and the key.
struct Place {
    db: Db,
    scope: String,
    key: String,
}

async fn claim(guard: &Guard, call: &Anyone, request: Request) -> Result<(Place, Claim, Request), Denied> {
    let (parts, body) = request.into_parts();
    let key = key_of(&parts.headers)?;
    let max = guard.policy.body;
    let body = to_bytes(body, max).await.map_err(|_| Denied::TooLarge { max })?;
    let scope = match &call.member {
        Some(member) => member.id.to_string(),
        None => network_of(call.address),
    };
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let whole = [format!("{} {path}\n", parts.method).as_bytes(), &body].concat();
    let fingerprint = guard.app.web.fingerprints.sign(&whole).into_bytes();
    let db = guard.app.market.db.clone();
    let mut tx = db.begin().await?;
    let claim = idempotency::claim(&mut tx, &scope, &key, &fingerprint).await?;
    tx.commit().await?;
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().insert(Claimed { scope: scope.clone(), key: key.clone() });
    Ok((Place { db, scope, key }, claim, request))
}

/// 1 to 255 visible ASCII characters.
fn key_of(headers: &HeaderMap) -> Result<String, Denied> {
    let value = headers.get(KEY).ok_or(Denied::KeyMissing)?;
    let key = value.to_str().map_err(|_| Denied::KeyMalformed)?;
    let good = (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if good { Ok(key.to_owned()) } else { Err(Denied::KeyMalformed) }
}

impl Place {
    /// Keeps the answer, unless it says to try again: then the key is free again.
    async fn keep(&self, response: Response) -> Response {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, ANSWER_MAX).await.unwrap_or_default();
        let passes = head.status.is_server_error() || head.status == StatusCode::TOO_MANY_REQUESTS;
        if let Err(error) = self.write(head.status, &body, passes).await {
            // The lease ends by itself; a repeat within it is told to wait.
            tracing::error!(error = %error, "an idempotent answer could not be kept");
        }
        Response::from_parts(head, Body::from(body))
    }

    async fn write(&self, status: StatusCode, body: &[u8], passes: bool) -> Result<(), Refusal> {
        let mut tx = self.db.begin().await?;
        if passes {
            idempotency::release(&mut tx, &self.scope, &self.key).await?;
        } else {
            idempotency::finish(&mut tx, &self.scope, &self.key, status.as_u16(), body).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn replayed(status: u16, body: Vec<u8>) -> Response {
    let kind = if status < 400 { "application/json" } else { "application/problem+json" };
    let empty = body.is_empty();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    if !empty {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_visible_ascii() {
        let read = |value: &[u8]| {
            let value = HeaderValue::from_bytes(value).unwrap();
            key_of(&HeaderMap::from_iter([(KEY, value)]))
        };
        assert_eq!(read(b"a-1").unwrap(), "a-1");
        assert!(read(&[b'a'; 255]).is_ok());
        for bad in [&b""[..], b"a b", &[b'a'; 256], "ä".as_bytes()] {
            assert!(matches!(read(bad), Err(Denied::KeyMalformed)), "{bad:?}");
        }
        assert!(matches!(key_of(&HeaderMap::new()), Err(Denied::KeyMissing)));
    }

    #[test]
    fn a_replay_says_so() {
        let response = replayed(409, b"{}".to_vec());
        assert_eq!(response.status(), 409);
        assert_eq!(response.headers()[REPLAYED], "true");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert!(!replayed(204, Vec::new()).headers().contains_key(header::CONTENT_TYPE));
    }
}
