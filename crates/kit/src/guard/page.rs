//! The guard of pages: cookies, forms, languages, flashes.

use super::kept::{self, Outcome};
use super::{Guard, LEAVING, Meter, asked, say_when_to_retry};
use crate::answer::{Answer, Denied, Notes};
use crate::client::Asked;
use crate::cookies::{Cookie, Jar, Name};
use crate::csrf::{self, Verdict};
use crate::flash::Flash;
use crate::form::{Typed, media_type};
use crate::policy::Audience;
use crate::visit::Visit;
use crate::{etag, flash, links, oops, upload};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tokio::sync::OwnedSemaphorePermit;

/// Around every handler of a page.
pub(crate) async fn page(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    page_with(&guard, request, |request| next.run(request)).await
}

/// The same around any work.
pub(super) async fn page_with<F, W>(guard: &Guard, request: Request, work: F) -> Response
where
    F: FnOnce(Request) -> W,
    W: Future<Output = Response> + Send,
{
    let (parts, body) = request.into_parts();
    let asked = asked(&parts);
    let mut meter = Meter::default();
    let jar = Jar::read(&parts.headers, guard.app.web.secure_cookies);
    let mut visit = Visit::stranger(&guard.app, &parts, &asked, &jar);
    let mut sent = None;
    let response = match enter(guard, &parts, body, &asked, &mut meter, &mut visit, &mut sent).await {
        Ok((request, _slot)) => guard.run(work(request)).await,
        Err(denied) => Answer::from(denied).into_response(),
    };
    let outcome = Outcome::of(&visit, &response);
    let is_kept = match &sent {
        Some(sent) => kept::settle(guard, &mut visit, &parts, sent, outcome).await,
        None => false,
    };
    let mut response = leave(&visit, is_kept, &parts.method, &parts.headers, response).await;
    meter.write(response.headers_mut());
    guard.sign(response)
}

/// Everything that is checked before the handler. `visit` becomes who is really there as soon as that is known, and `sent`
/// what was typed, where it may have to be kept.
async fn enter(
    guard: &Guard,
    parts: &Parts,
    body: Body,
    asked: &Asked,
    meter: &mut Meter,
    visit: &mut Visit,
    sent: &mut Option<Bytes>,
) -> Result<(Request, OwnedSemaphorePermit), Denied> {
    let (app, policy) = (&guard.app, &guard.policy);
    let slot = guard.slot()?;
    guard.check_length(&parts.headers)?;
    meter.spend(&app.web.limiter, policy.rate, &asked.network(), visit.now).await?;
    let verdict = match csrf::is_unsafe(&parts.method) {
        true => csrf::judge(&parts.headers, &app.web.base_url),
        false => Verdict::Pass,
    };
    if verdict == Verdict::Refuse {
        return Err(Denied::Origin);
    }
    *visit = Visit::of(app, parts, asked).await?;
    let unread = match verdict {
        Verdict::AskToken => Body::from(with_token(visit, parts, body, policy.body).await?),
        _ => body,
    };
    let (body, form) = kept::read(guard, parts, unread).await?;
    *sent = form;
    if let Some(member) = visit.account() {
        meter.spend(&app.web.limiter, policy.rate, &member.id.to_string(), visit.now).await?;
    }
    if visit.looker.is_some() && !policy.while_looking {
        return Err(Denied::Looking);
    }
    if visit.is_weak_staff && policy.audience.is_staff() {
        return Err(Denied::Enrol);
    }
    match (policy.audience, &visit.suspended) {
        (Audience::Suspended | Audience::Account, Some(_)) => {}
        _ => guard.check_audience(visit.member.as_deref())?,
    }
    guard.check_proof(visit.proven_at, visit.now)?;
    visit.kept = kept::find(visit, &parts.method).await?;
    let mut request = Request::from_parts(parts.clone(), body);
    request.extensions_mut().insert(visit.clone());
    Ok((request, slot))
}

/// The body of a form that shows its token, because its browser told nothing else.
async fn with_token(visit: &Visit, parts: &Parts, body: Body, max: usize) -> Result<Bytes, Denied> {
    let bytes = to_bytes(body, max).await.map_err(|_| Denied::TooLarge { max })?;
    let token = match media_type(&parts.headers).as_str() {
        "multipart/form-data" => {
            let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
            upload::read(again, &()).await?.fields.get(csrf::FIELD).to_owned()
        }
        _ => Typed::read(&bytes).get(csrf::FIELD).to_owned(),
    };
    if visit.owns(&token) { Ok(bytes) } else { Err(Denied::Origin) }
}

/// What becomes of the answer: the error page, cookies, the flash, caching.
async fn leave(
    visit: &Visit,
    is_kept: bool,
    method: &Method,
    asked: &HeaderMap,
    mut response: Response,
) -> Response {
    let mut notes = response.extensions_mut().remove::<Notes>().unwrap_or_default();
    if let Some(denied) = notes.denied.take() {
        denied.log(&visit.request_id);
        let kept = std::mem::take(response.headers_mut());
        response = refusal(visit, is_kept, &denied).into_response();
        notes.flash = response.extensions_mut().remove::<Notes>().and_then(|own| own.flash);
        for allow in kept.get_all(header::ALLOW) {
            response.headers_mut().append(header::ALLOW, allow.clone());
        }
        say_when_to_retry(&denied, response.headers_mut());
    }
    set_cookies(visit, &notes, &mut response);
    set_caching(visit, &notes, response.headers_mut());
    let same_for_all =
        notes.cache_s.is_some() && !visit.is_signed_in() && visit.flash.is_none() && !notes.secret;
    if same_for_all && *method == Method::GET { etag::validate(asked, response).await } else { response }
}

/// A refusal as an answer to a person: the way to sign in, or a page that says what to do.
fn refusal(visit: &Visit, is_kept: bool, denied: &Denied) -> Answer {
    let next = &visit.return_to;
    let comforted = |answer: Answer| match is_kept {
        true => answer.saying(Flash::info(visit.say.kept_safe())),
        false => answer,
    };
    if denied.is_sign_in() && visit.suspended.is_some() {
        return Answer::to(links::suspension());
    }
    if denied.is_sign_in() {
        return comforted(Answer::to(links::sign_in(next)));
    }
    if denied.code() == LEAVING {
        return Answer::to(links::account_page("data"));
    }
    if matches!(denied, Denied::StepUp) {
        return comforted(Answer::to(links::confirm(next)));
    }
    if matches!(denied, Denied::Enrol) {
        return Answer::to(links::security()).saying(Flash::info(visit.say.problem_enrol_text()));
    }
    Answer::page_with(denied.status(), oops::page(visit, denied))
}

fn set_cookies(visit: &Visit, notes: &Notes, response: &mut Response) {
    let mut cookies = notes.cookies.clone();
    let is_page = is_html(response.headers()) && response.status() != StatusCode::NOT_MODIFIED;
    match &notes.flash {
        Some(flash) => {
            let value = flash.seal(&visit.app.web.flashes, visit.now);
            cookies.push(Cookie::new(Name::Flash, value).lasting(flash::LIFE_S));
        }
        // Said once: a whole page was shown with it.
        None if visit.flash.is_some() && is_page && visit.fragment.is_none() => {
            cookies.push(Cookie::removed(Name::Flash));
        }
        None => {}
    }
    cookies.extend(visit.visitor_cookie());
    for cookie in cookies {
        if let Some(line) = cookie.header(visit.app.web.secure_cookies) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}

/// Pages are never kept without asking again, so that signing in or out shows at once; they may be kept for
/// going back and forth, unless they hold a secret or are about the person alone.
fn set_caching(visit: &Visit, notes: &Notes, headers: &mut HeaderMap) {
    let keep = if notes.secret || is_own(visit.path()) { "no-store" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language, x-fragment"));
    if notes.secret {
        // A form of ours may say where it was, unless the address itself is the secret.
        let tell = if visit.query().is_empty() { "same-origin" } else { "no-referrer" };
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(tell));
    }
    if is_html(headers) {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.say.lang().code()));
    }
}

/// Whether it is a page of somebody's account, orders or work.
fn is_own(path: &str) -> bool {
    let within =
        |own: &str| path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    ["/account", "/admin", "/confirm", "/orders"].into_iter().any(within)
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
}
