//! The two problems that only the API knows: they have a status of their own.

use axum::response::Response;
use kit::answer::{Denied, Document};
use kit::caller::Anyone;

/// 401: the address or the password is wrong, and which of them is nobody's business.
pub(crate) fn sign_in_failed(call: &Anyone) -> Response {
    problem(call, "sign-in-failed")
}

/// 400: providers send again what is answered otherwise, and this will not get better.
pub(crate) fn webhook_not_believed(call: &Anyone) -> Response {
    problem(call, "webhook-not-believed")
}

fn problem(call: &Anyone, kind: &'static str) -> Response {
    let known = Denied::OF_THE_API.iter().find(|(_, name, ..)| *name == kind);
    let (status, _, title, text) = *known.unwrap_or(&Denied::OF_THE_API[0]);
    let document = Document {
        kind: call.app.web.absolute(&format!("/about/api#{kind}")),
        title: call.say.by_key(title),
        status,
        detail: call.say.by_key(text),
        code: kind,
        request_id: call.request_id.clone(),
        errors: Vec::new(),
    };
    document.into_response()
}
