//! Calls to providers, each written down before it is sent.
//!
//! Invariants: no transaction is open during a call; of one key only one call is under way; a call whose outcome is not
//! known is looked up before it is sent again, under the same key and only as long as the provider knows the key; what is
//! asked under a key never changes. When nobody can tell what became of a call, it stays unknown and a person is told.

mod operation;
pub mod operations;
pub mod reading;
pub mod saying;
pub mod watching;

pub use operation::{Again, Operation, Sent};
pub use saying::{BecameOf, say};

use super::provider::{FOR_A_PERSON, LookUp, Provider, ProviderError};
use super::store::calls::{self as store, Before, Call, Ended};
use super::trace::tracing_of;
use crate::tickets::{self, Kind, NewTicket};
use kernel::{Moment, Refusal};
use platform::{Db, Tx, checkpoints};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::Duration;

/// How long a call that was sent is left to whoever sent it: longer than any call has patience.
const FLIGHT: Duration = Duration::minutes(2);
/// How often, and how many times, it is looked whether somebody else's call has ended.
const GLANCE: std::time::Duration = std::time::Duration::from_millis(20);
const GLANCES_MAX: u32 = 100;
/// From when on a person is told of a call of which the provider cannot say whether it did it.
const UNSURE_MAX: Duration = Duration::hours(1);
/// How long there is to find out.
const DUE: Duration = Duration::hours(24);
/// Characters of an error that are kept.
const DETAIL_MAX: usize = 500;

/// Makes a call. When an earlier try was sent and its outcome is not known, the provider is asked for it first; only if it
/// surely has nothing is the call sent again, or if it cannot say so and the key still counts. While somebody else makes
/// the same call, they are waited for a moment.
///
/// # Errors
/// The outer one when the call could not be written down (then nothing was sent, or the outcome is looked up next time), or
/// when something else was asked under the key before; the inner one is the provider's, and [`ProviderError::Unknown`]
/// which `needs_a_person` is not to be tried again by itself.
pub async fn make<O: Operation>(
    db: &Db,
    provider: &dyn Provider,
    op: &O,
) -> Result<Result<O::Answer, ProviderError>, Refusal> {
    let (key, request) = (op.key(), op.request());
    let print = Sha256::digest(request.to_string());
    let call = Call {
        key: &key,
        provider: provider.name(),
        operation: O::NAME,
        subject: op.subject().id().unwrap_or_default(),
        request: &request,
        account: op.account(),
        body_hash: &print,
    };
    let begun = match begin_in_turn(db, &call, false).await? {
        Turn::Ours(begun) => begun,
        Turn::Theirs => return Ok(Err(under_way())),
        Turn::Answered(before) => {
            // It was done: what it looks like now is all that is to be known.
            match op.look_up(provider, &before.sent()).await {
                Ok(LookUp::Found(found)) => return Ok(Ok(found)),
                Ok(LookUp::Absent | LookUp::Unsure) => match begin_in_turn(db, &call, true).await? {
                    Turn::Ours(begun) => begun,
                    Turn::Theirs | Turn::Answered(_) => return Ok(Err(under_way())),
                },
                Err(error) if error.is_final() => return Ok(Err(ProviderError::Unknown(error.to_string()))),
                Err(error) => return Ok(Err(error)),
            }
        }
    };
    checkpoints::reach("calls.written").await;
    let ((outcome, is_found), trace) = tracing_of(send(provider, op, &key, &begun, db)).await;
    checkpoints::reach("calls.answered").await;
    let (response, detail) = told(&outcome);
    let ended = Ended {
        key: &key,
        n: begun.n,
        sent_at: begun.at,
        state: begun.state_after(&outcome),
        outcome: if is_found { "found" } else { outcome_name(&outcome) },
        detail: &detail,
        response: &response,
        method: &trace.method,
        path: &trace.path,
        status: trace.status,
        request_ref: trace.request.as_deref(),
    };
    let mut tx = db.begin().await?;
    store::end(&mut tx, &ended).await?;
    match &outcome {
        Err(error) if error.needs_a_person() => report(&mut tx, &key, op).await?,
        Ok(_) if begun.was_unknown() => tickets::close(&mut tx, &ticket(&key), "it was found").await?,
        _ => {}
    }
    tx.commit().await?;
    Ok(outcome)
}

/// News of what a call was to bring about: who did not know what became of the call knows it now.
pub(super) async fn hear<T: serde::Serialize>(tx: &mut Tx, key: &str, said: &T) -> Result<(), Refusal> {
    let response = serde_json::to_value(said).unwrap_or_default();
    if store::hear(tx, key, &response).await? {
        tickets::close(tx, &ticket(key), "its news came").await?;
    }
    Ok(())
}

/// Whether a call was ever written down under this key: if not, it was surely never sent.
pub(super) async fn is_written(db: &Db, key: &str) -> Result<bool, sqlx::Error> {
    store::is_known(&mut db.read().await?, key).await
}

/// A call that is written down, and ours to send.
#[derive(Debug)]
struct Begun {
    n: i32,
    at: Moment,
    before: Option<Before>,
}

impl Begun {
    /// As it was left by an earlier try that may have been done.
    fn doubtful(&self) -> Option<&Before> {
        self.before.as_ref().filter(|b| matches!(b.state.as_str(), "sending" | "unknown" | "answered"))
    }

    fn was_unknown(&self) -> bool {
        self.before.as_ref().is_some_and(|b| b.unknown_since.is_some())
    }

    fn state_after<T>(&self, outcome: &Result<T, ProviderError>) -> &'static str {
        // What was answered once stays answered, whatever became of asking for it.
        let was_answered = self.before.as_ref().is_some_and(|b| b.state == "answered");
        match outcome {
            Ok(_) => "answered",
            Err(error) if error.is_final() => "refused",
            Err(_) if was_answered => "answered",
            Err(ProviderError::Retryable(_)) => "not_done",
            Err(_) => "unknown",
        }
    }
}

/// Whose turn it is.
#[derive(Debug)]
enum Turn {
    Ours(Begun),
    /// It was made and answered before.
    Answered(Before),
    /// Somebody else is at it.
    Theirs,
}

fn under_way() -> ProviderError {
    ProviderError::Retryable("the same call is under way".to_owned())
}

impl Before {
    fn sent(&self) -> Sent {
        Sent { since: self.sent_at.unwrap_or(self.created_at), reference: self.reference.clone() }
    }
}

/// Writes the call down, waiting a moment while somebody else makes it. `again`: also if it was answered before.
async fn begin_in_turn(db: &Db, call: &Call<'_>, again: bool) -> Result<Turn, Refusal> {
    for _ in 0..GLANCES_MAX {
        let mut tx = db.begin().await?;
        match begin(&mut tx, call, again).await? {
            Turn::Theirs => {
                drop(tx);
                tokio::time::sleep(GLANCE).await;
            }
            turn => {
                tx.commit().await?;
                return Ok(turn);
            }
        }
    }
    Ok(Turn::Theirs)
}

async fn begin(tx: &mut Tx, call: &Call<'_>, again: bool) -> Result<Turn, Refusal> {
    let at = tx.now();
    if store::insert(tx, call).await? {
        return Ok(Turn::Ours(Begun { n: 1, at, before: None }));
    }
    let Some(before) = store::lock(tx, call.key).await? else { return Ok(Turn::Theirs) };
    if before.body_hash.as_ref().is_some_and(|hash| hash.as_slice() != call.body_hash) {
        let what = format!("{}: something else was asked under this key before", call.key);
        return Err(Refusal::broken(what));
    }
    let sent_at = before.sent_at.unwrap_or(before.created_at);
    if before.state == "sending" && at - sent_at < FLIGHT {
        return Ok(Turn::Theirs);
    }
    if before.state == "answered" && !again {
        return Ok(Turn::Answered(before));
    }
    store::again(tx, call).await?;
    Ok(Turn::Ours(Begun { n: before.tries + 1, at, before: Some(before) }))
}

/// What came of it, and whether it was found rather than sent.
async fn send<O: Operation>(
    provider: &dyn Provider,
    op: &O,
    key: &str,
    begun: &Begun,
    db: &Db,
) -> (Result<O::Answer, ProviderError>, bool) {
    let Some(before) = begun.doubtful() else { return (op.send(provider, key).await, false) };
    match op.look_up(provider, &before.sent()).await {
        Ok(LookUp::Found(found)) => (Ok(found), true),
        Ok(LookUp::Absent) => (op.send(provider, key).await, false),
        Ok(LookUp::Unsure) => {
            let age = db.now() - before.created_at;
            match op.again(&provider.caps()) {
                Again::Always => (op.send(provider, key).await, false),
                Again::Within(lifetime) if age < lifetime => (op.send(provider, key).await, false),
                Again::Within(_) => (Err(ProviderError::Unknown(FOR_A_PERSON.to_owned())), false),
                Again::Never if age >= UNSURE_MAX => {
                    (Err(ProviderError::Unknown(FOR_A_PERSON.to_owned())), false)
                }
                Again::Never => {
                    let why = "it cannot say yet whether it did it";
                    (Err(ProviderError::Unknown(why.to_owned())), false)
                }
            }
        }
        // Not knowing stays not knowing, whatever went wrong with the look-up.
        Err(error) => (Err(ProviderError::Unknown(error.to_string())), false),
    }
}

fn told<T: serde::Serialize>(outcome: &Result<T, ProviderError>) -> (Value, String) {
    match outcome {
        Ok(answer) => (serde_json::to_value(answer).unwrap_or_default(), String::new()),
        Err(error) => {
            let detail: String = error.to_string().chars().take(DETAIL_MAX).collect();
            (json!({ "error": detail }), detail)
        }
    }
}

const fn outcome_name<T>(outcome: &Result<T, ProviderError>) -> &'static str {
    match outcome {
        Ok(_) => "answered",
        Err(ProviderError::Declined { .. }) => "declined",
        Err(ProviderError::Invalid { .. }) => "invalid",
        Err(ProviderError::Retryable(_)) => "retryable",
        Err(ProviderError::Unknown(_)) => "unknown",
    }
}

/// The key of the ticket of a call of which nobody knows.
fn ticket(key: &str) -> String {
    format!("call_unknown:{key}")
}

async fn report<O: Operation>(tx: &mut Tx, key: &str, op: &O) -> Result<(), Refusal> {
    let new = NewTicket {
        kind: Kind::CallUnknown,
        key: &ticket(key),
        subject: op.subject(),
        amount: op.amount(),
        detail: json!({ "call": key, "operation": O::NAME }),
        due: DUE,
    };
    tickets::open(tx, &new).await?;
    Ok(())
}
