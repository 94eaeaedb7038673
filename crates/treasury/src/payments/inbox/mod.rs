//! What providers told us, for staff to look at: which events came, what became of them, and how one is read again.

mod store;

use super::store::events;
use super::work::HandleEvent;
use kernel::{MemberId, Moment, Refusal};
use people::staff::model::Reason;
use platform::{Db, Reader, Tx, audit, jobs};
use serde_json::{Value, json};
use time::Duration;

/// How long the bytes of an event are kept. Its id stays for ever, so that one that comes after years is still known.
const KEPT: Duration = Duration::days(400);
/// Events that are blanked together.
const BATCH: i64 = 1_000;

/// An event that a provider sent by webhook.
#[derive(Clone, Debug)]
pub struct Received {
    pub provider: String,
    /// The provider's id of it.
    pub event: String,
    /// The provider's word for it ("payment_intent.succeeded").
    pub kind: String,
    pub received_at: Moment,
    pub handled_at: Option<Moment>,
    /// Why nothing came of it.
    pub note: Option<String>,
}

/// The same, whole.
#[derive(Clone, Debug)]
pub struct Whole {
    pub received: Received,
    /// The seller's own account there in which it happened.
    pub account: Option<String>,
    /// When the provider says that it happened.
    pub happened_at: Option<Moment>,
    /// Header fields that came with it, without those that prove it.
    pub headers: Value,
    /// As it came, without what must not be seen; `None` when it was blanked.
    pub body: Option<Value>,
    pub tries: i32,
    pub replayed_at: Option<Moment>,
}

/// Which events somebody wants to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that nobody has handled.
    pub waiting: bool,
    /// Only of one provider.
    pub provider: Option<String>,
    /// Only those whose word begins so.
    pub kind: Option<String>,
    /// Only those that were received before.
    pub before: Option<Moment>,
}

/// The newest events, at most `limit`.
pub async fn newest(reader: &mut Reader, filter: &Filter, limit: i64) -> Result<Vec<Received>, Refusal> {
    Ok(store::newest(reader, filter, limit).await?)
}

/// How many events nobody has handled yet.
pub async fn waiting(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::waiting(reader).await?)
}

/// One event. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, provider: &str, event: &str) -> Result<Whole, Refusal> {
    store::find(reader, provider, event).await?.ok_or(Refusal::NotFound)
}

/// Has an event read once more, as if it had come now. Errors: `NotFound`; `Conflict("event-blanked")` when nothing is
/// left of it but its id.
pub async fn replay(
    tx: &mut Tx,
    by: MemberId,
    (provider, event): (&str, &str),
    why: &Reason,
) -> Result<(), Refusal> {
    let known = find(tx, provider, event).await?;
    if !events::replay(tx, provider, event, by).await? {
        return Err(Refusal::Conflict("event-blanked"));
    }
    let job = HandleEvent { provider: provider.to_owned(), event: event.to_owned() };
    let (key, now) = (job.key(), tx.now());
    jobs::schedule(tx, &key, &job, now).await?;
    let about = super::heard::named(provider, event);
    let kind = known.received.kind;
    let detail = json!({ "provider": provider, "event": event, "kind": kind, "reason": why.as_str() });
    Ok(audit::write(tx, Some(by), "payments.replay", ("provider_event", about), detail).await?)
}

/// Blanks the bytes of what came long ago and was handled.
pub async fn prune(db: &Db) -> Result<(), Refusal> {
    loop {
        let mut tx = db.begin().await?;
        let before = tx.now() - KEPT;
        let blanked = events::blank(&mut tx, before, BATCH).await?;
        tx.commit().await?;
        if blanked < BATCH.unsigned_abs() {
            return Ok(());
        }
    }
}
