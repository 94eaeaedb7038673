//! What providers tell us. The raw bytes are kept before the provider is thanked; they are understood later, by a
//! job, and only as a hint: what is true now is looked up at the provider, so late, doubled and swapped events do
//! no harm.

use super::provider::{About, Provider, SignatureError};
use super::work::HandleEvent;
use super::{rules, store};
use kernel::{PaymentId, RefundId, Refusal};
use platform::jobs::{self, JobError, Outcome};
use platform::{Db, Reader};

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
    let kind = provider.read_event(&id, raw).map_or_else(|_| "unreadable".to_owned(), |event| event.kind);
    let mut tx = db.begin().await?;
    let is_new = store::insert_event(&mut tx, provider.name(), &id, &kind, raw).await?;
    if is_new {
        jobs::enqueue(&mut tx, &HandleEvent { provider: provider.name().to_owned(), event: id }).await?;
    }
    tx.commit().await?;
    Ok(if is_new { Received::New } else { Received::Again })
}

/// Handles a kept event.
pub(super) async fn handle(db: &Db, provider: &dyn Provider, job: &HandleEvent) -> Outcome {
    if job.provider != provider.name() {
        return Err(JobError::Never(format!("the provider {} is not configured", job.provider)));
    }
    let Some(raw) = store::unhandled_event(&mut db.read().await?, &job.provider, &job.event).await? else {
        return Ok(());
    };
    let event = provider.read_event(&job.event, &raw).map_err(|e| JobError::Never(e.to_string()))?;
    let note = match event.about {
        About::Payment { reference, ours } => match payment(db, provider.name(), &reference, ours).await? {
            Some(id) => {
                rules::sync(db, provider, id).await?;
                None
            }
            None => Some("it is about a payment that is not ours"),
        },
        About::Refund { reference, ours } => match refund(db, provider.name(), &reference, ours).await? {
            Some(id) => {
                rules::sync_refund(db, provider, id).await?;
                None
            }
            None => Some("it is about a refund that is not ours"),
        },
        About::Transfer { .. }
        | About::Payout { .. }
        | About::Account { .. }
        | About::Dispute { .. }
        | About::Warning { .. }
        | About::Other => Some("it is of a kind that nobody follows"),
    };
    let mut tx = db.begin().await?;
    store::event_handled(&mut tx, &job.provider, &job.event, note).await?;
    Ok(tx.commit().await?)
}

/// By the provider's id; or by ours, when the event overtook the answer that would have told us theirs.
async fn payment(
    db: &Db,
    provider: &str,
    reference: &str,
    ours: Option<PaymentId>,
) -> Result<Option<PaymentId>, sqlx::Error> {
    let mut reader: Reader = db.read().await?;
    if let Some(known) = store::payment_by_ref(&mut reader, provider, reference).await? {
        return Ok(Some(known.id));
    }
    let Some(ours) = ours else { return Ok(None) };
    let found = store::payment(&mut reader, ours).await?;
    Ok(found.filter(|p| p.provider == provider && p.provider_ref.is_none()).map(|p| p.id))
}

async fn refund(
    db: &Db,
    provider: &str,
    reference: &str,
    ours: Option<RefundId>,
) -> Result<Option<RefundId>, sqlx::Error> {
    let mut reader: Reader = db.read().await?;
    if let Some(known) = store::refund_by_ref(&mut reader, provider, reference).await? {
        return Ok(Some(known.id));
    }
    let Some(ours) = ours else { return Ok(None) };
    Ok(store::refund(&mut reader, ours).await?.filter(|r| r.provider_ref.is_none()).map(|r| r.id))
}
