//! Holding an order's money, and letting it go on.

use super::events::{HoldLifted, HoldPut};
use super::model::{Held, NewHold};
use super::store;
use kernel::{HoldId, MemberId, OrderId, Refusal, Wrong};
use platform::{Reader, Tx, audit, checkpoints, events};
use process::Hold;
use serde_json::json;

/// Holds that end in one transaction.
const AT_ONCE: i64 = 100;
/// Characters of what staff writes to a hold.
const NOTE_MAX: usize = 500;

/// Holds an order's money. Where a hold of the kind is on, it stays, and the later end counts. Errors: the field `until`
/// is missing, or over; the field `note` is too long.
pub async fn put(tx: &mut Tx, new: &NewHold<'_>) -> Result<HoldId, Refusal> {
    match new.until {
        None if new.kind != Hold::Chargeback => return Err(Refusal::field("until", Wrong::Required)),
        Some(until) if until <= tx.now() => {
            return Err(Refusal::field("until", Wrong::Because("wrong-ends-before-it-begins")));
        }
        _ => {}
    }
    if new.note.chars().count() > NOTE_MAX {
        return Err(Refusal::field("note", Wrong::TooLong { max: NOTE_MAX }));
    }
    checkpoints::reach("holds.put").await;
    let hold = store::put(tx, new).await?;
    let kind = new.kind.as_str().to_owned();
    let detail = json!({ "order": new.order, "kind": kind, "because": new.because,
        "until": new.until.map(kernel::Moment::unix_timestamp) });
    audit::write(tx, new.by, "holds.put", ("hold", hold.0), detail).await?;
    events::append(tx, &HoldPut { hold, order: new.order, kind }).await?;
    Ok(hold)
}

/// Takes a hold off. Nothing happens when none of the kind is on.
pub async fn lift(tx: &mut Tx, order: OrderId, kind: Hold, by: Option<MemberId>) -> Result<(), Refusal> {
    match store::lift(tx, order, kind, by).await? {
        Some(hold) => lifted(tx, hold, order, kind, by).await,
        None => Ok(()),
    }
}

/// What holds an order's money, oldest first. In a transaction that locked the order, it stays true until its end.
pub async fn on(reader: &mut Reader, order: OrderId) -> Result<Vec<Held>, Refusal> {
    Ok(store::on(reader, order).await?)
}

/// What both sides read of a hold: the key of a message. Who is suspected of a fraud must not learn by what.
pub fn told(held: &Held) -> String {
    match held.kind {
        Hold::Fraud => "hold-because-looked-at".to_owned(),
        Hold::Chargeback | Hold::Kyc | Hold::Legal => format!("hold-because-{}", held.because),
    }
}

/// Lifts some holds whose time is over; answers whether there were any.
pub(super) async fn end_due(tx: &mut Tx) -> Result<bool, Refusal> {
    let due = store::end_due(tx, AT_ONCE).await?;
    for (hold, order, kind) in &due {
        lifted(tx, *hold, *order, *kind, None).await?;
    }
    Ok(!due.is_empty())
}

async fn lifted(
    tx: &mut Tx,
    hold: HoldId,
    order: OrderId,
    kind: Hold,
    by: Option<MemberId>,
) -> Result<(), Refusal> {
    let kind = kind.as_str().to_owned();
    audit::write(tx, by, "holds.lift", ("hold", hold.0), json!({ "order": order, "kind": kind })).await?;
    Ok(events::append(tx, &HoldLifted { hold, order, kind }).await?)
}
