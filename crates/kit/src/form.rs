//! What was typed into a form: read leniently, kept so that a form comes back as it was.

use crate::answer::{Answer, Denied};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use kernel::{FieldErrors, Refusal};
use serde::de::DeserializeOwned;

/// Names and values as they were typed, in order; a name may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// Reads a URL-encoded text.
    pub fn read(text: &[u8]) -> Self {
        Self(serde_html_form::from_bytes(text).unwrap_or_default())
    }

    /// Made up instead of typed: for a form that opens with what is stored.
    pub fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(pairs.into_iter().map(|(n, v)| (n.into(), v.into())).collect())
    }

    /// The value as typed; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.maybe(name).unwrap_or_default()
    }

    /// The value, if the form had such a field.
    pub fn maybe(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Every value of a field that may be chosen several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether a value was chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// Whether a box with this name was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.maybe(name).is_some_and(|v| !v.is_empty() && v != "0")
    }

    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// URL-encoded, as it would be sent.
    pub fn encoded(&self) -> String {
        serde_html_form::to_string(&self.0).unwrap_or_default()
    }

    /// As a type of the handler's own. Errors: 400, for what a form of ours cannot send.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, Denied> {
        serde_html_form::from_str(&self.encoded()).map_err(|_| Denied::Unreadable { line: 0, column: 0 })
    }

    /// With what is wrong with it.
    pub fn with(self, errors: FieldErrors) -> Filled {
        Filled { values: self, errors }
    }
}

/// A form as it is shown: what stands in its fields, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub values: Typed,
    pub errors: FieldErrors,
}

impl Filled {
    /// A form that nobody has touched.
    pub fn empty() -> Self {
        Self::default()
    }

    pub fn get(&self, name: &str) -> &str {
        self.values.get(name)
    }
}

impl From<Typed> for Filled {
    fn from(values: Typed) -> Self {
        values.with(FieldErrors::none())
    }
}

/// A URL-encoded form as a type of the handler's own. Fields it does not know are passed over; a name that
/// comes several times fills a `Vec`. Errors: 400, 413, 415.
#[derive(Clone, Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Answer;
    async fn from_request(request: Request, state: &S) -> Result<Self, Answer> {
        let body = encoded(request, state).await?;
        let read = serde_html_form::from_bytes(&body);
        read.map(Self).map_err(|_| Denied::Unreadable { line: 0, column: 0 }.into())
    }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Answer;
    async fn from_request(request: Request, state: &S) -> Result<Self, Answer> {
        Ok(Self::read(&encoded(request, state).await?))
    }
}

/// The query of a page's address. What cannot be read is taken for absent: a link that somebody cut short
/// still shows a page.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Answer;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Answer> {
        Ok(Self(serde_html_form::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default()))
    }
}

/// The parts of a path. What does not fit (an id that is none) is a page that does not exist.
#[derive(Clone, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Answer;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Answer> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Refusal::NotFound.into())
    }
}

async fn encoded<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Denied> {
    let kind = media_type(request.headers());
    if !kind.is_empty() && kind != "application/x-www-form-urlencoded" {
        return Err(Denied::WrongType);
    }
    whole(request, state).await
}

/// The whole body, within the route's limit.
pub(crate) async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Denied> {
    Bytes::from_request(request, state).await.map_err(|rejection| body_problem(&rejection))
}

fn body_problem(rejection: &BytesRejection) -> Denied {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Denied::TooLarge { max: 0 },
        _ => Denied::Unreadable { line: 0, column: 0 },
    }
}

/// The media type without its parameters, lower-case; empty when there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Sample {
        title: String,
        #[serde(default)]
        tag: Vec<String>,
    }

    #[test]
    fn reads_repeated_names_and_passes_over_the_unknown() {
        let typed = Typed::read(b"title=A+b&tag=x&tag=y&csrf=abc");
        assert_eq!(
            typed.to::<Sample>().unwrap(),
            Sample { title: "A b".into(), tag: vec!["x".into(), "y".into()] }
        );
        assert_eq!((typed.get("title"), typed.get("nothing"), typed.all("tag").count()), ("A b", "", 2));
        assert!(typed.has("tag", "y") && !typed.has("tag", "z"));
        assert!(Typed::read(b"tag=x").to::<Sample>().is_err());
        assert!(Typed::read(b"title=a&title=b").to::<Sample>().is_err(), "which of the two?");
        assert_eq!(Typed::read(b"title=a").to::<Sample>().unwrap().tag, Vec::<String>::new());
    }

    #[test]
    fn boxes() {
        let typed = Typed::of([("offers", "1"), ("no", "0")]);
        assert!(typed.ticked("offers") && !typed.ticked("no") && !typed.ticked("absent"));
    }
}
