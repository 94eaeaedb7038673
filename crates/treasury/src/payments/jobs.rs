//! What payments do later. Every job may run twice; each one reads where things are before it does anything.

use super::providers::Providers;
use super::{calls, inbox, rules, store, webhooks};
use platform::Db;
use platform::jobs::{self, Outcome};
use platform::vault::Vault;
use time::Duration;

pub use super::sandbox::jobs::{deliver, due};
pub use super::work::{
    CancelPayment, CreatePayment, HandleEvent, LookUp, PruneRaw, SendRefund, SendRefundTo, SyncPayment,
    SyncRefund, Watch,
};

/// How long nothing was heard of what is asked after once more.
const SILENT: Duration = Duration::hours(12);
/// Payments and refunds that are asked after together.
const BATCH: i64 = 500;

/// Tells the provider of a new payment, in case that nobody came to pay yet.
pub async fn create_payment(db: &Db, providers: &Providers, job: CreatePayment) -> Outcome {
    rules::ensure_created(db, providers, job.payment).await?;
    Ok(())
}

/// Makes a payment impossible to pay.
pub async fn cancel_payment(db: &Db, providers: &Providers, job: CancelPayment) -> Outcome {
    rules::cancel(db, providers, job.payment).await?;
    Ok(())
}

/// Asks how a payment is getting on.
pub async fn sync_payment(db: &Db, providers: &Providers, job: SyncPayment) -> Outcome {
    Ok(rules::follow_up(db, providers, job.payment).await?)
}

/// Asks the provider for a refund.
pub async fn send_refund(db: &Db, providers: &Providers, job: SendRefund) -> Outcome {
    Ok(rules::send_refund(db, providers, job.refund).await?)
}

/// Sends a refund that needs attention to a bank account.
pub async fn send_refund_to(db: &Db, providers: &Providers, vault: &Vault, job: SendRefundTo) -> Outcome {
    Ok(rules::send_refund_to(db, providers, vault, job.refund, job.bank).await?)
}

/// Asks how a refund is getting on.
pub async fn sync_refund(db: &Db, providers: &Providers, job: SyncRefund) -> Outcome {
    Ok(rules::follow_up_refund(db, providers, job.refund).await?)
}

/// Understands what a provider told by webhook.
pub async fn handle_event(db: &Db, providers: &Providers, job: HandleEvent) -> Outcome {
    webhooks::handle(db, providers, &job).await
}

/// Looks after calls of which nobody knows what became.
pub async fn watch(db: &Db, _: Watch) -> Outcome {
    calls::watching::look(db).await
}

/// Has what nothing was heard of for half a day asked after.
pub async fn look_up(db: &Db, _: LookUp) -> Outcome {
    let mut tx = db.begin().await?;
    let now = tx.now();
    for payment in store::waiting::payments(&mut tx, now - SILENT, BATCH).await? {
        jobs::schedule(&mut tx, &SyncPayment::key(payment), &SyncPayment { payment }, now).await?;
    }
    for refund in store::waiting::refunds(&mut tx, now - SILENT, BATCH).await? {
        jobs::schedule(&mut tx, &SyncRefund::key(refund), &SyncRefund { refund }, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Blanks what providers sent long ago.
pub async fn prune_raw(db: &Db, _: PruneRaw) -> Outcome {
    Ok(inbox::prune(db).await?)
}
