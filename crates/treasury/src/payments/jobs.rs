//! What payments do later. Every job may run twice; each one reads where things are before it does anything.

use super::provider::Provider;
use super::{rules, webhooks};
use platform::Db;
use platform::jobs::Outcome;

pub use super::sandbox::jobs::{
    Deliver, SettlePayment, SettleRefund, deliver, settle_payment, settle_refund,
};
pub use super::work::{CancelPayment, CreatePayment, HandleEvent, SendRefund, SyncPayment, SyncRefund};

/// Tells the provider of a new payment, in case that nobody came to pay yet.
pub async fn create_payment(db: &Db, provider: &dyn Provider, job: CreatePayment) -> Outcome {
    rules::ensure_created(db, provider, job.payment).await?;
    Ok(())
}

/// Makes a payment impossible to pay.
pub async fn cancel_payment(db: &Db, provider: &dyn Provider, job: CancelPayment) -> Outcome {
    rules::cancel(db, provider, job.payment).await?;
    Ok(())
}

/// Asks how a payment is getting on.
pub async fn sync_payment(db: &Db, provider: &dyn Provider, job: SyncPayment) -> Outcome {
    Ok(rules::follow_up(db, provider, job.payment).await?)
}

/// Asks the provider for a refund.
pub async fn send_refund(db: &Db, provider: &dyn Provider, job: SendRefund) -> Outcome {
    Ok(rules::send_refund(db, provider, job.refund).await?)
}

/// Asks how a refund is getting on.
pub async fn sync_refund(db: &Db, provider: &dyn Provider, job: SyncRefund) -> Outcome {
    Ok(rules::follow_up_refund(db, provider, job.refund).await?)
}

/// Understands what a provider told by webhook.
pub async fn handle_event(db: &Db, provider: &dyn Provider, job: HandleEvent) -> Outcome {
    webhooks::handle(db, provider, &job).await
}
