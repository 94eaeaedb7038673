//! The guard of the API: bearer tokens and API keys, problem documents, answers that are given once.

use super::{Guard, Meter, asked, replay, say_when_to_retry};
use crate::answer::{Answer, Denied, Document, Notes};
use crate::body::escape;
use crate::caller::Anyone;
use crate::client::Asked;
use crate::etag;
use crate::form::Typed;
use crate::policy::Idempotency;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use kernel::{FieldErrors, Wrong};
use tokio::sync::OwnedSemaphorePermit;

/// Around every handler of the API.
pub(crate) async fn api(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    api_with(guard, request, |request| next.run(request)).await
}

/// The same around any work.
pub(super) async fn api_with<F, W>(guard: Guard, request: Request, work: F) -> Response
where
    F: FnOnce(Request) -> W + Send + 'static,
    W: Future<Output = Response> + Send,
{
    let (parts, body) = request.into_parts();
    let asked = asked(&parts);
    let mut meter = Meter::default();
    let mut call = Anyone::stranger(&guard.app, &parts.headers, &asked);
    let response = match enter(&guard, &parts, body, &asked, &mut meter, &mut call).await {
        Ok((request, _slot)) if wants_once(&guard, &parts.headers) => {
            replay::once(guard.clone(), &call, request, work).await
        }
        Ok((request, _slot)) => leave(&call, guard.run(work(request)).await),
        Err(denied) => leave(&call, Answer::from(denied).into_response()),
    };
    let mut response = cache(&call, &parts, response).await;
    meter.write(response.headers_mut());
    guard.sign(response)
}

fn wants_once(guard: &Guard, headers: &HeaderMap) -> bool {
    match guard.policy.idempotency {
        Idempotency::None => false,
        Idempotency::Accepted => headers.contains_key(replay::KEY),
        Idempotency::Required => true,
    }
}

/// Everything that is checked before the handler.
async fn enter(
    guard: &Guard,
    parts: &Parts,
    body: Body,
    asked: &Asked,
    meter: &mut Meter,
    call: &mut Anyone,
) -> Result<(Request, OwnedSemaphorePermit), Denied> {
    let (app, policy) = (&guard.app, &guard.policy);
    let slot = guard.slot()?;
    guard.check_length(&parts.headers)?;
    meter.spend(&app.web.limiter, policy.rate, &asked.network(), call.now).await?;
    *call = Anyone::of(app, parts, asked).await?;
    match (&call.key, &call.member) {
        // A key has its own count, so that a busy program does not stand in its owner's way.
        (Some(key), _) => {
            let bucket = format!("key:{}", key.id);
            meter.spend(&app.web.limiter, policy.rate, &bucket, call.now).await?;
            if let Some(per_minute) = key.per_minute {
                meter.spend_quota(&app.web.limiter, per_minute, &bucket, call.now).await?;
            }
        }
        (None, Some(member)) => {
            meter.spend(&app.web.limiter, policy.rate, &member.id.to_string(), call.now).await?;
        }
        (None, None) => {}
    }
    guard.check_key(call.key.as_deref())?;
    guard.check_audience(call.member.as_deref())?;
    guard.check_proof(call.proven_at, call.now)?;
    check_query(guard, parts)?;
    let mut request = Request::from_parts(parts.clone(), body);
    request.extensions_mut().insert(call.clone());
    Ok((request, slot))
}

/// A parameter that nobody reads is a mistake, as a field is that nobody reads.
fn check_query(guard: &Guard, parts: &Parts) -> Result<(), Denied> {
    let query = parts.uri.query().filter(|_| !guard.policy.query).unwrap_or_default();
    let mut errors = FieldErrors::none();
    for (name, _) in Typed::read(query.as_bytes()).pairs() {
        errors.add_once(escape(name), Wrong::Unknown);
    }
    errors.check().map_err(Denied::from)
}

/// Writes the problem document of a refusal.
pub(super) fn leave(call: &Anyone, mut response: Response) -> Response {
    let Some(denied) = response.extensions_mut().get_mut::<Notes>().and_then(|n| n.denied.take()) else {
        return response;
    };
    denied.log(&call.request_id);
    let mut document = Document::of(&denied, &call.app.web, &call.say, &call.request_id).into_response();
    for allow in response.headers().get_all(header::ALLOW) {
        document.headers_mut().append(header::ALLOW, allow.clone());
    }
    say_when_to_retry(&denied, document.headers_mut());
    document
}

/// Lists and things that are the same for everybody may be kept by anybody; all else by nobody.
async fn cache(call: &Anyone, parts: &Parts, mut response: Response) -> Response {
    let notes = response.extensions_mut().remove::<Notes>().unwrap_or_default();
    response.headers_mut().append(header::VARY, HeaderValue::from_static("authorization, accept-language"));
    let seconds = notes.cache_s.filter(|_| call.member.is_none() && response.status().is_success());
    let keep = seconds.map_or_else(|| "no-store".to_owned(), |s| format!("public, max-age={s}"));
    if let Ok(keep) = HeaderValue::try_from(keep) {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(keep);
    }
    if seconds.is_some() && parts.method == Method::GET {
        return etag::validate(&parts.headers, response).await;
    }
    response
}
