//! What orders do later: silence has its say when a timer ends, and payments are settled.

use super::model::{Mover, StepData};
use super::{fire, rules, settle};
use kernel::{Moment, OrderId, PaymentId, Refusal};
use platform::events::{self, Happened};
use platform::jobs::{self, Job, JobError, Outcome};
use platform::{Db, Tx};
use process::Actor;
use serde::{Deserialize, Serialize};

/// The timer of an order's state.
#[derive(Serialize, Deserialize, Debug)]
pub struct Timer {
    pub order: OrderId,
    pub transition: String,
    /// The order's version that set it: a later one has a timer of its own.
    pub version: i32,
}

impl Job for Timer {
    const KIND: &'static str = "orders.timer";
    /// Money may hang on it, so it is tried for days.
    const TRIES_MAX: i32 = 60;
}

fn key(order: OrderId) -> String {
    format!("order:{order}")
}

pub(super) async fn set_timer(
    tx: &mut Tx,
    order: OrderId,
    transition: &str,
    version: i32,
    at: Moment,
) -> Result<(), Refusal> {
    let job = Timer { order, transition: transition.to_owned(), version };
    jobs::schedule(tx, &key(order), &job, at).await?;
    Ok(())
}

pub(super) async fn cancel_timer(tx: &mut Tx, order: OrderId) -> Result<(), Refusal> {
    Ok(jobs::cancel(tx, &key(order)).await?)
}

/// Nobody did anything in time: takes the step that the table has for silence.
pub async fn timer(db: &Db, job: Timer) -> Outcome {
    let mut tx = db.begin().await?;
    let order = rules::find(&mut tx, job.order).await?;
    if order.version != job.version {
        return Ok(()); // the order moved on; it has another timer or none
    }
    match fire::fire(&mut tx, job.order, &job.transition, Mover::machine(Actor::Timer), &StepData::default())
        .await
    {
        Ok(_) => Ok(tx.commit().await?),
        Err(Refusal::Conflict("order-step")) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// The name of the bookmark in the stream of events.
const READER: &str = "orders";

/// Follows what payments and refunds tell, and moves the orders they belong to. Answers whether there was
/// anything to do. One piece of news is one transaction: two of them would take their locks in an order of their
/// own, and meet others' who take them in another.
pub async fn follow(db: &Db) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let news = happened.iter().find(|e| e.kind.starts_with("payments."));
    let Some(read) = news.or(happened.last()) else { return Ok(false) };
    react(&mut tx, read).await?;
    events::move_bookmark(&mut tx, READER, read.mark()).await?;
    tx.commit().await?;
    Ok(true)
}

async fn react(tx: &mut Tx, event: &Happened) -> Result<(), JobError> {
    match event.kind.strip_prefix("payments.") {
        Some("failed") => Ok(settle::payment_failed(tx, PaymentId(event.subject)).await?),
        Some(kind) if kind.starts_with("refund") => {
            Ok(settle::refund(tx, kernel::RefundId(event.subject)).await?)
        }
        Some(_) => Ok(settle::payment(tx, PaymentId(event.subject)).await?),
        None => Ok(()),
    }
}
