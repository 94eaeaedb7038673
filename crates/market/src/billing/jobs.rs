//! Reads events, and has what is due written.

use super::model::Terms;
use super::rules;
use crate::orders::events::Moved;
use crate::payments::events::RefundSucceeded;
use kernel::{PaymentId, PayoutId};
use platform::events::{self, Event, Happened};
use platform::jobs::JobError;
use platform::{Db, Tx};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The name of the bookmark in the stream of events.
const READER: &str = "billing";
/// Events that are read at once.
const AT_ONCE: i64 = 100;

/// What is read of a fact about a payout.
#[derive(Deserialize)]
struct OfPayout {
    payout: PayoutId,
}

/// What is read of a fact about a dispute.
#[derive(Deserialize)]
struct OfDispute {
    payment: PaymentId,
}

/// Writes what the next events make due. Answers whether there were any.
pub async fn follow(db: &Db, terms: &Terms<'_>) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, AT_ONCE).await?;
    let Some(last) = happened.last() else { return Ok(false) };
    let mark = last.mark().clone();
    for event in &happened {
        hear(&mut tx, terms, event).await?;
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    tx.commit().await?;
    Ok(true)
}

async fn hear(tx: &mut Tx, terms: &Terms<'_>, event: &Happened) -> Result<(), JobError> {
    match event.kind.as_str() {
        Moved::KIND => {
            let moved: Moved = read(event)?;
            of_step(tx, terms, &moved, event).await?;
        }
        RefundSucceeded::KIND => {
            let settled: RefundSucceeded = read(event)?;
            rules::refunded(tx, terms, settled.refund).await?;
        }
        "payouts.paid" => rules::paid_out(tx, terms, read::<OfPayout>(event)?.payout).await?,
        "payouts.returned" => rules::payout_back(tx, terms, read::<OfPayout>(event)?.payout).await?,
        "chargebacks.moved" => rules::disputed(tx, terms, read::<OfDispute>(event)?.payment).await?,
        _ => {}
    }
    Ok(())
}

async fn of_step(tx: &mut Tx, terms: &Terms<'_>, moved: &Moved, event: &Happened) -> Result<(), JobError> {
    match (moved.transition.as_str(), moved.to.as_str()) {
        ("refund_other_way" | "partial_other_way", _) => {
            rules::refunded_by_hand(tx, terms, moved.order).await?;
        }
        (_, "paid") => rules::paid(tx, terms, moved.order, event.at).await?,
        // Parts of an order are released while the other part is on its way back.
        (_, "completed" | "partial_refunding" | "completed_partial") => {
            rules::released(tx, terms, moved.order).await?;
        }
        (_, "charged_back") => {
            rules::released(tx, terms, moved.order).await?;
            rules::lost(tx, terms, moved.order).await?;
        }
        _ => {}
    }
    Ok(())
}

fn read<T: DeserializeOwned>(event: &Happened) -> Result<T, JobError> {
    serde_json::from_value(event.payload.clone()).map_err(|error| JobError::Never(error.to_string()))
}
