//! The outermost layer: gives the request its name, sees that every answer carries the headers of safety, and
//! writes one line about it.

use super::Answered;
use crate::app::App;
use crate::client::Asked;
use crate::headers;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderValue, Method, StatusCode};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// Around everything.
pub(crate) async fn outer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let dice = app.market.db.dice();
    let asked = Asked::read(request.headers(), request.extensions(), &app.web.proxies, dice);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let id = asked.id.clone();
    request.extensions_mut().insert(asked);
    // The guards catch panics of handlers; this is for our own layers.
    let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    headers::secure(response.status(), response.headers_mut(), app.web.secure_cookies);
    if let Ok(id) = HeaderValue::try_from(id.as_str()) {
        response.headers_mut().insert("x-request-id", id);
    }
    let answered = response.extensions().get::<Answered>().copied();
    let answered = answered.unwrap_or(Answered { route: "none", quiet: false });
    tell(&method, &path, answered, response.status(), started.elapsed(), &id);
    response
}

/// One line in the log, without query, address or member: none of them is ours to keep. And two metrics.
fn tell(method: &Method, path: &str, answered: Answered, status: StatusCode, took: Duration, id: &str) {
    let Answered { route, quiet } = answered;
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let status_code = status.as_u16();
    if quiet && status.as_u16() < 400 {
        tracing::debug!(target: "http", %method, path, route, status = status_code, millis, request_id = id);
    } else {
        tracing::info!(target: "http", %method, path, route, status = status_code, millis, request_id = id);
    }
    metrics::counter!("tradeplus_http_requests_total", "route" => route, "status" => class(status))
        .increment(1);
    metrics::histogram!("tradeplus_http_request_seconds", "route" => route).record(took.as_secs_f64());
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 | 2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
