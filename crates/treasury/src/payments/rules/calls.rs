//! Calls to the provider, each written down before it is sent.

use super::super::provider::{Answering, LookUp, ProviderError};
use super::super::store::{self, Call};
use platform::Db;
use serde::Serialize;
use serde_json::{Value, json};

/// Makes a call. When an earlier try was sent and its outcome is not known, `look_up` asks the provider for it
/// first; only if it surely has nothing is the call sent again, under the same key.
///
/// Errors: the outer one when it could not be written down (then nothing was sent, or the outcome is looked up
/// next time); the inner one is the provider's.
pub(super) async fn make<T: Serialize>(
    db: &Db,
    call: &Call<'_>,
    look_up: Answering<'_, LookUp<T>>,
    send: Answering<'_, T>,
) -> Result<Result<T, ProviderError>, sqlx::Error> {
    let mut tx = db.begin().await?;
    let before = store::open_call(&mut tx, call).await?;
    tx.commit().await?;

    let outcome = match before.as_deref() {
        Some("sending" | "unknown") => match look_up.await {
            Ok(LookUp::Found(found)) => Ok(found),
            Ok(LookUp::Absent) => send.await,
            Ok(LookUp::Unsure) => Err(ProviderError::Unknown("it cannot say whether it did it".to_owned())),
            // Not knowing stays not knowing, whatever went wrong with the look-up.
            Err(error) => Err(ProviderError::Unknown(error.to_string())),
        },
        _ => send.await,
    };

    let (state, response) = ending(&outcome);
    let mut tx = db.begin().await?;
    store::close_call(&mut tx, call.key, state, &response).await?;
    tx.commit().await?;
    Ok(outcome)
}

fn ending<T: Serialize>(outcome: &Result<T, ProviderError>) -> (&'static str, Value) {
    match outcome {
        Ok(answer) => ("answered", serde_json::to_value(answer).unwrap_or_default()),
        Err(error) => {
            let state = match error {
                ProviderError::Declined { .. } | ProviderError::Invalid { .. } => "refused",
                ProviderError::Retryable(_) => "not_done",
                ProviderError::Unknown(_) => "unknown",
            };
            (state, json!({ "error": error.to_string() }))
        }
    }
}
