//! Paths that are not in the table, and methods that a path does not have.

use super::{Guard, api::api_with, page::page_with};
use crate::answer::{Answer, Denied};
use crate::app::App;
use crate::links;
use crate::policy::{Audience, Idempotency, Keys, Object, Policy, Rate};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::Method;
use kernel::Refusal;
use std::sync::Arc;

/// There is no such page.
pub(crate) async fn missing(State(app): State<App>, request: Request) -> Response {
    let answer = match without_slash(&request) {
        Some(path) => Answer::moved(path),
        None => Answer::from(Refusal::NotFound),
    };
    refuse(app, request, answer).await
}

/// There is, but not for this method. The router adds `Allow`.
pub(crate) async fn wrong_method(State(app): State<App>, request: Request) -> Response {
    refuse(app, request, Answer::from(Denied::MethodNotAllowed)).await
}

/// A slash too many at the end is a slip: the page without it is meant.
fn without_slash(request: &Request) -> Option<String> {
    let path = request.uri().path();
    let meant = path.strip_suffix('/').filter(|p| p.len() > 1 && links::local(p) == *p && *p != "/api")?;
    let query = request.uri().query().map_or_else(String::new, |q| format!("?{q}"));
    (request.method() == Method::GET).then(|| format!("{meant}{query}"))
}

async fn refuse(app: App, request: Request, answer: Answer) -> Response {
    let policy = Policy {
        method: request.method().clone(),
        path: "",
        name: "none",
        audience: Audience::Everyone,
        object: Object::None,
        // Whoever asks is told that there is nothing.
        keys: Keys::Any,
        step_up: false,
        while_looking: request.method() == Method::GET,
        rate: Rate::Browse,
        query: true,
        idempotency: Idempotency::None,
        body: kernel::limits::BODY_BYTES_MAX,
        form_on: None,
    };
    let guard = Guard { app, policy: Arc::new(policy) };
    let response = answer.into_response();
    if request.uri().path().starts_with("/api/") {
        api_with(guard, request, |_| std::future::ready(response)).await
    } else {
        page_with(&guard, request, |_| std::future::ready(response)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_slash_too_many_is_forgiven_but_leads_nowhere_else() {
        let meant = |uri: &str| without_slash(&Request::builder().uri(uri).body(Body::empty()).unwrap());
        assert_eq!(meant("/search/?q=a").as_deref(), Some("/search?q=a"));
        assert_eq!(meant("/search"), None);
        assert_eq!(meant("/"), None);
        assert_eq!(meant("//evil.example/"), None);
    }
}
