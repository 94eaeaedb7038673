//! The SQL of second factors.

pub mod copy;
pub(super) mod passkeys;
pub(super) mod sent;

use super::model::Enrolled;
use kernel::{MemberId, Moment};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) struct TotpRow {
    pub secret: Vec<u8>,
    pub confirmed: bool,
    pub created_at: Moment,
}

pub(super) async fn enrolled(r: &mut Reader, member: MemberId) -> Done<Enrolled> {
    sqlx::query_as!(
        Enrolled,
        r#"select (select count(*) from passkeys where member_id = $1) as "passkeys!",
             exists (select from totp where member_id = $1 and confirmed_at is not null) as "totp!",
             (select count(*) from recovery_codes where member_id = $1 and used_at is null) as "codes_left!",
             exists (select from sent_factors
               where member_id = $1 and channel = 'email' and confirmed_at is not null) as "mail!",
             exists (select from sent_factors
               where member_id = $1 and channel = 'sms' and confirmed_at is not null) as "phone!""#,
        member.0
    )
    .fetch_one(r.conn())
    .await
}

pub(super) async fn totp(r: &mut Reader, member: MemberId) -> Done<Option<TotpRow>> {
    sqlx::query_as!(
        TotpRow,
        r#"select secret, confirmed_at is not null as "confirmed!", created_at from totp where member_id = $1"#,
        member.0
    )
    .fetch_optional(r.conn())
    .await
}

/// `false` when a confirmed one is there.
pub(super) async fn insert_totp(tx: &mut Tx, member: MemberId, secret: &[u8]) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into totp (member_id, secret, created_at) values ($1, $2, $3)
           on conflict (member_id) do update set secret = excluded.secret, created_at = excluded.created_at
           where totp.confirmed_at is null"#,
        member.0,
        secret,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when somebody was faster.
pub(super) async fn confirm_totp(tx: &mut Tx, member: MemberId, step: i64) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update totp set confirmed_at = $2, last_step = $3 where member_id = $1 and confirmed_at is null",
        member.0,
        now,
        step
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when this step, or a later one, was used already.
pub(super) async fn use_step(tx: &mut Tx, member: MemberId, step: i64) -> Done<bool> {
    let done = sqlx::query!(
        "update totp set last_step = $2 where member_id = $1 and last_step < $2",
        member.0,
        step
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when there is none that was turned on.
pub(super) async fn delete_totp(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let done = sqlx::query!("delete from totp where member_id = $1 and confirmed_at is not null", member.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_since(tx: &mut Tx, member: MemberId, since: Moment) -> Done<()> {
    sqlx::query!("delete from passkeys where member_id = $1 and created_at >= $2", member.0, since)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "delete from totp where member_id = $1 and coalesce(confirmed_at, created_at) >= $2",
        member.0,
        since
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "delete from sent_factors where member_id = $1 and coalesce(confirmed_at, created_at) >= $2",
        member.0,
        since
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from recovery_codes where member_id = $1 and created_at >= $2", member.0, since)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Of two who make codes at once, one waits for the other.
pub(super) async fn lock_codes(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("select from members where member_id = $1 for no key update", member.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn insert_codes(tx: &mut Tx, member: MemberId, hashes: &[Vec<u8>]) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into recovery_codes (member_id, code_hash, created_at)
           select $1, hash, $3 from unnest($2::bytea[]) hash"#,
        member.0,
        hashes,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn use_code(tx: &mut Tx, member: MemberId, hash: &[u8]) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update recovery_codes set used_at = $3 where member_id = $1 and code_hash = $2 and used_at is null",
        member.0,
        hash,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_codes(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from recovery_codes where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

/// All of them, and what was begun and not finished.
pub(super) async fn delete_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from passkeys where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from passkey_ceremonies where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from totp where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from recovery_codes where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from sent_factors where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from sent_codes where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
