//! What came back, with the questions that tests ask of it. Each failure shows what was asked and answered.

use crate::html::Page;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// An answer of the program.
#[derive(Clone, Debug)]
pub struct Answer {
    asked: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    pub(crate) fn new(asked: String, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { asked, status, headers, body }
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Fails unless the status is this.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status(), status, "{}", self.told());
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|v| v.to_str().unwrap())
    }

    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub const fn bytes(&self) -> &Bytes {
        &self.body
    }

    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.told()))
    }

    /// What a JSON pointer finds; null when it finds nothing.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no redirect: {}", self.told()))
    }

    /// Fails unless this is a redirect after a form (303) to `path`.
    #[track_caller]
    pub fn goes_to(self, path: &str) -> Self {
        assert_eq!((self.status(), self.header("location")), (303, Some(path)), "{}", self.told());
        self
    }

    #[track_caller]
    pub fn page(&self) -> Page {
        let kind = self.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("text/html"), "no page: {}", self.told());
        Page::parse(self.text())
    }

    /// The words of each element that a CSS selector finds.
    #[track_caller]
    pub fn select(&self, css: &str) -> Vec<String> {
        self.page().words(css)
    }

    /// Whether the page shows these words.
    #[track_caller]
    pub fn has_text(&self, words: &str) -> bool {
        self.page().text().contains(words)
    }

    /// Fails unless the page shows these words.
    #[track_caller]
    pub fn shows(self, words: &str) -> Self {
        let text = self.page().text();
        assert!(text.contains(words), "{words:?} is not shown: {} {}\n{text}", self.asked, self.status);
        self
    }

    /// Fails if the page shows these words.
    #[track_caller]
    pub fn hides(self, words: &str) -> Self {
        let text = self.page().text();
        assert!(!text.contains(words), "{words:?} is shown: {} {}\n{text}", self.asked, self.status);
        self
    }

    /// Fails unless it is a problem document (RFC 9457) of this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status(), status, "{}", self.told());
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.told());
        let document = self.json();
        assert_eq!(document["status"], status, "{}", self.told());
        assert_eq!(document["code"], code, "{}", self.told());
        for text in ["type", "title", "detail", "request_id"] {
            assert!(document[text].as_str().is_some_and(|t| !t.is_empty()), "{text}: {}", self.told());
        }
        self
    }

    /// The places of the mistakes that a problem document names.
    #[track_caller]
    pub fn pointers(&self) -> Vec<String> {
        let errors = self.at("/errors");
        let pointer = |e: &Value| e["pointer"].as_str().unwrap().to_owned();
        errors.as_array().map(|all| all.iter().map(pointer).collect()).unwrap_or_default()
    }

    /// What was asked and answered, for failures.
    pub fn told(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        let body: String = match self.header("content-type").is_some_and(|t| t.starts_with("text/html")) {
            true => Page::parse(&body).text(),
            false => body.into_owned(),
        };
        let body: String = body.chars().take(1500).collect();
        format!("{} → {} {:?}\n{body}", self.asked, self.status, self.header("location"))
    }
}
