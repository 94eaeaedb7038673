//! The files that every page needs: assets, the operator's colours and logo. They belong into the table of
//! plain routes.

use crate::answer::Answer;
use crate::app::App;
use crate::form::Path;
use crate::policy::{Audience, Rate};
use crate::route::{Route, get};
use axum::extract::State;
use http::{HeaderMap, HeaderValue, header};
use kernel::Refusal;

/// The routes of this module.
pub fn routes() -> Vec<Route> {
    vec![
        get("/a/{build}/{*path}", "files.asset", asset).audience(Audience::Everyone).rate(Rate::Plain),
        get("/theme.css", "files.theme", theme).audience(Audience::Everyone).rate(Rate::Plain),
        get("/logo", "files.logo", logo).audience(Audience::Everyone).rate(Rate::Plain),
    ]
}

/// An embedded file. Under this build's name it never changes.
async fn asset(
    State(app): State<App>,
    Path((build, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Answer, Answer> {
    let served = app.web.assets.serve(&build, &path, accepts_brotli(&headers)).ok_or(Refusal::NotFound)?;
    let keep = match (served.immutable, cfg!(debug_assertions)) {
        (true, _) => "public, max-age=31536000, immutable",
        (false, true) => "no-cache",
        (false, false) => "public, max-age=300",
    };
    let mut answer = Answer::file(served.mime, served.body)
        .header(header::CACHE_CONTROL, HeaderValue::from_static(keep))
        .header(header::VARY, HeaderValue::from_static("accept-encoding"));
    if served.brotli {
        answer = answer.header(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok(answer)
}

/// Whether the client takes brotli: `br` in `Accept-Encoding` and not with `q=0` (RFC 9110, 12.5.3).
fn accepts_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|v| v.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let mut pieces = coding.split(';').map(str::trim);
        let zero = |p: &str| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        pieces.next() == Some("br") && !pieces.any(zero)
    })
}

async fn theme(State(app): State<App>) -> Answer {
    Answer::file("text/css; charset=utf-8", app.web.brand.theme_css())
        .header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))
}

async fn logo(State(app): State<App>) -> Result<Answer, Answer> {
    let logo = app.web.brand.logo.as_ref().ok_or(Refusal::NotFound)?;
    Ok(Answer::file(logo.mime, logo.body.clone())
        .header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_only_for_who_wants_it() {
        let asks = |value: &'static str| {
            accepts_brotli(&HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(asks("gzip, deflate, br") && asks("br;q=0.5"));
        assert!(!asks("gzip") && !asks("br;q=0") && !asks("brx"));
    }
}
