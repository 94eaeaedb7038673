//! What is asked of a machine of others, and what it answers.

use super::multipart::{self, Field};
use super::{ANSWER_MAX, OutgoingError, PATIENCE_MAX, WHOLE_MAX};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::Full;
use std::fmt;
use std::time::Duration;
use url::{Url, form_urlencoded};

/// What is asked.
#[derive(Clone)]
pub struct Call {
    method: Method,
    pub(super) url: Url,
    headers: HeaderMap,
    body: Bytes,
    pub(super) patience: Duration,
    pub(super) answer_max: usize,
}

/// Queries, headers and bodies hold secrets and what is personal.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.url.host_str().unwrap_or_default();
        write!(f, "{} {host}{} ({} bytes)", self.method, self.url.path(), self.body.len())
    }
}

impl Call {
    /// Without a body; [`Self::form`] and [`Self::multipart`] give it one.
    pub fn new(method: Method, url: &Url) -> Self {
        Self {
            method,
            url: url.clone(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            patience: WHOLE_MAX,
            answer_max: ANSWER_MAX,
        }
    }

    pub fn get(url: &Url) -> Self {
        Self::new(Method::GET, url)
    }

    pub fn delete(url: &Url) -> Self {
        Self::new(Method::DELETE, url)
    }

    /// `kind` is the media type of the body.
    pub fn post(url: &Url, kind: &'static str, body: String) -> Self {
        Self::new(Method::POST, url).with_body(HeaderValue::from_static(kind), body.into())
    }

    /// `kind` is the media type of the body.
    pub fn put(url: &Url, kind: &'static str, body: impl Into<Bytes>) -> Self {
        Self::new(Method::PUT, url).with_body(HeaderValue::from_static(kind), body.into())
    }

    /// The fields of a form as the body, in their order.
    #[must_use]
    pub fn form(self, fields: &[(String, String)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.with_body(HeaderValue::from_static("application/x-www-form-urlencoded"), body.into())
    }

    /// A form with files as the body (RFC 7578).
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`].
    pub fn multipart(self, fields: &[Field]) -> Result<Self, OutgoingError> {
        let (kind, body) = multipart::write(fields);
        let kind = HeaderValue::from_str(&kind).map_err(|_| OutgoingError::Malformed)?;
        Ok(self.with_body(kind, body))
    }

    fn with_body(mut self, kind: HeaderValue, body: Bytes) -> Self {
        self.headers.insert(header::CONTENT_TYPE, kind);
        Self { body, ..self }
    }

    /// A header more, or another value for one. `name` in lower case.
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`] when it holds what a header may not hold.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, OutgoingError> {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| OutgoingError::Malformed)?;
        let value = HeaderValue::from_str(value).map_err(|_| OutgoingError::Malformed)?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// How long everything together may take; a minute at most.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience: patience.min(PATIENCE_MAX), ..self }
    }

    /// How long an answer may be, in bytes.
    #[must_use]
    pub fn answer_max(self, answer_max: usize) -> Self {
        Self { answer_max, ..self }
    }

    /// Shows a token (RFC 6750).
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`] when it holds what a header may not hold.
    pub fn bearer(self, token: &str) -> Result<Self, OutgoingError> {
        self.authorised(&format!("Bearer {token}"))
    }

    /// Shows a name and password (RFC 7617). Both were escaped already where that is asked for.
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`].
    pub fn basic(self, name: &str, password: &str) -> Result<Self, OutgoingError> {
        self.authorised(&format!("Basic {}", STANDARD.encode(format!("{name}:{password}"))))
    }

    fn authorised(mut self, text: &str) -> Result<Self, OutgoingError> {
        let mut value = HeaderValue::from_str(text).map_err(|_| OutgoingError::Malformed)?;
        value.set_sensitive(true);
        self.headers.insert(header::AUTHORIZATION, value);
        Ok(self)
    }

    pub const fn method(&self) -> &Method {
        &self.method
    }

    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The headers of this call alone, without those that every one has.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    pub(super) fn request(self, host: &str) -> Result<Request<Full<Bytes>>, OutgoingError> {
        let path = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        let host = match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let mut request = Request::builder()
            .method(self.method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "TradePlus")
            .header(header::CONNECTION, "close")
            .body(Full::new(self.body))
            .map_err(|_| OutgoingError::Malformed)?;
        request.headers_mut().extend(self.headers);
        Ok(request)
    }
}

/// What was answered.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Bodies hold secrets and what is personal.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

impl Reply {
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// A header, if it is there and is text. `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        "https://example.org/a?token=hidden".parse().unwrap()
    }

    #[test]
    fn what_is_secret_is_not_printed() {
        let call = Call::new(Method::POST, &url()).form(&[("name".to_owned(), "hidden".to_owned())]);
        let call = call.bearer("hidden").unwrap().header("x-key", "hidden").unwrap();
        assert_eq!(format!("{call:?}"), "POST example.org/a (11 bytes)");
        let reply = Reply { status: 200, headers: HeaderMap::new(), body: Bytes::from_static(b"hidden") };
        assert_eq!(format!("{reply:?}"), "200 (6 bytes)");
    }

    #[test]
    fn a_form_keeps_its_order_and_headers_are_sent() {
        let fields = [("b[0]", "1 2"), ("a", "ü&")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let call = Call::new(Method::POST, &url()).form(&fields).header("idempotency-key", "k").unwrap();
        assert_eq!(&call.body()[..], b"b%5B0%5D=1+2&a=%C3%BC%26");
        let request = call.request("example.org").unwrap();
        assert_eq!(request.uri(), "/a?token=hidden");
        let header = |name: &str| request.headers()[name].to_str().unwrap();
        assert_eq!(header("content-type"), "application/x-www-form-urlencoded");
        assert_eq!((header("idempotency-key"), header("host")), ("k", "example.org"));
        assert!(Call::get(&url()).header("x", "a\r\nb: c").is_err());
    }

    #[test]
    fn patience_has_an_end() {
        assert_eq!(Call::get(&url()).patience(Duration::from_secs(600)).patience, PATIENCE_MAX);
    }
}
