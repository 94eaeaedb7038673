//! What orders do later: silence has its say when a timer ends, payments are settled, and holds that are over let go.

use super::model::{Mover, StepData};
use super::{bounced, deadlines, fire, settle, store};
use crate::holds::events::HoldLifted;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, OrderId, PaymentId, RefundId, Refusal};
use platform::events::{self, Event, Happened};
use platform::jobs::{self, Job, JobError, Outcome};
use platform::{Db, Tx};
use process::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::Duration;

/// The timer of an order's state.
#[derive(Serialize, Deserialize, Debug)]
pub struct Timer {
    pub order: OrderId,
    pub transition: String,
}

impl Job for Timer {
    const KIND: &'static str = "orders.timer";
    /// Money may hang on it, so it is tried for days.
    const TRIES_MAX: i32 = 60;
}

fn key(order: OrderId) -> String {
    format!("order:{order}")
}

pub(super) async fn set_timer(tx: &mut Tx, order: OrderId, timer: &process::Timer) -> Result<(), Refusal> {
    let job = Timer { order, transition: timer.transition.clone() };
    jobs::schedule(tx, &key(order), &job, timer.at).await?;
    Ok(())
}

pub(super) async fn cancel_timer(tx: &mut Tx, order: OrderId) -> Result<(), Refusal> {
    jobs::cancel(tx, &Remind::key(order)).await?;
    Ok(jobs::cancel(tx, &key(order)).await?)
}

/// Tells who loses by silence that it comes near. Letters are written above: see the notifications.
#[derive(Serialize, Deserialize, Debug)]
pub struct Remind {
    pub order: OrderId,
    /// The timer whose end comes near.
    pub transition: String,
}

impl Job for Remind {
    const KIND: &'static str = "orders.remind";
}

impl Remind {
    fn key(order: OrderId) -> String {
        format!("order-remind:{order}")
    }
}

/// A reminder a day before a deadline at which somebody loses something; takes that of the state before away.
pub(super) async fn set_reminder(
    tx: &mut Tx,
    order: OrderId,
    state: &str,
    timer: &process::Timer,
) -> Result<(), Refusal> {
    let (key, at) = (Remind::key(order), timer.at - deadlines::REMINDED);
    if deadlines::losers(state).is_empty() || at <= tx.now() {
        return Ok(jobs::cancel(tx, &key).await?);
    }
    jobs::schedule(tx, &key, &Remind { order, transition: timer.transition.clone() }, at).await?;
    Ok(())
}

/// Every day: looks for money that is held for almost as long as it may be.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Watch {}

impl Job for Watch {
    const KIND: &'static str = "orders.watch";
}

/// From when on somebody should look, and how long there is for it: providers hold money for 90 days.
const LONG: Duration = Duration::days(75);
const DUE: Duration = Duration::days(5);
/// Orders that are told of at once.
const LONG_MAX: i64 = 1_000;

/// One ticket for each order, however often it is seen.
pub async fn watch(db: &Db, _: Watch) -> Outcome {
    let mut tx = db.begin().await?;
    let before = tx.now() - LONG;
    for long in store::held_since(&mut tx, before, LONG_MAX).await? {
        let key = format!("escrow_old:{}", long.id);
        let ticket = NewTicket {
            kind: Kind::EscrowOld,
            key: &key,
            subject: Subject::Order(long.id),
            amount: Some(Money::new(long.total, long.currency)),
            detail: json!({ "days": (tx.now() - long.paid_at).whole_days() }),
            due: DUE,
        };
        tickets::open(&mut tx, &ticket).await?;
    }
    Ok(tx.commit().await?)
}

/// Nobody did anything in time: takes the step that the table has for silence. The order's own timer decides, so a job
/// that is late, or of a state that the order has left, does nothing.
pub async fn timer(db: &Db, job: Timer) -> Outcome {
    let mut tx = db.begin().await?;
    platform::checkpoints::reach("orders.timer").await;
    let Some(order) = store::lock(&mut tx, job.order).await? else { return Ok(()) };
    if !order.timer.as_ref().is_some_and(|timer| timer.rings(&job.transition, tx.now())) {
        return Ok(());
    }
    let silence = Mover::machine(Actor::Timer);
    match fire::fire(&mut tx, job.order, &job.transition, silence, &StepData::default()).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(Refusal::Conflict("order-step")) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// The name of the bookmark in the stream of events.
const READER: &str = "orders";

/// Follows what payments, refunds and holds tell, and moves the orders they belong to. Answers whether there was
/// anything to do. One piece of news is one transaction: two of them would take their locks in an order of their
/// own, and meet others' who take them in another.
pub async fn follow(db: &Db) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let news = happened.iter().find(|e| e.kind.starts_with("payments.") || e.kind == HoldLifted::KIND);
    let Some(read) = news.or(happened.last()) else { return Ok(false) };
    react(&mut tx, read).await?;
    events::move_bookmark(&mut tx, READER, read.mark()).await?;
    tx.commit().await?;
    Ok(true)
}

async fn react(tx: &mut Tx, event: &Happened) -> Result<(), JobError> {
    if event.kind == HoldLifted::KIND {
        return Ok(fire::free(tx, OrderId(event.subject)).await?);
    }
    match event.kind.strip_prefix("payments.") {
        Some("failed") => Ok(settle::payment_failed(tx, PaymentId(event.subject)).await?),
        Some("refund_succeeded" | "refund_failed") => Ok(settle::refund(tx, RefundId(event.subject)).await?),
        Some("refund_bounced") => Ok(bounced::refund(tx, RefundId(event.subject)).await?),
        Some("succeeded" | "processing") => Ok(settle::payment(tx, PaymentId(event.subject)).await?),
        // What is heard of disputes, accounts and payouts is for others.
        Some(_) | None => Ok(()),
    }
}
