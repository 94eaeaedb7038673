//! What a page handler returns. Nothing is rendered here for a refusal: the layer around the handler does it,
//! because it knows who reads and in which language.

mod denied;
mod faults;
mod notes;
mod problem;

pub use denied::{ApiKind, Denied};
pub use notes::Notes;
pub use problem::{Document, Problem};

use crate::cookies::Cookie;
use crate::flash::Flash;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kernel::Refusal;
use maud::Markup;

/// An answer to a visitor: a page, a redirect, a file, or a refusal.
#[derive(Debug)]
pub struct Answer(Box<Inner>);

#[derive(Debug, Default)]
struct Inner {
    response: Response,
    notes: Notes,
}

impl Answer {
    /// A page.
    pub fn page(markup: Markup) -> Self {
        Self::page_with(StatusCode::OK, markup)
    }

    /// A page with another status: 422 for a form that comes back with its mistakes.
    pub fn page_with(status: StatusCode, markup: Markup) -> Self {
        Self::file("text/html; charset=utf-8", markup.into_string()).status(status)
    }

    /// Go and see there (303): after every form that did something.
    pub fn to(url: impl AsRef<str>) -> Self {
        Self::redirect(StatusCode::SEE_OTHER, url.as_ref())
    }

    /// The thing has moved there for good (308): an old slug, a missing one.
    pub fn moved(url: impl AsRef<str>) -> Self {
        Self::redirect(StatusCode::PERMANENT_REDIRECT, url.as_ref())
    }

    /// Any other body with its media type.
    pub fn file(mime: &'static str, body: impl Into<Body>) -> Self {
        let mut response = Response::new(body.into());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
        Self::of(response)
    }

    /// Done, nothing to show (204).
    pub fn nothing() -> Self {
        Self::of(Response::new(Body::empty())).status(StatusCode::NO_CONTENT)
    }

    /// A ready response.
    pub fn of(response: Response) -> Self {
        Self(Box::new(Inner { response, notes: Notes::default() }))
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        *self.0.response.status_mut() = status;
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.response.headers_mut().insert(name, value);
        self
    }

    /// Says something on the next page.
    #[must_use]
    pub fn saying(mut self, flash: Flash) -> Self {
        self.0.notes.flash = Some(flash);
        self
    }

    #[must_use]
    pub fn with_cookie(mut self, cookie: Cookie) -> Self {
        self.0.notes.cookies.push(cookie);
        self
    }

    /// The same for every visitor who is not signed in: their browser asks again each time, and is answered 304
    /// when nothing changed since. (It is never kept without asking: signing in or out must show at once.)
    #[must_use]
    pub fn cacheable(mut self, seconds: u32) -> Self {
        self.0.notes.cache_s = Some(seconds);
        self
    }

    /// Holds a secret, or its address does: kept nowhere, and no referrer.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.0.notes.secret = true;
        self
    }

    /// Where it leads, if it leads on.
    pub fn location(&self) -> Option<&str> {
        self.0.response.headers().get(header::LOCATION)?.to_str().ok()
    }

    /// The refusal in it, if it is one.
    pub fn denied(&self) -> Option<&Denied> {
        self.0.notes.denied.as_ref()
    }

    fn redirect(status: StatusCode, url: &str) -> Self {
        match HeaderValue::try_from(url) {
            Ok(url) => Self::of(Response::new(Body::empty())).status(status).header(header::LOCATION, url),
            Err(error) => Self::from(Refusal::broken(error)),
        }
    }
}

impl From<Denied> for Answer {
    fn from(denied: Denied) -> Self {
        let mut answer = Self::of(Response::new(Body::empty())).status(denied.status());
        answer.0.notes.denied = Some(denied);
        answer
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::from(Denied::from(refusal))
    }
}

impl From<sqlx::Error> for Answer {
    fn from(error: sqlx::Error) -> Self {
        Self::from(Denied::from(error))
    }
}

impl From<kernel::FieldErrors> for Answer {
    fn from(errors: kernel::FieldErrors) -> Self {
        Self::from(Denied::from(errors))
    }
}

impl From<Markup> for Answer {
    fn from(markup: Markup) -> Self {
        Self::page(markup)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Inner { mut response, notes } = *self.0;
        response.extensions_mut().insert(notes);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_cannot_split_the_answer() {
        assert_eq!(Answer::to("/cart").into_response().headers()[header::LOCATION], "/cart");
        assert_eq!(Answer::to("/a\r\nSet-Cookie: x=1").into_response().status(), 500);
    }

    #[test]
    fn notes_travel_with_the_response() {
        let response = Answer::to("/").saying(Flash::ok("Saved")).cacheable(60).into_response();
        let notes = response.extensions().get::<Notes>().unwrap();
        assert_eq!((notes.flash.as_ref().unwrap().text.as_str(), notes.cache_s), ("Saved", Some(60)));
        assert!(Answer::from(Refusal::NotFound).denied().is_some());
    }
}
