//! Problem documents (RFC 9457): what the API answers instead of an error page.

use super::{Answer, Denied};
use crate::app::Web;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::{FieldErrors, Refusal, Say};
use serde::Serialize;

/// What an API handler returns as an error. The layer around it writes the document.
#[derive(Debug)]
pub struct Problem(Denied);

impl Problem {
    pub const fn denied(&self) -> &Denied {
        &self.0
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self(denied)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self(errors.into())
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self(error.into())
    }
}

impl From<FieldErrors> for Denied {
    fn from(errors: FieldErrors) -> Self {
        Self::from(Refusal::from(errors))
    }
}

impl From<sqlx::Error> for Denied {
    fn from(error: sqlx::Error) -> Self {
        Self::from(Refusal::from(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        Answer::from(self.0).into_response()
    }
}

/// The document itself.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// What stands in the way, for a program.
    pub code: &'static str,
    pub request_id: String,
    /// The scope that an API key would need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize)]
pub struct FieldProblem {
    /// A JSON pointer (RFC 6901).
    pub pointer: String,
    pub detail: String,
}

impl Document {
    pub fn of(denied: &Denied, web: &Web, say: &Say, request_id: &str) -> Self {
        let errors = denied.fields().map_or_else(Vec::new, |errors| {
            errors
                .iter()
                .map(|(field, wrong)| FieldProblem { pointer: pointer(field), detail: wrong.say(say) })
                .collect()
        });
        Self {
            kind: web.absolute(&format!("/about/api#{}", denied.kind())),
            title: denied.title(say),
            status: denied.status().as_u16(),
            detail: denied.text(say),
            code: denied.code(),
            request_id: request_id.to_owned(),
            scope: denied.scope(),
            errors,
        }
    }

    pub fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Field names are pointers without the leading slash; an empty one is the whole document.
fn pointer(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!("/{field}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_pointers() {
        assert_eq!(pointer("price/amount"), "/price/amount");
        assert_eq!(pointer(""), "");
    }
}
