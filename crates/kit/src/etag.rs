//! Validators: who has the same bytes already is told so instead of being sent them again (RFC 9110, 13.1).

use axum::body::{Body, to_bytes};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// Pages and lists stay far below; what is larger gets no validator.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Adds a weak validator to a 200 answer, and turns it into a 304 when the client has it already.
/// `asked` are the request's headers.
pub async fn validate(asked: &HeaderMap, response: Response) -> Response {
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = tag_of(&bytes);
    let known =
        asked.get_all(header::IF_NONE_MATCH).into_iter().any(|v| v.to_str().is_ok_and(|v| names(v, &tag)));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        head.headers.insert(header::ETAG, value);
    }
    if known {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_TYPE);
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(bytes))
}

/// `W/"…"` with the first 16 bytes of SHA-256. Weak, because compression changes the bytes on the way.
fn tag_of(bytes: &[u8]) -> String {
    format!("W/\"{}\"", hex::encode(&Sha256::digest(bytes)[..16]))
}

/// Whether an `If-None-Match` value names the tag (weak comparison: RFC 9110, 8.8.3.2).
fn names(value: &str, tag: &str) -> bool {
    let plain = |t: &str| t.trim().trim_start_matches("W/").to_owned();
    value.trim() == "*" || value.split(',').any(|t| plain(t) == plain(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(known: &str) -> Response {
        let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_str(known).unwrap())]);
        validate(&headers, Response::new(Body::from("page"))).await
    }

    #[tokio::test]
    async fn the_same_bytes_are_not_sent_twice() {
        let first = validate(&HeaderMap::new(), Response::new(Body::from("page"))).await;
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert!(tag.starts_with("W/\"") && tag.len() == 36, "{tag}");
        assert_eq!(first.status(), 200);
        for known in [tag.as_str(), "*", &format!("\"x\", {tag}"), tag.trim_start_matches("W/")] {
            let again = ask(known).await;
            assert_eq!(
                (again.status().as_u16(), again.headers().contains_key(header::ETAG)),
                (304, true),
                "{known}"
            );
        }
        assert_eq!(ask("\"other\"").await.status(), 200);
    }

    #[tokio::test]
    async fn errors_are_not_remembered() {
        let mut response = Response::new(Body::from("no"));
        *response.status_mut() = StatusCode::NOT_FOUND;
        assert!(!validate(&HeaderMap::new(), response).await.headers().contains_key(header::ETAG));
    }
}
