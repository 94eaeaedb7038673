//! What providers tell us. The raw bytes are kept before the provider is thanked; they are understood later, by a
//! job, and only as a hint: what is true now is looked up at the provider, so late, doubled and swapped events do
//! no harm.

use super::events::{AccountHeard, DisputeHeard, EventUnreadable, PayoutHeard, TransferHeard, WarningHeard};
use super::model::{Payment, PaymentState, Refund};
use super::provider::{About, Provider, ProviderEvent, SignatureError};
use super::providers::Providers;
use super::store::events::{self as store, NewEvent, Unhandled};
use super::work::HandleEvent;
use super::{rules, store as rows};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Moment, PaymentId, RefundId, Refusal};
use platform::events;
use platform::jobs::{self, JobError, Outcome};
use platform::{Db, Tx, checkpoints};
use serde_json::{Map, Value, json};
use time::Duration;

/// How long an event about something that we do not know is kept open: it may be ahead of our own note of it.
const MATCHED_WITHIN: Duration = Duration::hours(1);
/// How soon it is looked at again, the first time.
const AGAIN: Duration = Duration::minutes(1);
/// How long there is to look at an event that cannot be read.
const DUE: Duration = Duration::hours(24);
/// Characters of a header field that are kept.
const HEADER_MAX: usize = 200;
/// Header fields that prove the sender, or are nobody's business.
const LEFT_OUT: &[&str] = &["signature", "authorization", "cookie", "forwarded", "real-ip"];

/// A webhook that was believed and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    New,
    /// The same event came before.
    Again,
}

/// Why a webhook was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotReceived {
    /// Not from the provider, as far as we can tell: answer 400.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Ours to mend: answer 5xx, so that the provider sends it again.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<NotReceived> for Refusal {
    fn from(error: NotReceived) -> Self {
        match error {
            NotReceived::Signature(_) => Self::Conflict("webhook-not-believed"),
            NotReceived::Database(error) => error.into(),
        }
    }
}

/// Keeps a webhook for later. Header names are in lower case. Answer 2xx only after this is `Ok`.
pub async fn receive(
    db: &Db,
    provider: &dyn Provider,
    headers: &[(String, String)],
    raw: &[u8],
) -> Result<Received, NotReceived> {
    let id = provider.verify_webhook(headers, raw, db.now())?;
    let (kind, about) = match provider.read_event(&id, raw) {
        Ok(event) => (event.kind, event.about.names()),
        Err(_) => ("unreadable".to_owned(), Vec::new()),
    };
    let body: Value = serde_json::from_slice(raw).unwrap_or_default();
    let new = NewEvent {
        provider: provider.name(),
        id: &id,
        kind: &kind,
        about: &about,
        raw,
        account: body.get("account").and_then(Value::as_str),
        headers: &kept(headers),
        happened_at: body.get("created").and_then(Value::as_i64).and_then(moment),
    };
    let mut tx = db.begin().await?;
    let is_new = store::insert(&mut tx, &new).await?;
    if is_new {
        let job = HandleEvent { provider: provider.name().to_owned(), event: id.clone() };
        jobs::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    Ok(if is_new { Received::New } else { Received::Again })
}

/// Seconds since 1970, if it is a time at all.
fn moment(seconds: i64) -> Option<Moment> {
    Moment::from_unix_timestamp(seconds).ok()
}

fn kept(headers: &[(String, String)]) -> Value {
    let stays = |name: &str| !LEFT_OUT.iter().any(|out| name.contains(out));
    let shortened = |value: &str| Value::from(value.chars().take(HEADER_MAX).collect::<String>());
    let all = headers.iter().filter(|(name, _)| stays(name));
    Value::Object(all.map(|(name, value)| (name.clone(), shortened(value))).collect::<Map<_, _>>())
}

/// What came of an event.
enum Became {
    /// Why nothing came of it, if nothing did.
    Handled(Option<&'static str>),
    /// We do not know what it is about; perhaps not yet.
    Unmatched,
}

/// Handles a kept event.
pub(super) async fn handle(db: &Db, providers: &Providers, job: &HandleEvent) -> Outcome {
    let Some(provider) = providers.named(&job.provider) else {
        return Err(JobError::Never(format!("the provider {} is not configured", job.provider)));
    };
    let kept = store::unhandled(&mut db.read().await?, &job.provider, &job.event).await?;
    let Some(event) = kept else { return Ok(()) };
    let read = match provider.read_event(&job.event, &event.raw) {
        Ok(read) => read,
        Err(error) => return Ok(unreadable(db, job, &error.to_string()).await?),
    };
    checkpoints::reach("webhooks.heard").await;
    let became = follow(db, providers, job, read).await?;
    checkpoints::reach("webhooks.followed").await;
    let mut tx = db.begin().await?;
    match became {
        Became::Handled(note) => store::handled(&mut tx, &job.provider, &job.event, note).await?,
        Became::Unmatched => put_off(&mut tx, job, &event).await?,
    }
    Ok(tx.commit().await?)
}

async fn follow(
    db: &Db,
    providers: &Providers,
    job: &HandleEvent,
    event: ProviderEvent,
) -> Result<Became, Refusal> {
    let provider = job.provider.clone();
    match event.about {
        About::Payment { reference, ours } => {
            let Some(payment) = payment(db, &provider, &reference, ours).await? else {
                return Ok(Became::Unmatched);
            };
            if !is_complete(&payment) {
                rules::sync_as(db, providers, payment.id, Some(&reference)).await?;
            }
            // Who tells of a refund by its payment alone: all that there may be news of is asked after.
            if event.kind.starts_with("refund") {
                let open = rows::waiting::refunds_of(&mut db.read().await?, payment.id).await?;
                for refund in open {
                    rules::sync_refund(db, providers, refund).await?;
                }
            }
            Ok(Became::Handled(None))
        }
        About::Refund { reference, ours } => {
            let Some(refund) = refund(db, &provider, &reference, ours).await? else {
                return Ok(Became::Unmatched);
            };
            rules::sync_refund_as(db, providers, refund.id, Some(&reference)).await?;
            Ok(Became::Handled(None))
        }
        About::Transfer { reference } => tell(db, &TransferHeard { provider, reference }).await,
        About::Payout { reference, ours, account } => {
            tell(db, &PayoutHeard { provider, reference, payout: ours, account }).await
        }
        About::Account { reference } => tell(db, &AccountHeard { provider, reference }).await,
        About::Dispute { reference } => tell(db, &DisputeHeard { provider, reference }).await,
        About::Warning { reference, payment, kind } => {
            tell(db, &WarningHeard { provider, reference, payment, kind }).await
        }
        About::Other => Ok(Became::Handled(Some("it is of a kind that nobody follows"))),
    }
}

/// Money that came stays: nothing that is told of it changes what is known whole.
const fn is_complete(payment: &Payment) -> bool {
    matches!(payment.state, PaymentState::Succeeded)
        && payment.fee.is_some()
        && payment.provider_ref.is_some()
}

async fn tell<E: events::Event + Sync>(db: &Db, event: &E) -> Result<Became, Refusal> {
    let mut tx = db.begin().await?;
    events::append(&mut tx, event).await?;
    tx.commit().await?;
    Ok(Became::Handled(None))
}

/// Looks again later, at ever longer distances, until an hour is over.
async fn put_off(tx: &mut Tx, job: &HandleEvent, event: &Unhandled) -> Result<(), sqlx::Error> {
    let since = event.replayed_at.unwrap_or(event.received_at);
    let at = tx.now() + AGAIN * (1_i32 << event.tries.clamp(0, 10));
    if at - since > MATCHED_WITHIN {
        let note = Some("unmatched: it is about something that is not ours");
        return store::handled(tx, &job.provider, &job.event, note).await;
    }
    store::tried(tx, &job.provider, &job.event).await?;
    let again = HandleEvent { provider: job.provider.clone(), event: job.event.clone() };
    jobs::schedule(tx, &job.key(), &again, at).await?;
    Ok(())
}

async fn unreadable(db: &Db, job: &HandleEvent, why: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let (provider, event) = (job.provider.clone(), job.event.clone());
    let new = NewTicket {
        kind: Kind::EventUnreadable,
        key: &format!("event_unreadable:{provider}:{event}"),
        subject: Subject::Nothing,
        amount: None,
        detail: json!({ "provider": provider, "event": event }),
        due: DUE,
    };
    tickets::open(&mut tx, &new).await?;
    store::handled(&mut tx, &provider, &event, Some(why)).await?;
    events::append(&mut tx, &EventUnreadable { provider, event }).await?;
    Ok(tx.commit().await?)
}

/// By the provider's id; or by ours, when the event overtook the answer that would have told us theirs.
async fn payment(
    db: &Db,
    provider: &str,
    reference: &str,
    ours: Option<PaymentId>,
) -> Result<Option<Payment>, sqlx::Error> {
    let mut reader = db.read().await?;
    if let Some(known) = rows::payment_by_ref(&mut reader, provider, reference).await? {
        return Ok(Some(known));
    }
    let Some(ours) = ours else { return Ok(None) };
    let found = rows::payment(&mut reader, ours).await?;
    Ok(found.filter(|p| p.provider == provider && p.provider_ref.is_none()))
}

async fn refund(
    db: &Db,
    provider: &str,
    reference: &str,
    ours: Option<RefundId>,
) -> Result<Option<Refund>, sqlx::Error> {
    let mut reader = db.read().await?;
    if let Some(known) = rows::refund_by_ref(&mut reader, provider, reference).await? {
        return Ok(Some(known));
    }
    let Some(ours) = ours else { return Ok(None) };
    Ok(rows::refund(&mut reader, ours).await?.filter(|r| r.provider_ref.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_proves_the_sender_is_not_kept() {
        let named = |name: &str| (name.to_owned(), "a".repeat(300));
        let headers = ["stripe-signature", "x-paystack-signature", "cookie", "authorization", "user-agent"];
        let Value::Object(left) = kept(&headers.map(named)) else { panic!("an object") };
        assert_eq!(left.keys().collect::<Vec<_>>(), ["user-agent"]);
        assert_eq!(left["user-agent"].as_str().map(str::len), Some(HEADER_MAX));
    }
}
