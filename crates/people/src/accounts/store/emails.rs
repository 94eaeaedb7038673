//! The SQL of changes of addresses.

use super::Done;
use crate::accounts::model::Member;
use kernel::{EmailChangeId, MemberId, Moment};
use platform::{Reader, Tx};
use time::Duration;

pub(in super::super) struct EmailChange {
    pub id: EmailChangeId,
    pub member: MemberId,
    pub old_email: String,
    pub new_email: String,
    pub asked_at: Moment,
}

pub(in super::super) async fn insert_email_change(
    tx: &mut Tx,
    id: EmailChangeId,
    member: &Member,
    new_email: &str,
    hash: &[u8],
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into email_changes (change_id, member_id, old_email, new_email, confirm_hash, asked_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)"#,
        id.0,
        member.id.0,
        member.email,
        new_email,
        hash,
        now,
        now + life
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn forget_waiting_changes(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from email_changes where member_id = $1 and confirmed_at is null", member.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in super::super) async fn waiting_change(tx: &mut Tx, hash: &[u8]) -> Done<Option<EmailChange>> {
    let now = tx.now();
    sqlx::query_as!(
        EmailChange,
        r#"select change_id as "id: EmailChangeId", member_id as "member: MemberId", old_email, new_email, asked_at
           from email_changes where confirm_hash = $1 and expires_at > $2 and confirmed_at is null"#,
        hash,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

/// `false` when it was confirmed or forgotten meanwhile. Like all that follow, after the member's row is locked by
/// `set_email`.
pub(in super::super) async fn confirm_email_change(
    tx: &mut Tx,
    id: EmailChangeId,
    undo_hash: &[u8],
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update email_changes set confirmed_at = $2, undo_hash = $3 where change_id = $1 and confirmed_at is null",
        id.0,
        now,
        undo_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn undoable_change(
    tx: &mut Tx,
    hash: &[u8],
    confirmed_after: Moment,
) -> Done<Option<EmailChange>> {
    sqlx::query_as!(
        EmailChange,
        r#"select change_id as "id: EmailChangeId", member_id as "member: MemberId", old_email, new_email, asked_at
           from email_changes where undo_hash = $1 and confirmed_at > $2 and undone_at is null"#,
        hash,
        confirmed_after
    )
    .fetch_optional(tx.conn())
    .await
}

/// Makes every link of the member that takes an address back worthless. `false` when this one was already.
pub(in super::super) async fn undo_email_changes(
    tx: &mut Tx,
    member: MemberId,
    id: EmailChangeId,
) -> Done<bool> {
    let now = tx.now();
    let undone = sqlx::query_scalar!(
        r#"update email_changes set undone_at = $2
           where member_id = $1 and confirmed_at is not null and undone_at is null
           returning change_id as "id: EmailChangeId""#,
        member.0,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(undone.contains(&id))
}

/// Whether somebody gave this address up so lately that they may still take it back.
pub(in super::super) async fn may_be_taken_back(r: &mut Reader, email: &str, within: Duration) -> Done<bool> {
    let since = r.now() - within;
    sqlx::query_scalar!(
        r#"select exists (select from email_changes
             where lower(old_email) = lower($1) and confirmed_at > $2 and undone_at is null) as "may!""#,
        email,
        since
    )
    .fetch_one(r.conn())
    .await
}

/// Addresses that the member has given up within this time, but for those that are somebody's now.
pub(in super::super) async fn given_up(
    r: &mut Reader,
    member: MemberId,
    within: Duration,
) -> Done<Vec<String>> {
    let since = r.now() - within;
    sqlx::query_scalar!(
        r#"select distinct c.old_email as "email!" from email_changes c
           where c.member_id = $1 and c.confirmed_at > $2 and c.undone_at is null
             and not exists (select from members m where lower(m.email) = lower(c.old_email))"#,
        member.0,
        since
    )
    .fetch_all(r.conn())
    .await
}

/// Proven, since who changes it has shown a link that it got. `false` when another account has it.
pub(in super::super) async fn set_email(tx: &mut Tx, member: MemberId, email: &str) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update members set email = $2, email_verified_at = $3 where member_id = $1
             and not exists (select from members o where lower(o.email) = lower($2) and o.member_id <> $1)"#,
        member.0,
        email,
        now
    )
    .execute(tx.conn())
    .await;
    match done {
        Ok(done) => Ok(done.rows_affected() == 1),
        // At this very moment.
        Err(error) if error.as_database_error().is_some_and(|e| e.is_unique_violation()) => Ok(false),
        Err(error) => Err(error),
    }
}

pub(in super::super) async fn prune_email_changes(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from email_changes where asked_at < $1", before).execute(tx.conn()).await?;
    Ok(())
}
