//! Facts go up: a rule appends an event in its own transaction; higher slices read events in commit order.
//!
//! A reader keeps a bookmark of (transaction id, event id) and reads only below the snapshot's xmin: a
//! transaction that took its ids early and commits late is therefore never skipped, which a watermark of
//! event ids alone would do.

use crate::db::{Reader, Tx};
use kernel::Moment;
use serde::Serialize;
use uuid::Uuid;

/// Something that happened.
pub trait Event: Serialize {
    /// `slice.fact`, for instance `listings.published`.
    const KIND: &'static str;
    /// What it happened to.
    fn subject(&self) -> Uuid;
}

/// An event as a reader gets it.
#[derive(Debug, Clone)]
pub struct Happened {
    pub kind: String,
    pub subject: Uuid,
    pub payload: serde_json::Value,
    pub at: Moment,
    mark: Mark,
}

/// A place in the stream of events. Its text form sorts nothing; it is opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    xid: String,
    event_id: i64,
}

impl Mark {
    /// Before everything.
    pub fn start() -> Self {
        Self { xid: "0".to_owned(), event_id: 0 }
    }

    /// Back from text, as `to_string` wrote it.
    pub fn parse(text: &str) -> Option<Self> {
        let (xid, event_id) = text.split_once('.')?;
        xid.parse::<u64>().ok()?;
        Some(Self { xid: xid.to_owned(), event_id: event_id.parse().ok()? })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.xid, self.event_id)
    }
}

impl Happened {
    /// Where to go on after this event.
    pub const fn mark(&self) -> &Mark {
        &self.mark
    }
}

/// Writes down what happened, in the transaction that makes it happen.
pub async fn append<E: Event>(tx: &mut Tx, event: &E) -> Result<(), sqlx::Error> {
    let payload = serde_json::to_value(event).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let now = tx.now();
    sqlx::query!(
        "insert into events (kind, subject, payload, at) values ($1, $2, $3, $4)",
        E::KIND,
        event.subject(),
        payload,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The next events after `mark`, at most `limit`, in commit order, none of them of an open transaction.
pub async fn after(reader: &mut Reader, mark: &Mark, limit: i64) -> Result<Vec<Happened>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select xid::text as "xid!", event_id, kind, subject, payload, at from events
           where (xid, event_id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
           order by xid, event_id limit $3"#,
        mark.xid,
        mark.event_id,
        limit
    )
    .fetch_all(reader.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Happened {
            kind: row.kind,
            subject: row.subject,
            payload: row.payload,
            at: row.at,
            mark: Mark { xid: row.xid, event_id: row.event_id },
        })
        .collect())
}

/// The end of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The number of the newest event, 0 when there is none.
    pub event_id: i64,
    /// Whether readers may read all of them: no transaction is open that is older than one of theirs.
    pub is_readable: bool,
}

/// How far the stream of events goes by now.
pub async fn newest(reader: &mut Reader) -> Result<Newest, sqlx::Error> {
    sqlx::query_as!(
        Newest,
        r#"select coalesce(max(event_id), 0) as "event_id!",
             not exists (select from events where xid >= pg_snapshot_xmin(pg_current_snapshot())) as "is_readable!"
           from events"#
    )
    .fetch_one(reader.conn())
    .await
}

/// A mark before which every event that is visible now lies: where a reader that has just read the
/// whole state may begin. Events of transactions that are still open come after it.
pub async fn horizon(reader: &mut Reader) -> Result<Mark, sqlx::Error> {
    let xid = sqlx::query_scalar!(r#"select pg_snapshot_xmin(pg_current_snapshot())::text as "xid!""#)
        .fetch_one(reader.conn())
        .await?;
    // Nothing with this xid has been read yet: stand just before it.
    Ok(Mark { xid, event_id: -1 })
}

/// A reader's bookmark, locked until the transaction ends so that two workers do not read the same batch.
/// `None` when another worker holds it.
pub async fn lock_bookmark(tx: &mut Tx, name: &str) -> Result<Option<Mark>, sqlx::Error> {
    sqlx::query!("insert into event_readers (name) values ($1) on conflict do nothing", name)
        .execute(tx.conn())
        .await?;
    let row = sqlx::query!(
        r#"select xid::text as "xid!", event_id from event_readers where name = $1 for update skip locked"#,
        name
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Mark { xid: row.xid, event_id: row.event_id }))
}

/// Moves a reader's bookmark, in the transaction that handled the events before it.
pub async fn move_bookmark(tx: &mut Tx, name: &str, mark: &Mark) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update event_readers set xid = $2::text::xid8, event_id = $3 where name = $1",
        name,
        mark.xid,
        mark.event_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets events that every reader has passed and that are older than `before`.
pub async fn prune(tx: &mut Tx, before: Moment) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from events where at < $1 and xid < (select coalesce(min(xid), '0'::xid8) from event_readers)",
        before
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
