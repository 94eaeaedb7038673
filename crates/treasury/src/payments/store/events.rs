//! The SQL of events that providers sent.

use kernel::{MemberId, Moment};
use platform::{Reader, Tx};
use serde_json::Value;

type Done<T> = Result<T, sqlx::Error>;

/// An event to be kept.
#[derive(Debug)]
pub(in super::super) struct NewEvent<'a> {
    pub provider: &'a str,
    pub id: &'a str,
    pub kind: &'a str,
    /// By name.
    pub about: &'a [String],
    pub raw: &'a [u8],
    pub account: Option<&'a str>,
    pub headers: &'a Value,
    pub happened_at: Option<Moment>,
}

/// Keeps the raw bytes of a webhook. `false` if the event is known.
pub(in super::super) async fn insert(tx: &mut Tx, new: &NewEvent<'_>) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into provider_events (provider, event_id, kind, raw, account, headers, happened_at, received_at, about)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (provider, event_id) do nothing",
        new.provider,
        new.id,
        new.kind,
        new.raw,
        new.account,
        new.headers,
        new.happened_at,
        now,
        new.about
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An event that nobody has handled yet.
#[derive(Debug)]
pub(in super::super) struct Unhandled {
    pub raw: Vec<u8>,
    pub received_at: Moment,
    pub replayed_at: Option<Moment>,
    pub tries: i32,
}

pub(in super::super) async fn unhandled(r: &mut Reader, provider: &str, id: &str) -> Done<Option<Unhandled>> {
    sqlx::query_as!(
        Unhandled,
        "select raw, received_at, replayed_at, tries from provider_events
         where provider = $1 and event_id = $2 and handled_at is null",
        provider,
        id
    )
    .fetch_optional(r.conn())
    .await
}

/// It was looked at and is looked at again later.
pub(in super::super) async fn tried(tx: &mut Tx, provider: &str, id: &str) -> Done<()> {
    sqlx::query!(
        "update provider_events set tries = tries + 1 where provider = $1 and event_id = $2",
        provider,
        id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks an event handled. `note` says why nothing came of it.
pub(in super::super) async fn handled(tx: &mut Tx, provider: &str, id: &str, note: Option<&str>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_events set handled_at = $3, error = $4, tries = tries + 1
         where provider = $1 and event_id = $2",
        provider,
        id,
        now,
        note
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets an event be handled again. `false` if there is none, or nothing is left of it but its name.
pub(in super::super) async fn replay(tx: &mut Tx, provider: &str, id: &str, by: MemberId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update provider_events set handled_at = null, error = null, tries = 0, replayed_at = $3, replayed_by = $4
         where provider = $1 and event_id = $2 and length(raw) > 0",
        provider,
        id,
        now,
        by.0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Blanks the bytes of handled events that came before `before`; their names stay. Answers how many, `limit` at most.
pub(in super::super) async fn blank(tx: &mut Tx, before: Moment, limit: i64) -> Done<u64> {
    let done = sqlx::query!(
        "update provider_events e set raw = '', headers = '{}'
         from (select provider, event_id from provider_events
               where received_at < $1 and handled_at is not null and length(raw) > 0
               order by received_at limit $2 for update skip locked) old
         where e.provider = old.provider and e.event_id = old.event_id",
        before,
        limit
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
