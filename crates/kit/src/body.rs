//! JSON bodies of the API: unknown fields are refused, and every mistake names its place.

use crate::answer::{Answer, Denied, Notes, Problem};
use crate::form::{media_type, whole};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use kernel::{FieldErrors, Refusal, Wrong};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A JSON body, to read or to answer with.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = media_type(request.headers());
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Denied::WrongType.into());
        }
        let body = whole(request, state).await?;
        Ok(Self(read(&body)?))
    }
}

/// The parameters of a query, read as strictly as a body.
#[derive(Clone, Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut unknown = Vec::new();
        let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        let value: T =
            serde_ignored::deserialize(deserializer, |path| unknown.push(pointer_of_ignored(&path)))
                .map_err(|error| mistake("", &error.to_string()))?;
        refuse_unknown(unknown)?;
        Ok(Self(value))
    }
}

/// The parts of a path of the API. What does not fit is a thing that does not exist.
#[derive(Clone, Debug)]
pub struct PathOf<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathOf<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Refusal::NotFound.into())
    }
}

impl<T> Json<T> {
    /// The same for every caller without a token, for so many seconds.
    pub fn cacheable(self, seconds: u32) -> Response
    where
        T: Serialize,
    {
        let mut response = self.into_response();
        response.extensions_mut().insert(Notes { cache_s: Some(seconds), ..Notes::default() });
        response
    }
}

/// 201 with where the new thing is.
pub fn created<T: Serialize>(location: &str, body: T) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
            }
            Err(error) => Answer::from(Refusal::broken(error)).into_response(),
        }
    }
}

/// Reads a body. Errors: `Unreadable` when it is no JSON at all, else the fields that are wrong.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Denied> {
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let mut json = serde_json::Deserializer::from_slice(body);
    let value =
        serde_ignored::deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track), |path| {
            unknown.push(pointer_of_ignored(&path));
        });
    let value: T = value.map_err(|error| {
        if error.is_data() {
            mistake(&pointer(&track.path()), &error.to_string())
        } else {
            Denied::Unreadable { line: error.line(), column: error.column() }
        }
    })?;
    json.end().map_err(|error| Denied::Unreadable { line: error.line(), column: error.column() })?;
    refuse_unknown(unknown)?;
    Ok(value)
}

fn refuse_unknown(unknown: Vec<String>) -> Result<(), Denied> {
    let mut errors = FieldErrors::none();
    unknown.into_iter().for_each(|field| errors.add(field, Wrong::Unknown));
    errors.check().map_err(Denied::from)
}

/// Serde's message as the mistake of a field.
fn mistake(at: &str, message: &str) -> Denied {
    let named = message.split('`').nth(1).unwrap_or_default();
    let inside = |name: &str| if at.is_empty() { escape(name) } else { format!("{at}/{}", escape(name)) };
    let (field, wrong) = if message.starts_with("missing field") {
        (inside(named), Wrong::Required)
    } else if message.starts_with("unknown field") {
        // The path may already end in the field's name.
        let here = at.rsplit('/').next() == Some(escape(named).as_str());
        (if here { at.to_owned() } else { inside(named) }, Wrong::Unknown)
    } else if message.starts_with("unknown variant") {
        (at.to_owned(), Wrong::NotAChoice)
    } else {
        (at.to_owned(), Wrong::BadShape)
    };
    FieldErrors::one(field, wrong).into()
}

/// The path as a JSON pointer (RFC 6901) without the leading slash.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let parts: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(escape(key)),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    parts.join("/")
}

fn pointer_of_ignored(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    let (parent, own) = match path {
        Path::Root => return String::new(),
        Path::Seq { parent, index } => (parent, index.to_string()),
        Path::Map { parent, key } => (parent, escape(key)),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            return pointer_of_ignored(parent);
        }
    };
    let before = pointer_of_ignored(parent);
    if before.is_empty() { own } else { format!("{before}/{own}") }
}

/// A name as a part of a JSON pointer.
pub(crate) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "only read into")]
    struct Listing {
        title: String,
        price: Price,
        #[serde(default)]
        items: Vec<Price>,
        #[serde(default)]
        deal: Option<Deal>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read into")]
    struct Price {
        amount: i64,
    }

    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "snake_case")]
    enum Deal {
        Cash,
    }

    fn wrong(body: &str) -> Vec<(String, Wrong)> {
        let denied = read::<Listing>(body.as_bytes()).unwrap_err();
        denied.fields().map_or_else(Vec::new, |f| f.iter().map(|(n, w)| (n.to_owned(), w.clone())).collect())
    }

    #[test]
    fn every_mistake_has_its_place() {
        let one = |field: &str, wrong: Wrong| vec![(field.to_owned(), wrong)];
        assert_eq!(wrong(r#"{"title":"x","price":{"amount":"12"}}"#), one("price/amount", Wrong::BadShape));
        assert_eq!(wrong(r#"{"title":"x","price":{}}"#), one("price/amount", Wrong::Required));
        assert_eq!(wrong(r#"{"price":{"amount":1}}"#), one("title", Wrong::Required));
        assert_eq!(
            wrong(r#"{"title":"x","price":{"amount":1},"items":[{"amount":1},{"amount":1.5}]}"#),
            one("items/1/amount", Wrong::BadShape)
        );
        assert_eq!(
            wrong(r#"{"title":"x","price":{"amount":1},"deal":"gift"}"#),
            one("deal", Wrong::NotAChoice)
        );
        assert_eq!(wrong("[]"), one("", Wrong::BadShape));
    }

    #[test]
    fn unknown_fields_are_named_with_or_without_serdes_help() {
        let one = |field: &str| vec![(field.to_owned(), Wrong::Unknown)];
        assert_eq!(wrong(r#"{"title":"x","price":{"amount":1},"admin":true}"#), one("admin"));
        assert_eq!(wrong(r#"{"title":"x","price":{"amount":1,"vat":2}}"#), one("price/vat"));
        assert_eq!(wrong(r#"{"title":"x","price":{"amount":1},"a/b":1}"#), one("a~1b"));
    }

    #[test]
    fn what_is_no_json_is_unreadable() {
        for body in ["", "{", "nonsense", r#"{"title":"x","price":{"amount":1}} trailing"#] {
            assert!(matches!(read::<Listing>(body.as_bytes()), Err(Denied::Unreadable { .. })), "{body}");
        }
        let deep = "[".repeat(100_000);
        assert!(read::<Listing>(deep.as_bytes()).is_err());
    }
}
