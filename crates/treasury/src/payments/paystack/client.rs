//! Asks Paystack something, and judges what came back.
//!
//! Paystack has no keys for calls. A payment and a payout carry our id as their reference, which it takes once; a
//! refund carries it as a note, which it does not look at. So whatever is written and not answered is not known.

use super::super::http;
use super::super::provider::ProviderError;
use super::said::{code, text};
use platform::config::Secret;
use platform::outgoing::{Call, OutgoingError, Reply, Url, Wire};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

const JSON: &str = "application/json";
/// How long an answer is waited for: a transfer asks a bank meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer: a hundred rows of a list.
const ANSWER_MAX: usize = 4 * 1024 * 1024;

/// What is done with what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Read,
    Make,
    Change,
}

/// A question. Its body holds what is personal: it is not shown.
pub(super) struct Ask {
    pub does: Does,
    /// As the official document writes it: `/refund/{id}`.
    pub path: &'static str,
    /// What stands for the part in braces.
    pub about: Option<String>,
    pub query: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

impl Ask {
    pub(super) fn read(path: &'static str) -> Self {
        Self { does: Does::Read, path, about: None, query: Vec::new(), body: None }
    }

    pub(super) fn make(path: &'static str, body: Value) -> Self {
        Self { does: Does::Make, body: Some(body), ..Self::read(path) }
    }

    pub(super) fn change(path: &'static str, body: Value) -> Self {
        Self { does: Does::Change, body: Some(body), ..Self::read(path) }
    }

    pub(super) fn about(self, about: &str) -> Self {
        Self { about: Some(about.to_owned()), ..self }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.query.push((name, value));
        self
    }
}

/// Why there is no good answer.
#[derive(Debug)]
pub(super) enum Failed {
    /// There is no such thing.
    Missing(String),
    Because(ProviderError),
}

impl From<ProviderError> for Failed {
    fn from(error: ProviderError) -> Self {
        Self::Because(error)
    }
}

impl From<Failed> for ProviderError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Missing(what) => Self::invalid(what),
            Failed::Because(error) => error,
        }
    }
}

/// Talks to Paystack.
#[derive(Clone)]
pub(super) struct Client {
    wire: Arc<dyn Wire>,
    base: Url,
    secret: Secret,
}

impl Client {
    pub(super) fn new(wire: Arc<dyn Wire>, base: Url, secret: Secret) -> Self {
        Self { wire, base, secret }
    }

    /// Asks once.
    ///
    /// # Errors
    /// [`Failed::Missing`] when Paystack itself says that there is no such thing.
    pub(super) async fn send(&self, ask: Ask) -> Result<Value, Failed> {
        let repeatable = ask.does == Does::Read;
        let sent = match self.call(&ask) {
            Ok(call) => self.wire.send(call).await,
            Err(error) => Err(error),
        };
        judge(sent, repeatable)
    }

    /// Puts a file where Paystack said. Our secret does not go there.
    pub(super) async fn upload(
        &self,
        to: &str,
        kind: &'static str,
        bytes: Vec<u8>,
    ) -> Result<(), ProviderError> {
        let url = Url::parse(to).map_err(|_| ProviderError::Retryable("no place for a file".to_owned()))?;
        // A file that lies there twice does no harm, and without the call that names it it is nothing.
        match self.wire.send(Call::put(&url, kind, bytes).patience(PATIENCE)).await {
            Ok(reply) if reply.is_good() => Ok(()),
            Ok(reply) => {
                Err(ProviderError::Retryable(format!("the file was not taken: status {}", reply.status)))
            }
            Err(error) => Err(ProviderError::Retryable(error.to_string())),
        }
    }

    fn call(&self, ask: &Ask) -> Result<Call, OutgoingError> {
        let url = self.url(ask)?;
        let body = ask.body.as_ref().map(Value::to_string).unwrap_or_default();
        let call = match ask.does {
            Does::Read => Call::get(&url),
            Does::Make => Call::post(&url, JSON, body),
            Does::Change => Call::put(&url, JSON, body),
        };
        Ok(call.bearer(self.secret.reveal())?.patience(PATIENCE).answer_max(ANSWER_MAX))
    }

    /// What comes from outside stands in one piece of the path, whatever it holds.
    fn url(&self, ask: &Ask) -> Result<Url, OutgoingError> {
        let mut url = self.base.clone();
        {
            let mut path = url.path_segments_mut().map_err(|()| OutgoingError::Malformed)?;
            path.pop_if_empty();
            for piece in ask.path.split('/').filter(|piece| !piece.is_empty()) {
                match (piece.starts_with('{'), ask.about.as_deref()) {
                    (false, _) => path.push(piece),
                    // These would be steps in the path, not names.
                    (true, None | Some("" | "." | "..")) => return Err(OutgoingError::Malformed),
                    (true, Some(about)) => path.push(about),
                };
            }
        }
        if !ask.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&ask.query);
        }
        Ok(url)
    }
}

/// What an answer means. Whether money may have moved is judged as for every provider; Paystack's own is that it
/// refuses with `status: false`, also with status 200, and that it says in words what others say by status.
pub(super) fn judge(sent: Result<Reply, OutgoingError>, repeatable: bool) -> Result<Value, Failed> {
    let status = sent.as_ref().map_or(0, |reply| reply.status);
    if let Ok(reply) = &sent
        && !matches!(status, 401 | 408 | 409 | 429 | 500..)
        && let Ok(body) = serde_json::from_slice::<Value>(&reply.body)
        && body.get("status") == Some(&Value::Bool(false))
    {
        return Err(refused(status, &body));
    }
    Ok(http::judge(sent, repeatable)?)
}

fn refused(status: u16, body: &Value) -> Failed {
    let words = text(body, "message").unwrap_or_default().to_ascii_lowercase();
    let said = text(body, "code").unwrap_or_default();
    // Its codes of errors name kinds ("api_error"); what happened stands in the words.
    let kept = code(&words);
    if status == 404 || said.ends_with("_not_found") || words.contains("not found") {
        return Failed::Missing(kept);
    }
    Failed::Because(if said == "duplicate_reference" || is_duplicate(&words) {
        // It was done before. Taken for a refusal, a payout that is on its way would be made again.
        ProviderError::Unknown(kept)
    } else if status == 403 || said == "insufficient_balance" || words.contains("balance is not enough") {
        // With 403 the operator has to mend something in Paystack's dashboard; nothing was done.
        ProviderError::Retryable(kept)
    } else if status < 400 || status == 402 {
        ProviderError::Declined { code: kept }
    } else {
        ProviderError::invalid(kept)
    })
}

fn is_duplicate(words: &str) -> bool {
    words.contains("reference") && (words.contains("duplicate") || words.contains("already"))
}
