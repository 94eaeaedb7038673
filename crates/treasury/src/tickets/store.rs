//! The SQL of tickets.

use super::model::{Filter, Kind, NewTicket, Ticket};
use kernel::{Currency, MemberId, Moment, Money, TicketId};
use platform::{Reader, Tx};
use serde_json::Value;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// And whether it is new.
pub(super) async fn open(tx: &mut Tx, new: &NewTicket<'_>) -> Done<(TicketId, bool)> {
    let (id, now): (TicketId, _) = (tx.new_id(), tx.now());
    let kept = sqlx::query_scalar!(
        r#"insert into tickets (ticket_id, kind, key, subject_kind, subject, amount, currency, detail, opened_at, due_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (key) where closed_at is null do update set seen = tickets.seen + 1
           returning ticket_id as "id: TicketId""#,
        id.0,
        new.kind.name(),
        new.key,
        new.subject.kind(),
        new.subject.id(),
        new.amount.map(|m| m.amount),
        new.amount.map(|m| m.currency.to_string()),
        new.detail,
        now,
        now + new.due
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((kept, kept == id))
}

pub(super) async fn was_opened(r: &mut Reader, key: &str) -> Done<bool> {
    sqlx::query_scalar!(r#"select exists (select 1 from tickets where key = $1) as "was!""#, key)
        .fetch_one(r.conn())
        .await
}

pub(super) async fn close(tx: &mut Tx, key: &str, outcome: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update tickets set closed_at = $2, outcome = $3 where key = $1 and closed_at is null",
        key,
        now,
        outcome
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn lock(tx: &mut Tx, id: TicketId) -> Done<()> {
    sqlx::query_scalar!("select ticket_id from tickets where ticket_id = $1 for update", id.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn take(tx: &mut Tx, id: TicketId, by: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update tickets set taken_by = $2, taken_at = $3 where ticket_id = $1", id.0, by.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn close_by(tx: &mut Tx, id: TicketId, by: MemberId, outcome: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update tickets set closed_at = $3, closed_by = $2, outcome = $4 where ticket_id = $1",
        id.0,
        by.0,
        now,
        outcome
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Row {
    ticket_id: TicketId,
    kind: String,
    key: String,
    subject_kind: String,
    subject: Option<Uuid>,
    amount: Option<i64>,
    currency: Option<Currency>,
    detail: Value,
    opened_at: Moment,
    due_at: Moment,
    seen: i32,
    taken_by: Option<MemberId>,
    closed_at: Option<Moment>,
    outcome: Option<String>,
}

impl TryFrom<Row> for Ticket {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        Ok(Self {
            id: row.ticket_id,
            kind: kind_of(&row.kind)?,
            key: row.key,
            subject_kind: row.subject_kind,
            subject: row.subject,
            amount: row.amount.zip(row.currency).map(|(amount, currency)| Money::new(amount, currency)),
            detail: row.detail,
            opened_at: row.opened_at,
            due_at: row.due_at,
            seen: row.seen,
            taken_by: row.taken_by,
            closed_at: row.closed_at,
            outcome: row.outcome,
        })
    }
}

fn kind_of(name: &str) -> Done<Kind> {
    Kind::find(name).ok_or_else(|| sqlx::Error::Decode(format!("unknown ticket {name}").into()))
}

pub(super) async fn list(r: &mut Reader, filter: &Filter, limit: i64) -> Done<Vec<Ticket>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select ticket_id as "ticket_id: TicketId", kind, key, subject_kind, subject, amount,
             currency as "currency: Currency", detail, opened_at, due_at, seen, taken_by as "taken_by: MemberId", closed_at,
             outcome
           from tickets
           where closed_at is null and ($1::text is null or kind = $1) and ($2::uuid is null or taken_by = $2)
             and ($3::uuid is null or subject = $3)
           order by due_at, ticket_id limit $4"#,
        filter.kind.map(Kind::name),
        filter.taken_by.map(|by| by.0),
        filter.subject,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

pub(super) async fn find(r: &mut Reader, id: TicketId) -> Done<Option<Ticket>> {
    let row = sqlx::query_as!(
        Row,
        r#"select ticket_id as "ticket_id: TicketId", kind, key, subject_kind, subject, amount,
             currency as "currency: Currency", detail, opened_at, due_at, seen, taken_by as "taken_by: MemberId", closed_at,
             outcome
           from tickets where ticket_id = $1"#,
        id.0
    )
    .fetch_optional(r.conn())
    .await?;
    row.map(Ticket::try_from).transpose()
}

pub(super) async fn counts(r: &mut Reader) -> Done<Vec<(Kind, i64)>> {
    let rows = sqlx::query!(
        r#"select kind, count(*) as "count!" from tickets where closed_at is null group by kind order by kind"#
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(|row| Ok((kind_of(&row.kind)?, row.count))).collect()
}
