//! The SQL of handles, those that were given up among them.

use super::Done;
use crate::accounts::model::Handle;
use kernel::{MemberId, Moment};
use platform::{Reader, Tx};

/// The member's handle, which stays so until the unit of work is over.
pub(in super::super) async fn lock_handle(tx: &mut Tx, member: MemberId) -> Done<Option<String>> {
    sqlx::query_scalar!(
        "select handle from members where member_id = $1 and deleted_at is null for no key update",
        member.0
    )
    .fetch_optional(tx.conn())
    .await
}

/// When they had another one last.
pub(in super::super) async fn handle_left_at(r: &mut Reader, member: MemberId) -> Done<Option<Moment>> {
    sqlx::query_scalar!("select max(left_at) from former_handles where member_id = $1", member.0)
        .fetch_one(r.conn())
        .await
}

/// `false` when somebody else has it.
pub(in super::super) async fn set_handle(tx: &mut Tx, member: MemberId, handle: &Handle) -> Done<bool> {
    let done = sqlx::query!(
        r#"update members set handle = $2 where member_id = $1
             and not exists (select from members o where lower(o.handle) = lower($2) and o.member_id <> $1)"#,
        member.0,
        handle.as_str()
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

pub(in super::super) async fn keep_handle(tx: &mut Tx, hash: &[u8], member: Option<MemberId>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into former_handles (handle_hash, member_id, left_at) values ($1, $2, $3)
           on conflict (handle_hash) do update set member_id = excluded.member_id, left_at = excluded.left_at"#,
        hash,
        member.map(|m| m.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn release_handle(tx: &mut Tx, hash: &[u8]) -> Done<()> {
    sqlx::query!("delete from former_handles where handle_hash = $1", hash).execute(tx.conn()).await?;
    Ok(())
}

pub(in super::super) async fn orphan_handles(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("update former_handles set member_id = null where member_id = $1", member.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in super::super) async fn is_handle_kept(
    r: &mut Reader,
    hash: &[u8],
    but: Option<MemberId>,
    since: Moment,
) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from former_handles where handle_hash = $1 and left_at > $3
             and ($2::uuid is null or member_id is distinct from $2)) as "is!""#,
        hash,
        but.map(|m| m.0),
        since
    )
    .fetch_one(r.conn())
    .await
}

pub(in super::super) async fn handle_of_former(
    r: &mut Reader,
    hash: &[u8],
    since: Moment,
) -> Done<Option<String>> {
    sqlx::query_scalar!(
        r#"select m.handle from former_handles f join members m using (member_id)
           where f.handle_hash = $1 and f.left_at > $2 and m.deleted_at is null and m.leaves_at is null"#,
        hash,
        since
    )
    .fetch_optional(r.conn())
    .await
}

pub(in super::super) async fn prune_handles(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from former_handles where left_at <= $1", before).execute(tx.conn()).await?;
    Ok(())
}
