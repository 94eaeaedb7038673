//! Reads events and queues letters.

use super::letters;
use crate::accounts;
use crate::orders::events::{Moved, OperatorNeeded};
use crate::orders::model::Side;
use crate::orders::rules as orders;
use crate::permissions::Permission;
use crate::staff::roles;
use kernel::OrderId;
use platform::events::{self, Event, Happened};
use platform::jobs::JobError;
use platform::{Db, Tx, mail};

/// The name of the bookmark in the stream of events.
const READER: &str = "notifications";

/// Tells of the next events. Answers whether there were any.
pub async fn follow(db: &Db, base_url: &str) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let Some(last) = happened.last() else { return Ok(false) };
    let mark = last.mark().clone();
    for event in &happened {
        tell(&mut tx, event, base_url).await?;
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    tx.commit().await?;
    Ok(true)
}

async fn tell(tx: &mut Tx, event: &Happened, base_url: &str) -> Result<(), JobError> {
    let never = |e: serde_json::Error| JobError::Never(e.to_string());
    match event.kind.as_str() {
        Moved::KIND => {
            let moved: Moved = serde_json::from_value(event.payload.clone()).map_err(never)?;
            of_step(tx, &moved, base_url).await
        }
        OperatorNeeded::KIND => operator_needed(tx, OrderId(event.subject), base_url).await,
        _ => Ok(()),
    }
}

async fn of_step(tx: &mut Tx, moved: &Moved, base_url: &str) -> Result<(), JobError> {
    let wanted = letters::of_step(&moved.transition, &moved.to);
    if wanted.is_empty() {
        return Ok(());
    }
    let (order, legs) = orders::with_legs(tx, moved.order).await?;
    for (side, key) in wanted {
        let id = if *side == Side::Seller { order.seller } else { order.buyer };
        if let Some(member) = accounts::rules::find(tx, id).await? {
            mail::queue(tx, letters::about(&order, &legs, (&member, *side), key, moved.until, base_url))
                .await?;
        }
    }
    Ok(())
}

async fn operator_needed(tx: &mut Tx, id: OrderId, base_url: &str) -> Result<(), JobError> {
    let order = orders::find(tx, id).await?;
    let deciders = roles::holders(tx, Permission::OrdersDecide).await?;
    for member in accounts::rules::find_many(tx, &deciders).await? {
        mail::queue(tx, letters::operator_needed(&order, &member, base_url)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::letters::of_step;
    use kernel::Say;

    #[test]
    fn every_letter_has_its_words() {
        for state in [
            "paid",
            "shipped",
            "delivered",
            "completed",
            "claim_open",
            "claim_review",
            "refunding",
            "refunded",
            "payment_expired",
        ] {
            for (_, key) in of_step("any", state) {
                assert!(Say::knows(&format!("{key}-subject")) && Say::knows(&format!("{key}-body")), "{key}");
            }
        }
    }
}
