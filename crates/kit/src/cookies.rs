//! The cookies we set and how they are written. Host-only, for the whole site, `SameSite=Lax`, never readable
//! by scripts, and only over TLS when the site is served over TLS.

use http::{HeaderMap, HeaderValue, header};
use std::fmt::Write as _;

/// Which cookie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    /// The token of a signed-in browser.
    Session,
    /// A random word that ties the forms of a visitor who is not signed in to their browser.
    Visitor,
    /// The token of a visitor's cart.
    Cart,
    Lang,
    /// In which currency prices are shown beside their own.
    Currency,
    Theme,
    /// What to say on the next page.
    Flash,
    /// By which a browser is known where somebody was signed in before.
    Device,
    /// Somebody on the way between two factors.
    Attempt,
    /// Somebody on the way to an identity provider and back.
    Provider,
}

impl Name {
    const ALL: [Self; 10] = [
        Self::Session,
        Self::Visitor,
        Self::Cart,
        Self::Lang,
        Self::Currency,
        Self::Theme,
        Self::Flash,
        Self::Device,
        Self::Attempt,
        Self::Provider,
    ];

    /// The name as sent. With TLS each carries `__Host-`, which browsers accept from this very host only.
    pub const fn text(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-tp",
            (Self::Session, false) => "tp_session",
            (Self::Visitor, true) => "__Host-tp_visitor",
            (Self::Visitor, false) => "tp_visitor",
            (Self::Cart, true) => "__Host-tp_cart",
            (Self::Cart, false) => "tp_cart",
            (Self::Lang, true) => "__Host-tp_lang",
            (Self::Lang, false) => "tp_lang",
            (Self::Currency, true) => "__Host-tp_currency",
            (Self::Currency, false) => "tp_currency",
            (Self::Theme, true) => "__Host-tp_theme",
            (Self::Theme, false) => "tp_theme",
            (Self::Flash, true) => "__Host-tp_flash",
            (Self::Flash, false) => "tp_flash",
            (Self::Device, true) => "__Host-tp_device",
            (Self::Device, false) => "tp_device",
            (Self::Attempt, true) => "__Host-tp_attempt",
            (Self::Attempt, false) => "tp_attempt",
            (Self::Provider, true) => "__Host-tp_provider",
            (Self::Provider, false) => "tp_provider",
        }
    }
}

/// A cookie to be set or removed with an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cookie {
    pub name: Name,
    value: String,
    /// Seconds; `None` until the browser is closed.
    max_age: Option<u32>,
}

impl Cookie {
    /// A cookie that lives until the browser is closed. The value holds no space, comma, semicolon or quote.
    pub fn new(name: Name, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), max_age: None }
    }

    /// Keeps it for some seconds.
    #[must_use]
    pub fn lasting(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// Keeps it for a year.
    #[must_use]
    pub fn for_a_year(self) -> Self {
        self.lasting(365 * 24 * 3600)
    }

    /// Takes it away.
    pub fn removed(name: Name) -> Self {
        Self { name, value: String::new(), max_age: Some(0) }
    }

    /// The value of a `Set-Cookie` header; `None` when the value holds what a cookie may not hold.
    pub fn header(&self, secure: bool) -> Option<HeaderValue> {
        if !self
            .value
            .bytes()
            .all(|b| matches!(b, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e))
        {
            return None;
        }
        let mut out = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", self.name.text(secure), self.value);
        if secure {
            out.push_str("; Secure");
        }
        if let Some(seconds) = self.max_age {
            let _ = write!(out, "; Max-Age={seconds}");
        }
        HeaderValue::from_str(&out).ok()
    }
}

/// The cookies of ours that came with a request.
#[derive(Clone, Debug, Default)]
pub struct Jar(Vec<(Name, String)>);

impl Jar {
    /// Reads all `Cookie` headers. Of two cookies of one name the first counts; empty ones do not.
    pub fn read(headers: &HeaderMap, secure: bool) -> Self {
        let mut found: Vec<(Name, String)> = Vec::new();
        let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
        for (name, value) in
            pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
        {
            let Some(ours) = Name::ALL.into_iter().find(|n| n.text(secure) == name) else { continue };
            if !value.is_empty() && !found.iter().any(|(n, _)| *n == ours) {
                found.push((ours, value.to_owned()));
            }
        }
        Self(found)
    }

    pub fn get(&self, name: Name) -> Option<&str> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_is_locked_to_the_host_under_tls() {
        let cookie = Cookie::new(Name::Session, "abc").lasting(60);
        assert_eq!(
            cookie.header(true).unwrap(),
            "__Host-tp=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"
        );
        assert_eq!(
            cookie.header(false).unwrap(),
            "tp_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"
        );
        assert_eq!(
            Cookie::removed(Name::Theme).header(false).unwrap(),
            "tp_theme=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn no_value_breaks_out_of_its_cookie() {
        for bad in ["a;b", "a b", "a\"b", "a,b", "ä", "a\r\nb", "a\\b"] {
            assert!(Cookie::new(Name::Flash, bad).header(true).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn reads_our_cookies_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("x=1; tp_lang=de; tp_theme=; __Host-tp=s"));
        headers.append(header::COOKIE, HeaderValue::from_static("tp_lang=en; tp_cart=c"));
        let jar = Jar::read(&headers, false);
        assert_eq!(
            (jar.get(Name::Lang), jar.get(Name::Theme), jar.get(Name::Cart)),
            (Some("de"), None, Some("c"))
        );
        assert_eq!(jar.get(Name::Session), None, "the name of the other scheme does not count");
        assert_eq!(Jar::read(&headers, true).get(Name::Session), Some("s"));
    }
}
