//! The SQL of codes that are sent, and of where they go.

use super::super::channels::Standing;
use kernel::{MemberId, Moment, SentCodeId};
use platform::{Reader, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

/// Any number that nothing else locks: the letters "tp-texts".
const TEXTS_LOCK: i64 = i64::from_be_bytes(*b"tp-texts");

/// What was sent lately.
pub(in super::super) struct Sent {
    /// Those that were not used rightly, and when the first of them was sent.
    pub count: i64,
    pub first: Option<Moment>,
    pub last: Option<Moment>,
}

pub(in super::super) struct New<'a> {
    pub id: SentCodeId,
    pub member: MemberId,
    pub channel: &'a str,
    pub bound: &'a [u8],
    pub mac: &'a str,
    /// Of the phone's number.
    pub place: Option<&'a str>,
}

pub(in super::super) struct Open {
    pub id: SentCodeId,
    pub channel: String,
    pub mac: String,
}

pub(in super::super) async fn lock(tx: &mut Tx, member: MemberId) -> Done<()> {
    super::lock_codes(tx, member).await
}

pub(in super::super) async fn sent_since(
    r: &mut Reader,
    member: MemberId,
    channel: &str,
    since: Moment,
) -> Done<Sent> {
    sqlx::query_as!(
        Sent,
        r#"select count(*) filter (where used_at is null) as "count!",
             min(created_at) filter (where used_at is null) as first, max(created_at) as last from sent_codes
           where member_id = $1 and channel = $2 and created_at > $3"#,
        member.0,
        channel,
        since
    )
    .fetch_one(r.conn())
    .await
}

/// Takes all that was sent for used: it is worthless, and the day's count begins anew.
pub(in super::super) async fn restart(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update sent_codes set used_at = $2 where member_id = $1 and used_at is null",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes all that was sent worthless. It counts on.
pub(in super::super) async fn end_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update sent_codes set expires_at = $2 where member_id = $1 and used_at is null and expires_at > $2",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As [`sent_since`], for one phone, whoever asked.
pub(in super::super) async fn sent_to_since(r: &mut Reader, place: &str, since: Moment) -> Done<Sent> {
    sqlx::query_as!(
        Sent,
        r#"select count(*) as "count!", min(created_at) as first, max(created_at) as last from sent_codes
           where place_mac = $1 and created_at > $2"#,
        place,
        since
    )
    .fetch_one(r.conn())
    .await
}

/// Codes by SMS to everybody.
pub(in super::super) async fn texts_since(r: &mut Reader, since: Moment) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from sent_codes where channel = 'sms' and created_at > $1"#,
        since
    )
    .fetch_one(r.conn())
    .await
}

/// Until the transaction ends, nobody else counts codes by SMS.
pub(in super::super) async fn lock_texts(tx: &mut Tx) -> Done<()> {
    sqlx::query!("select from pg_advisory_xact_lock($1)", TEXTS_LOCK).fetch_optional(tx.conn()).await?;
    Ok(())
}

/// Makes what was sent for this before worthless.
pub(in super::super) async fn end(tx: &mut Tx, bound: &[u8], channel: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update sent_codes set expires_at = $3 where bound_hash = $1 and channel = $2 and expires_at > $3",
        bound,
        channel,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn insert(tx: &mut Tx, new: New<'_>, life: Duration) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into sent_codes (code_id, member_id, channel, bound_hash, code_mac, created_at, expires_at,
             place_mac)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        new.id.0,
        new.member.0,
        new.channel,
        new.bound,
        new.mac,
        now,
        now + life,
        new.place
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn count_try(tx: &mut Tx, bound: &[u8]) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update sent_codes set tries = tries + 1 where bound_hash = $1 and used_at is null and expires_at > $2",
        bound,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Those that can still be typed. What was sent before the place was another one went elsewhere.
pub(in super::super) async fn open(
    r: &mut Reader,
    member: MemberId,
    bound: &[u8],
    tries: i32,
) -> Done<Vec<Open>> {
    let now = r.now();
    sqlx::query_as!(
        Open,
        r#"select code_id as "id: SentCodeId", channel, code_mac as mac from sent_codes c
           where bound_hash = $1 and member_id = $2 and used_at is null and expires_at > $3 and tries <= $4
             and not exists (select from sent_factors f where f.member_id = c.member_id and f.channel = c.channel
               and f.created_at > c.created_at)"#,
        bound,
        member.0,
        now,
        tries
    )
    .fetch_all(r.conn())
    .await
}

/// `false` when somebody was faster.
pub(in super::super) async fn used(tx: &mut Tx, id: SentCodeId) -> Done<bool> {
    let now = tx.now();
    let done =
        sqlx::query!("update sent_codes set used_at = $2 where code_id = $1 and used_at is null", id.0, now)
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when it is turned on already.
pub(in super::super) async fn begin(
    tx: &mut Tx,
    member: MemberId,
    channel: &str,
    number: Option<&[u8]>,
    hint: &str,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into sent_factors (member_id, channel, number, hint, created_at) values ($1, $2, $3, $4, $5)
           on conflict (member_id, channel) do update
             set number = excluded.number, hint = excluded.hint, created_at = excluded.created_at
           where sent_factors.confirmed_at is null"#,
        member.0,
        channel,
        number,
        hint,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn standing(
    r: &mut Reader,
    member: MemberId,
    channel: &str,
) -> Done<Option<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"select confirmed_at is not null as "is_on!", hint from sent_factors
           where member_id = $1 and channel = $2"#,
        member.0,
        channel
    )
    .fetch_optional(r.conn())
    .await
}

pub(in super::super) async fn confirm(tx: &mut Tx, member: MemberId, channel: &str) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update sent_factors set confirmed_at = $3
           where member_id = $1 and channel = $2 and confirmed_at is null"#,
        member.0,
        channel,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when it was not turned on.
pub(in super::super) async fn delete(tx: &mut Tx, member: MemberId, channel: &str) -> Done<bool> {
    let done = sqlx::query!(
        "delete from sent_factors where member_id = $1 and channel = $2 and confirmed_at is not null",
        member.0,
        channel
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The sealed number of a member's phone.
pub(in super::super) async fn number(r: &mut Reader, member: MemberId) -> Done<Option<Vec<u8>>> {
    let row = sqlx::query_scalar!(
        "select number from sent_factors where member_id = $1 and channel = 'sms'",
        member.0
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.flatten())
}

pub(in super::super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from sent_codes where created_at < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from sent_factors where confirmed_at is null and created_at < $1", before)
        .execute(tx.conn())
        .await?;
    Ok(())
}
