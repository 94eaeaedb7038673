//! Whether a request that changes something was really made by one of our pages.
//!
//! The browser says so itself: `Sec-Fetch-Site` decides, `Origin` where that is missing (the algorithm of Go's
//! `http.CrossOriginProtection` and the OWASP cheat sheet). A client that sends neither must show the token of
//! the form it was given. Programs with a bearer token carry no cookie and are not asked.

use http::{HeaderMap, Method, header};
use kernel::SessionId;
use platform::crypto::Signer;

/// The hidden field of every form.
pub const FIELD: &str = "csrf";

/// What the headers say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Pass,
    Refuse,
    /// They say nothing: the form's token decides.
    AskToken,
}

/// Whether requests of this kind may change something.
pub fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

/// Judges the headers of an unsafe request. `base_url` is our own origin, lower-case.
pub fn judge(headers: &HeaderMap, base_url: &str) -> Verdict {
    let text = |name: header::HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => return Verdict::Pass,
        Some(_) => return Verdict::Refuse,
        None => {}
    }
    match text(header::ORIGIN) {
        // What browsers send when a page keeps its address to itself: says nothing.
        None | Some("null") => Verdict::AskToken,
        Some(origin) if origin.eq_ignore_ascii_case(base_url) => Verdict::Pass,
        Some(origin) => {
            // Reached by another name than the configured one (127.0.0.1 for localhost): its own host will do.
            // By the same scheme: who can write to http://ours must not be able to write to https://ours.
            let host = text(header::HOST).unwrap_or_default();
            let scheme = base_url.split_once("://").map_or("", |(scheme, _)| scheme);
            let own = origin.split_once("://").is_some_and(|(theirs, rest)| {
                !host.is_empty() && theirs.eq_ignore_ascii_case(scheme) && rest.eq_ignore_ascii_case(host)
            });
            if own { Verdict::Pass } else { Verdict::Refuse }
        }
    }
}

/// Whose forms a token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearer {
    Session(SessionId),
    /// The random word in a visitor's cookie.
    Visitor(String),
}

impl Bearer {
    fn text(&self) -> String {
        match self {
            Self::Session(id) => format!("session {id}"),
            Self::Visitor(word) => format!("visitor {word}"),
        }
    }

    /// The token for the forms of this browser: stays the same as long as its session or cookie does.
    pub fn token(&self, signer: &Signer) -> String {
        signer.sign(self.text().as_bytes())
    }

    /// Whether the token was made for this browser.
    pub fn owns(&self, signer: &Signer, token: &str) -> bool {
        signer.verify(self.text().as_bytes(), token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const BASE: &str = "https://market.example";

    fn verdict(headers: &[(&'static str, &'static str)]) -> Verdict {
        let headers = headers.iter().map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_static(v)));
        judge(&HeaderMap::from_iter(headers), BASE)
    }

    #[test]
    fn the_browser_decides() {
        assert_eq!(verdict(&[("sec-fetch-site", "same-origin")]), Verdict::Pass);
        assert_eq!(verdict(&[("sec-fetch-site", "none")]), Verdict::Pass);
        for site in ["cross-site", "same-site", "", "whatever"] {
            assert_eq!(verdict(&[("sec-fetch-site", site)]), Verdict::Refuse, "{site}");
            assert_eq!(verdict(&[("sec-fetch-site", site), ("origin", BASE)]), Verdict::Refuse, "{site}");
        }
    }

    #[test]
    fn then_the_origin() {
        assert_eq!(verdict(&[("origin", BASE)]), Verdict::Pass);
        assert_eq!(verdict(&[("origin", "https://MARKET.example")]), Verdict::Pass);
        assert_eq!(
            verdict(&[("origin", "https://127.0.0.1:8443"), ("host", "127.0.0.1:8443")]),
            Verdict::Pass
        );
        assert_eq!(
            verdict(&[("origin", "http://market.example"), ("host", "market.example")]),
            Verdict::Refuse,
            "without TLS it may be anybody"
        );
        for origin in [
            "https://evil.example",
            "http://market.example",
            "https://market.example.evil.example",
            "https://market.example:8443",
            "evil",
        ] {
            assert_eq!(
                verdict(&[("origin", origin), ("host", "market.example:443")]),
                Verdict::Refuse,
                "{origin}"
            );
        }
        assert_eq!(verdict(&[("origin", "https://evil.example")]), Verdict::Refuse);
    }

    #[test]
    fn else_the_form() {
        assert_eq!(verdict(&[]), Verdict::AskToken);
        assert_eq!(verdict(&[("origin", "null"), ("host", "market.example")]), Verdict::AskToken);
    }

    #[test]
    fn a_token_is_for_one_browser() {
        let signer = Signer::new(&platform::crypto::Key::from_bytes([1; 32]), "csrf");
        let (one, other) = (Bearer::Visitor("a".into()), Bearer::Visitor("b".into()));
        let token = one.token(&signer);
        assert!(one.owns(&signer, &token) && !other.owns(&signer, &token) && !one.owns(&signer, ""));
    }

    #[test]
    fn reading_is_free() {
        assert!(!is_unsafe(&Method::GET) && !is_unsafe(&Method::HEAD));
        assert!(is_unsafe(&Method::POST) && is_unsafe(&Method::DELETE) && is_unsafe(&Method::PATCH));
    }
}
