//! Opening a ticket, taking it, and closing it. Who of the staff may read them is asked at the edge.

use super::events::TicketOpened;
use super::model::{Filter, Kind, NewTicket, Ticket};
use super::store;
use kernel::{MemberId, Refusal, TicketId, Wrong};
use platform::{Reader, Tx, audit, events};
use serde_json::json;
use std::ops::RangeInclusive;

/// Characters of what came of a ticket.
const OUTCOME: RangeInclusive<usize> = 3..=1_000;
/// Tickets that are listed at once.
const LISTED: i64 = 200;

/// Opens a ticket. One that is open under the same key stays as it is, and is counted up.
pub async fn open(tx: &mut Tx, new: &NewTicket<'_>) -> Result<TicketId, Refusal> {
    let (ticket, is_new) = store::open(tx, new).await?;
    if is_new {
        events::append(tx, &TicketOpened { ticket, kind: new.kind.name().to_owned() }).await?;
    }
    Ok(ticket)
}

/// Whether there ever was one under a key, closed or not: for what is said only once.
pub async fn was_opened(reader: &mut Reader, key: &str) -> Result<bool, Refusal> {
    Ok(store::was_opened(reader, key).await?)
}

/// What it was about is over without anybody: `outcome` says how, in 3 to 1000 characters. Nothing happens when none is
/// open under the key.
pub async fn close(tx: &mut Tx, key: &str, outcome: &str) -> Result<(), Refusal> {
    Ok(store::close(tx, key, outcome).await?)
}

/// Somebody looks at it; who had taken it before has not any more. Errors: `NotFound`; `Conflict("ticket-closed")`.
pub async fn take(tx: &mut Tx, by: MemberId, id: TicketId) -> Result<(), Refusal> {
    let ticket = lock_open(tx, id).await?;
    store::take(tx, id, by).await?;
    let detail = json!({ "kind": ticket.kind.name(), "from": ticket.taken_by });
    Ok(audit::write(tx, Some(by), "tickets.take", ("ticket", id.0), detail).await?)
}

/// Somebody has looked at it, and says what came of it. Errors: `NotFound`; `Conflict("ticket-closed")`; the field
/// `outcome`, 3 to 1000 characters.
pub async fn close_by(tx: &mut Tx, by: MemberId, id: TicketId, outcome: &str) -> Result<(), Refusal> {
    let outcome = outcome.trim();
    let length = outcome.chars().count();
    if length < *OUTCOME.start() {
        return Err(Refusal::field("outcome", Wrong::TooShort { min: *OUTCOME.start() }));
    }
    if length > *OUTCOME.end() {
        return Err(Refusal::field("outcome", Wrong::TooLong { max: *OUTCOME.end() }));
    }
    let ticket = lock_open(tx, id).await?;
    store::close_by(tx, id, by, outcome).await?;
    let detail = json!({ "kind": ticket.kind.name() });
    Ok(audit::write(tx, Some(by), "tickets.close", ("ticket", id.0), detail).await?)
}

/// Open tickets, what is due first at the top.
pub async fn list(reader: &mut Reader, filter: &Filter) -> Result<Vec<Ticket>, Refusal> {
    Ok(store::list(reader, filter, LISTED).await?)
}

/// One ticket, closed or not. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: TicketId) -> Result<Ticket, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

/// How many are open of each kind that there is one of.
pub async fn counts(reader: &mut Reader) -> Result<Vec<(Kind, i64)>, Refusal> {
    Ok(store::counts(reader).await?)
}

async fn lock_open(tx: &mut Tx, id: TicketId) -> Result<Ticket, Refusal> {
    store::lock(tx, id).await?;
    let ticket = find(tx, id).await?;
    if ticket.closed_at.is_some() { Err(Refusal::Conflict("ticket-closed")) } else { Ok(ticket) }
}
