//! The sandbox's own clockwork: what takes time there, and its webhooks, which come in by the same door as those
//! of a real provider.

use super::super::provider::{Provider, ProviderError};
use super::super::webhooks;
use super::{Sandbox, bank, refunds, store, webhook};
use platform::Db;
use platform::jobs::{Job, JobError, Outcome};
use serde::{Deserialize, Serialize};

/// Ends a payment that takes its time.
#[derive(Serialize, Deserialize, Debug)]
pub struct SettlePayment {
    pub reference: String,
}

impl Job for SettlePayment {
    const KIND: &'static str = "sandbox.settle_payment";
}

/// Ends a refund that takes its time.
#[derive(Serialize, Deserialize, Debug)]
pub struct SettleRefund {
    pub reference: String,
}

impl Job for SettleRefund {
    const KIND: &'static str = "sandbox.settle_refund";
}

/// Sends a webhook.
#[derive(Serialize, Deserialize, Debug)]
pub struct Deliver {
    pub event: String,
}

impl Job for Deliver {
    const KIND: &'static str = "sandbox.deliver";
    const TRIES_MAX: i32 = 60;
}

pub async fn settle_payment(db: &Db, job: SettlePayment) -> Outcome {
    let mut tx = db.begin().await?;
    bank::settle(&mut tx, &job.reference).await.map_err(again)?;
    Ok(tx.commit().await?)
}

pub async fn settle_refund(db: &Db, job: SettleRefund) -> Outcome {
    let mut tx = db.begin().await?;
    refunds::settle(&mut tx, &job.reference).await.map_err(again)?;
    Ok(tx.commit().await?)
}

/// Signs an event now and hands it to the marketplace, raw, with its headers. It may arrive twice: if the
/// program stops after the delivery, it is sent again, as a real provider would.
pub async fn deliver(db: &Db, provider: &dyn Provider, job: Deliver) -> Outcome {
    let sandbox = Sandbox::behind(provider);
    let sandbox = sandbox.ok_or_else(|| JobError::Never("the sandbox is not configured".to_owned()))?;
    let Some(body) = store::undelivered(&mut db.read().await?, &job.event).await? else { return Ok(()) };
    let headers = webhook::headers(&sandbox.signer, &job.event, body.as_bytes(), db.now());
    webhooks::receive(db, sandbox, &headers, body.as_bytes()).await.map_err(|e| JobError::Again(e.into()))?;
    let mut tx = db.begin().await?;
    store::delivered(&mut tx, &job.event).await?;
    Ok(tx.commit().await?)
}

fn again(error: ProviderError) -> JobError {
    JobError::Again(error.into())
}
