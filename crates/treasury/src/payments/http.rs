//! What a provider's answer over HTTP means: one table for all of them.

use super::provider::ProviderError;
use kernel::FieldErrors;
use platform::outgoing::{OutgoingError, Reply};
use serde_json::Value;

/// `has_key`: the same call may be sent again without being done twice, because it has an idempotency key or only asks.
///
/// # Errors
/// `Retryable` if it was surely not done, or can be sent again under its key; `Unknown` if it may be done; `Declined`
/// for 402; `Invalid` for everything else that is our mistake. What the provider says in words is not kept: it may
/// quote what people typed.
pub fn judge(sent: Result<Reply, OutgoingError>, has_key: bool) -> Result<Value, ProviderError> {
    let reply = match sent {
        Ok(reply) => reply,
        Err(error) if error.was_sent() => return Err(ProviderError::Unknown(error.to_string())),
        Err(error) => return Err(ProviderError::Retryable(error.to_string())),
    };
    let body = serde_json::from_slice::<Value>(&reply.body);
    if reply.is_good() {
        return body.map_err(|_| ProviderError::Unknown("the answer is not JSON".to_owned()));
    }
    let body = body.unwrap_or_default();
    let status = reply.status;
    Err(match status {
        // 401: the operator has to mend the key; nothing was done.
        401 | 409 | 429 => ProviderError::Retryable(format!("status {status}")),
        402 => ProviderError::Declined { code: code(&body).unwrap_or("declined").to_owned() },
        // 408: it waited too long for us, or a machine between us and it did.
        408 | 500.. if has_key => ProviderError::Retryable(format!("status {status}")),
        408 => ProviderError::Unknown(format!("status {status}")),
        400..500 => ProviderError::Invalid { detail: detail(status, &body), fields: FieldErrors::none() },
        // No redirect is followed, and nothing else was promised.
        _ => ProviderError::Unknown(format!("status {status}")),
    })
}

/// The provider's code of an error, the most exact one.
pub(super) fn code(body: &Value) -> Option<&str> {
    ["/error/decline_code", "/error/code", "/code"]
        .into_iter()
        .find_map(|at| body.pointer(at).and_then(Value::as_str))
}

fn detail(status: u16, body: &Value) -> String {
    let text = |at: &str| body.pointer(at).and_then(Value::as_str).unwrap_or_default();
    let code = code(body).unwrap_or_else(|| text("/error/type"));
    let param = text("/error/param");
    format!("{status} {code} {param}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::outgoing::HeaderMap;

    fn answered(status: u16, body: &'static str, has_key: bool) -> String {
        let reply = Reply { status, headers: HeaderMap::new(), body: body.as_bytes().into() };
        told(judge(Ok(reply), has_key))
    }

    fn told(judged: Result<Value, ProviderError>) -> String {
        match judged {
            Ok(value) => value.to_string(),
            Err(ProviderError::Declined { code }) => format!("declined {code}"),
            Err(ProviderError::Invalid { detail, .. }) => format!("invalid {detail}"),
            Err(ProviderError::Retryable(_)) => "retryable".to_owned(),
            Err(ProviderError::Unknown(_)) => "unknown".to_owned(),
        }
    }

    #[test]
    fn the_error_table() {
        let card = r#"{"error":{"code":"card_declined","decline_code":"lost_card","message":"hidden"}}"#;
        let wrong = r#"{"error":{"type":"invalid_request_error","param":"amount","message":"hidden"}}"#;
        let missing = r#"{"error":{"code":"resource_missing","param":"intent"}}"#;
        for (status, body, has_key, expected) in [
            (200, r#"{"id":"a"}"#, true, r#"{"id":"a"}"#),
            (200, "<html>", true, "unknown"),
            (302, "", true, "unknown"),
            (400, wrong, true, "invalid 400 invalid_request_error amount"),
            (401, "", true, "retryable"),
            (402, card, true, "declined lost_card"),
            (402, "<html>", true, "declined declined"),
            (404, missing, true, "invalid 404 resource_missing intent"),
            (404, "<html>", true, "invalid 404"),
            (408, "", true, "retryable"),
            (408, "", false, "unknown"),
            (409, "", true, "retryable"),
            (429, "", false, "retryable"),
            (500, "", true, "retryable"),
            (500, "", false, "unknown"),
            (503, "<html>", true, "retryable"),
        ] {
            assert_eq!(answered(status, body, has_key), expected, "{status} {body} {has_key}");
        }
        for (error, expected) in [
            (OutgoingError::Forbidden("a".to_owned()), "retryable"),
            (OutgoingError::Unreachable("a".to_owned(), std::io::Error::other("refused")), "retryable"),
            (OutgoingError::Late("a".to_owned()), "retryable"),
            (OutgoingError::Unanswered("a".to_owned()), "unknown"),
            (OutgoingError::Broken("a".to_owned(), "reset".into()), "unknown"),
        ] {
            assert_eq!(told(judge(Err(error), true)), expected);
        }
    }
}
