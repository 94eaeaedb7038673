//! The problems that only the API knows: they have a status of their own.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use kit::answer::{ApiKind, Denied, Document};
use kit::caller::Anyone;
use market::pressure::model::Puzzle;

const PUZZLE: HeaderName = HeaderName::from_static("puzzle");

/// 401: the address or the password is wrong, and which of them is nobody's business.
pub(crate) fn sign_in_failed(call: &Anyone) -> Response {
    problem(call, Denied::SIGN_IN_FAILED)
}

/// 401: the password is right, and a second factor is owed.
pub(crate) fn second_factor_required(call: &Anyone) -> Response {
    problem(call, Denied::SECOND_FACTOR)
}

/// 400: providers send again what is answered otherwise, and this will not get better.
pub(crate) fn webhook_not_believed(call: &Anyone) -> Response {
    problem(call, Denied::WEBHOOK_NOT_BELIEVED)
}

/// 429: very many sign in wrongly right now. The puzzle goes into a header field; `seconds` are those after which it
/// counts without a solution.
pub(crate) fn puzzle(call: &Anyone, puzzle: &Puzzle, seconds: i64) -> Response {
    let mut response = problem(call, Denied::PUZZLE);
    if let Ok(value) = HeaderValue::try_from(puzzle.token.as_str()) {
        response.headers_mut().insert(PUZZLE, value);
    }
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn problem(call: &Anyone, kind: ApiKind) -> Response {
    let document = Document {
        kind: call.app.web.absolute(&format!("/about/api#{}", kind.name)),
        title: call.say.by_key(kind.title),
        status: kind.status,
        detail: call.say.by_key(kind.text),
        code: kind.name,
        request_id: call.request_id.clone(),
        scope: None,
        errors: Vec::new(),
    };
    document.into_response()
}
