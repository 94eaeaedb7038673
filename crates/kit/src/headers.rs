//! What every answer carries: what browsers may do with it, and what they may not.
//!
//! Sources: OWASP Secure Headers Project, W3C CSP Level 3, Trusted Types. A handler may set a header itself; it
//! is then left as it is.

use http::{HeaderMap, HeaderValue, StatusCode, header};
use platform::outgoing::Url;

/// For pages. No inline script or style, nothing from elsewhere, one Trusted Types policy.
const PAGE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tradeplus; report-uri /reports; report-to csp";

/// For the one page with a card company's field: that company's script and frames beside ours, and nothing more. The field
/// is not written for Trusted Types, so that page alone goes without them. `script` and `api`: where the company's script
/// and its interface are.
pub fn with_field(script: &str, api: &str) -> String {
    let origin = |text: &str| {
        text.parse::<Url>().map_or_else(|_| "'none'".to_owned(), |u| u.origin().ascii_serialization())
    };
    let (script, api) = (origin(script), origin(api));
    let (scripts, frames) = if script == "https://js.stripe.com" {
        let scripts = format!("{script} https://*.js.stripe.com");
        (scripts.clone(), format!("{scripts} https://hooks.stripe.com"))
    } else {
        (script.clone(), script.clone())
    };
    let calls =
        if api == script || script == "https://js.stripe.com" { api } else { format!("{api} {script}") };
    format!(
        "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self' {calls}; frame-src {frames}; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'; report-uri /reports; report-to csp"
    )
}

/// Where browsers tell what the policy of a page kept away. `report-uri` is for those that do not know this yet.
const REPORTS: &str = "csp=\"/reports\"";

/// For everything that is no page, should a browser show it as one.
const OTHER_CSP: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // The policies say so too; old browsers know only this.
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
];

/// Two years, as the preload lists ask for.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Adds what is missing. `tls`: the site is served over TLS.
pub fn secure(status: StatusCode, headers: &mut HeaderMap, tls: bool) {
    // What a 304 says replaces what the browser has kept of the page (RFC 9111, 3.2): it says nothing about this.
    if status != StatusCode::NOT_MODIFIED {
        let is_page =
            headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
        let csp = if is_page { PAGE_CSP } else { OTHER_CSP };
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(csp));
        if is_page {
            headers.entry("reporting-endpoints").or_insert(HeaderValue::from_static(REPORTS));
        }
    }
    for (name, value) in ALWAYS {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if tls {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_run_only_our_own_scripts() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        secure(StatusCode::OK, &mut headers, true);
        let csp = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'; script-src 'self';") && !csp.contains("unsafe"));
        for strict in ["object-src", "base-uri", "frame-ancestors"] {
            assert!(csp.contains(&format!("; {strict} 'none';")), "{strict}");
        }
        assert!(
            csp.contains("; form-action 'self';") && csp.contains("; require-trusted-types-for 'script';")
        );
        assert!(csp.ends_with("report-uri /reports; report-to csp"));
        assert_eq!(headers["reporting-endpoints"], "csp=\"/reports\"");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn the_page_of_the_field_lets_in_one_company_and_nothing_more() {
        let real = with_field("https://js.stripe.com/v3/", "https://api.stripe.com");
        let strict = PAGE_CSP.replace("; require-trusted-types-for 'script'; trusted-types tradeplus", "");
        let more = real
            .replace(" https://js.stripe.com https://*.js.stripe.com;", ";")
            .replace(" https://api.stripe.com;", ";")
            .replace(
                " frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;",
                "",
            );
        assert_eq!(more, strict);
        let near = with_field("http://127.0.0.1:8420/v3/", "http://127.0.0.1:8420");
        assert!(near.contains("script-src 'self' http://127.0.0.1:8420;"), "{near}");
        assert!(near.contains("connect-src 'self' http://127.0.0.1:8420;"), "{near}");
    }

    #[test]
    fn a_page_that_has_not_changed_keeps_its_policy() {
        let mut headers = HeaderMap::new();
        secure(StatusCode::NOT_MODIFIED, &mut headers, false);
        assert!(!headers.contains_key(header::CONTENT_SECURITY_POLICY));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[test]
    fn a_handler_may_say_otherwise() {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        secure(StatusCode::OK, &mut headers, false);
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "without TLS it means nothing");
    }
}
