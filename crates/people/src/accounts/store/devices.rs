//! The SQL of known browsers, and of what an account has seen.

use super::Done;
use crate::accounts::model::{Client, SecurityEvent};
use kernel::{MemberId, Moment, SecurityEventId};
use platform::{Reader, Tx};
use time::Duration;

pub(in super::super) async fn has_devices(r: &mut Reader, member: MemberId) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from known_devices where member_id = $1) as "has!""#,
        member.0
    )
    .fetch_one(r.conn())
    .await
}

/// Whether the two meet for the first time.
pub(in super::super) async fn meet_device(tx: &mut Tx, hash: &[u8], member: MemberId) -> Done<bool> {
    let now = tx.now();
    let known = sqlx::query!(
        "update known_devices set last_seen_at = $3 where token_hash = $1 and member_id = $2",
        hash,
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    if known.rows_affected() == 1 {
        return Ok(false);
    }
    let done = sqlx::query!(
        r#"insert into known_devices (token_hash, member_id, last_seen_at) values ($1, $2, $3)
           on conflict do nothing"#,
        hash,
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn knows_device(r: &mut Reader, email: &str, hash: &[u8]) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from known_devices d join members m using (member_id)
             where d.token_hash = $1 and lower(m.email) = lower($2)) as "knows!""#,
        hash,
        email
    )
    .fetch_one(r.conn())
    .await
}

pub(in super::super) async fn share_device(
    r: &mut Reader,
    one: MemberId,
    other: MemberId,
    since: Moment,
) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from known_devices a join known_devices b using (token_hash)
             where a.member_id = $1 and b.member_id = $2 and a.last_seen_at > $3 and b.last_seen_at > $3) as "share!""#,
        one.0,
        other.0,
        since
    )
    .fetch_one(r.conn())
    .await
}

pub(in super::super) async fn is_trusted(r: &mut Reader, member: MemberId, hash: &[u8]) -> Done<bool> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select exists (select from known_devices
             where token_hash = $1 and member_id = $2 and trusted_until > $3) as "is!""#,
        hash,
        member.0,
        now
    )
    .fetch_one(r.conn())
    .await
}

pub(in super::super) async fn trust_device(
    tx: &mut Tx,
    member: MemberId,
    hash: &[u8],
    life: Duration,
) -> Done<()> {
    let until = tx.now() + life;
    sqlx::query!(
        "update known_devices set trusted_until = $3 where token_hash = $1 and member_id = $2",
        hash,
        member.0,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn trust_no_device(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!(
        "update known_devices set trusted_until = null where member_id = $1 and trusted_until is not null",
        member.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn insert_security_event(
    tx: &mut Tx,
    id: SecurityEventId,
    member: MemberId,
    kind: &str,
    client: &Client,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into security_events (event_id, member_id, kind, at, user_agent, address)
           values ($1, $2, $3, $4, left($5, 300), left($6, 64))"#,
        id.0,
        member.0,
        kind,
        now,
        client.user_agent,
        client.address
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn security_events(r: &mut Reader, member: MemberId) -> Done<Vec<SecurityEvent>> {
    sqlx::query_as!(
        SecurityEvent,
        "select kind, at, user_agent, address from security_events where member_id = $1 order by event_id desc limit 100",
        member.0
    )
    .fetch_all(r.conn())
    .await
}
