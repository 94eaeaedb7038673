//! What browsers report of the policy of our pages (Reporting API; CSP Level 3, 5.3): that something was about to
//! run, or to be loaded, which the policy forbids. Either a page of ours is wrong, or somebody got something into it.
//!
//! Anybody can send anything here. So nothing is kept as it came: a directive is one of a list, of an address the
//! origin is left, of our own the path. There is no cookie, and nothing happens but a line in the log and a counter.

use crate::answer::{Answer, Denied};
use crate::app::App;
use crate::form::{media_type, whole};
use crate::policy::{Audience, Rate};
use crate::route::{Route, post};
use axum::extract::{Request, State};
use serde_json::Value;

/// Bytes of a report, or of a handful of them.
const BYTES_MAX: usize = 16 * 1024;
/// Reports of one request that are looked at.
const REPORTS_MAX: usize = 20;
/// Letters of an origin or path that are written down.
const LETTERS_MAX: usize = 200;

/// What the policy of a page can forbid (CSP Level 3, 6). Anything else is "other".
const DIRECTIVES: [&str; 16] = [
    "default-src",
    "script-src",
    "script-src-elem",
    "script-src-attr",
    "style-src",
    "style-src-elem",
    "style-src-attr",
    "img-src",
    "font-src",
    "connect-src",
    "manifest-src",
    "form-action",
    "base-uri",
    "frame-ancestors",
    "require-trusted-types-for",
    "trusted-types",
];

/// The routes of this module.
pub fn routes() -> Vec<Route> {
    vec![
        post("/reports", "reports.take", take)
            .audience(Audience::Everyone)
            .rate(Rate::Browse)
            .body(BYTES_MAX),
    ]
}

/// Counts what is reported, and writes down a few of each kind a minute.
async fn take(State(app): State<App>, request: Request) -> Result<Answer, Answer> {
    let kind = media_type(request.headers());
    let is_batch = kind == "application/reports+json";
    if !is_batch && kind != "application/csp-report" {
        return Err(Denied::WrongType.into());
    }
    let body = whole(request, &app).await?;
    let body: Value = serde_json::from_slice(&body)
        .map_err(|error| Denied::Unreadable { line: error.line(), column: error.column() })?;
    for report in read(&body, is_batch, &app.web.base_url) {
        report.tell(&app).await;
    }
    Ok(Answer::nothing())
}

/// What is left of a report.
#[derive(Debug, PartialEq, Eq)]
struct Report {
    directive: &'static str,
    /// What was kept away: an origin, or a word such as "inline".
    blocked: String,
    /// The path of our page.
    path: String,
    /// Kept away, or only noticed.
    enforced: bool,
}

impl Report {
    async fn tell(&self, app: &App) {
        let Self { directive, blocked, path, enforced } = self;
        metrics::counter!("tradeplus_csp_reports_total", "directive" => *directive).increment(1);
        // For the whole process, so that nobody can fill the log from many addresses.
        let budget = format!("reports {directive}");
        if app.web.limiter.check(Rate::SignIn, &budget, app.market.db.now()).await.is_ok() {
            tracing::warn!(target: "csp", directive, blocked, path, enforced, "a browser reports a breach of the policy");
        }
    }
}

/// Both shapes: a list of `{ type, body }`, and one `{ "csp-report": … }`.
fn read(body: &Value, is_batch: bool, base_url: &str) -> Vec<Report> {
    if !is_batch {
        return body.get("csp-report").map(|one| old(one, base_url)).into_iter().collect();
    }
    let all = body.as_array().into_iter().flatten().take(REPORTS_MAX);
    let ours = all.filter(|it| it.get("type").and_then(Value::as_str) == Some("csp-violation"));
    ours.filter_map(|it| Some(new(it.get("body")?, base_url))).collect()
}

fn new(report: &Value, base_url: &str) -> Report {
    let text = |name: &str| report.get(name).and_then(Value::as_str).unwrap_or_default();
    Report {
        directive: directive(text("effectiveDirective")),
        blocked: blocked(text("blockedURL")),
        path: path(text("documentURL"), base_url),
        enforced: text("disposition") != "report",
    }
}

fn old(report: &Value, base_url: &str) -> Report {
    let text = |name: &str| report.get(name).and_then(Value::as_str).unwrap_or_default();
    let named = Some(text("effective-directive")).filter(|it| !it.is_empty());
    Report {
        // The older name holds the whole directive.
        directive: directive(named.unwrap_or_else(|| text("violated-directive"))),
        blocked: blocked(text("blocked-uri")),
        path: path(text("document-uri"), base_url),
        enforced: text("disposition") != "report",
    }
}

fn directive(text: &str) -> &'static str {
    let first = text.split_whitespace().next().unwrap_or_default();
    DIRECTIVES.into_iter().find(|it| *it == first).unwrap_or("other")
}

/// Scheme, host and port of an address, without who and what; a word as it is.
fn blocked(text: &str) -> String {
    let end = |rest: &str| rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    match text.split_once("://") {
        Some((scheme, rest)) => {
            let host = &rest[..end(rest)];
            let host = host.rsplit('@').next().unwrap_or_default();
            plain(&format!("{scheme}://{host}"))
        }
        None => plain(&text[..end(text)]),
    }
}

/// The path of a page of ours, without its query: that may be a secret, or what somebody looks for.
fn path(text: &str, base_url: &str) -> String {
    match text.strip_prefix(base_url) {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#']) => {
            let end = rest.find(['?', '#']).unwrap_or(rest.len());
            plain(&rest[..end])
        }
        _ => "elsewhere".to_owned(),
    }
}

/// Letters that break no line of a log.
fn plain(text: &str) -> String {
    match text.chars().all(|c| c.is_ascii_graphic() && c != '"') {
        true => text.chars().take(LETTERS_MAX).collect(),
        false => "unreadable".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BASE: &str = "https://market.example";

    fn one(body: &Value, is_batch: bool) -> Report {
        let mut all = read(body, is_batch, BASE);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn of_a_report_only_what_is_nobodys_secret_is_left() {
        let batch = json!([{
            "type": "csp-violation",
            "age": 10,
            "url": "https://market.example/verify?token=SECRET",
            "user_agent": "SECRET",
            "body": {
                "documentURL": "https://market.example/verify?token=SECRET#x",
                "referrer": "https://mail.example/SECRET",
                "blockedURL": "https://ann:SECRET@evil.example:8443/a.js?SECRET",
                "effectiveDirective": "script-src-elem",
                "sample": "SECRET",
                "disposition": "enforce"
            }
        }]);
        let told = one(&batch, true);
        assert_eq!((told.directive, told.enforced), ("script-src-elem", true));
        assert_eq!((told.blocked.as_str(), told.path.as_str()), ("https://evil.example:8443", "/verify"));
        assert!(!format!("{told:?}").contains("SECRET"));
    }

    #[test]
    fn the_older_shape_is_read_too() {
        let report = json!({ "csp-report": {
            "document-uri": "https://market.example/cart",
            "violated-directive": "style-src 'self'",
            "blocked-uri": "inline"
        } });
        let told = one(&report, false);
        assert_eq!(
            (told.directive, told.blocked.as_str(), told.path.as_str()),
            ("style-src", "inline", "/cart")
        );
    }

    #[test]
    fn what_is_made_up_breaks_nothing() {
        assert_eq!(directive("x-forged\nline"), "other");
        assert_eq!(blocked("evil\r\nlevel=ERROR"), "unreadable");
        assert_eq!(blocked(&"a".repeat(5_000)).len(), LETTERS_MAX);
        assert_eq!(path("https://market.example.evil.example/x", BASE), "elsewhere");
        assert_eq!(path("javascript:alert(1)", BASE), "elsewhere");
        for odd in [json!(null), json!([]), json!([1, "x", {}]), json!({ "csp-report": 7 })] {
            let _ = (read(&odd, true, BASE), read(&odd, false, BASE));
        }
        let many: Vec<Value> = (0..500).map(|_| json!({ "type": "csp-violation", "body": {} })).collect();
        assert_eq!(read(&json!(many), true, BASE).len(), REPORTS_MAX);
    }
}
