//! Whether a request that changes something was really made by one of our pages.
//!
//! The browser says so itself: `Sec-Fetch-Site` decides, `Origin` where that is missing (the algorithm of Go's
//! `http.CrossOriginProtection` and the OWASP cheat sheet). A client that sends neither must show the token of
//! the form it was given. Programs with a bearer token carry no cookie and are not asked.

use http::{HeaderMap, Method, header};
use kernel::{MemberId, SessionId};
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
    /// A signed-in browser, and its owner.
    Session(SessionId, MemberId),
    /// The random word in a visitor's cookie.
    Visitor(String),
}

impl Bearer {
    fn text(&self) -> String {
        match self {
            Self::Session(id, member) => format!("session {id} of {member}"),
            Self::Visitor(word) => format!("visitor {word}"),
        }
    }

    /// The token for the forms of this browser: stays the same as long as its session or cookie does. That of a session
    /// says whose it is, so that a form is known as theirs when the session has ended.
    pub fn token(&self, signer: &Signer) -> String {
        let proof = signer.sign(self.text().as_bytes());
        match self {
            Self::Session(id, member) => format!("{id}.{member}.{proof}"),
            Self::Visitor(_) => proof,
        }
    }

    /// Whether the token was made for this browser.
    pub fn owns(&self, signer: &Signer, token: &str) -> bool {
        match self {
            Self::Session(..) => session_of(signer, token).as_ref() == Some(self),
            Self::Visitor(_) => signer.verify(self.text().as_bytes(), token),
        }
    }
}

/// Whose form a token was made for; nothing for those of visitors, and for what we have not made.
pub fn owner(signer: &Signer, token: &str) -> Option<MemberId> {
    match session_of(signer, token)? {
        Bearer::Session(_, member) => Some(member),
        Bearer::Visitor(_) => None,
    }
}

fn session_of(signer: &Signer, token: &str) -> Option<Bearer> {
    let (id, rest) = token.split_once('.')?;
    let (member, proof) = rest.split_once('.')?;
    let bearer = Bearer::Session(id.parse().ok()?, member.parse().ok()?);
    signer.verify(bearer.text().as_bytes(), proof).then_some(bearer)
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
    fn a_form_says_whose_it_is() {
        let signer = Signer::new(&platform::crypto::Key::from_bytes([1; 32]), "csrf");
        let id = |n: u8| format!("01940000-0000-7000-8000-00000000000{n}");
        let of = |session: u8, member: u8| {
            Bearer::Session(id(session).parse().unwrap(), id(member).parse().unwrap())
        };
        let ann = of(1, 2);
        let token = ann.token(&signer);
        assert!(ann.owns(&signer, &token));
        assert!(!of(3, 2).owns(&signer, &token), "another session of hers");
        assert!(!of(1, 3).owns(&signer, &token));
        assert_eq!(owner(&signer, &token), id(2).parse().ok());
        let forged = token.replace(&id(2), &id(3));
        let other = Signer::new(&platform::crypto::Key::from_bytes([2; 32]), "csrf");
        for none in [forged, ann.token(&other), Bearer::Visitor("a".into()).token(&signer), String::new()] {
            assert_eq!(owner(&signer, &none), None, "{none}");
        }
    }

    #[test]
    fn reading_is_free() {
        assert!(!is_unsafe(&Method::GET) && !is_unsafe(&Method::HEAD));
        assert!(is_unsafe(&Method::POST) && is_unsafe(&Method::DELETE) && is_unsafe(&Method::PATCH));
    }
}
