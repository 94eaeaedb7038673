//! The two problems that only the API knows: they have a status of their own.

use axum::http::StatusCode;
use axum::response::Response;
use kit::answer::Document;
use kit::caller::Anyone;

/// 401: the address or the password is wrong, and which of them is nobody's business.
pub(crate) fn sign_in_failed(call: &Anyone) -> Response {
    let say = call.say;
    let words = (say.api_sign_in_failed_title(), say.wrong_sign_in());
    problem(call, StatusCode::UNAUTHORIZED, "sign-in-failed", words)
}

/// 400: providers send again what is answered otherwise, and this will not get better.
pub(crate) fn webhook_not_believed(call: &Anyone) -> Response {
    let say = call.say;
    let words = (say.api_webhook_not_believed_title(), say.refused_webhook_not_believed());
    problem(call, StatusCode::BAD_REQUEST, "webhook-not-believed", words)
}

fn problem(
    call: &Anyone,
    status: StatusCode,
    code: &'static str,
    (title, detail): (String, String),
) -> Response {
    let document = Document {
        kind: call.app.web.absolute(&format!("/about/api#{code}")),
        title,
        status: status.as_u16(),
        detail,
        code,
        request_id: call.request_id.clone(),
        errors: Vec::new(),
    };
    document.into_response()
}
