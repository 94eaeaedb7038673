//! The SQL of copies and deletions.

use super::model::{DataCopy, Deletion, Ready};
use kernel::{CopyId, ListingId, MailId, MemberId, Moment};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn copy(r: &mut Reader, member: MemberId) -> Done<Option<DataCopy>> {
    let row = sqlx::query!(
        r#"select copy_id as "id: CopyId", asked_at, key, bytes, ends_at from data_copies where member_id = $1"#,
        member.0
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| DataCopy {
        id: row.id,
        asked_at: row.asked_at,
        ready: match (row.key, row.bytes, row.ends_at) {
            (Some(key), Some(bytes), Some(ends_at)) => Some(Ready { key, bytes, ends_at }),
            _ => None,
        },
    }))
}

/// In place of an earlier one.
pub(super) async fn ask_copy(tx: &mut Tx, member: MemberId, id: CopyId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into data_copies (member_id, copy_id, asked_at) values ($1, $2, $3)
           on conflict (member_id) do update set copy_id = excluded.copy_id, asked_at = excluded.asked_at, key = null,
             bytes = null, ready_at = null, ends_at = null"#,
        member.0,
        id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// `false` when another one was asked for meanwhile, or its owner is gone.
pub(super) async fn copy_ready(tx: &mut Tx, member: MemberId, id: CopyId, ready: &Ready) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update data_copies set key = $3, bytes = $4, ready_at = $5, ends_at = $6
           where member_id = $1 and copy_id = $2 and ready_at is null"#,
        member.0,
        id.0,
        ready.key,
        ready.bytes,
        now,
        ready.ends_at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Unless another one was asked for.
pub(super) async fn end_copy(tx: &mut Tx, member: MemberId, key: &str) -> Done<()> {
    sqlx::query!("delete from data_copies where member_id = $1 and key = $2", member.0, key)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn delete_copy(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from data_copies where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn insert_deletion(
    tx: &mut Tx,
    member: MemberId,
    due_at: Moment,
    paused: &[ListingId],
) -> Done<()> {
    let (now, paused): (_, Vec<uuid::Uuid>) = (tx.now(), paused.iter().map(|id| id.0).collect());
    sqlx::query!(
        "insert into deletions (member_id, asked_at, due_at, paused) values ($1, $2, $3, $4)",
        member.0,
        now,
        due_at,
        &paused
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Locked until the unit of work is over.
pub(super) async fn lock_deletion(tx: &mut Tx, member: MemberId) -> Done<Option<Deletion>> {
    sqlx::query_as!(
        Deletion,
        r#"select member_id as "member: MemberId", asked_at, due_at, paused, reminded_at is not null as "is_reminded!",
             letter as "letter: MailId", step, erased_at is not null as "is_erased!"
           from deletions where member_id = $1 for update"#,
        member.0
    )
    .fetch_optional(tx.conn())
    .await
}

pub(super) async fn delete_deletion(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from deletions where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn set_reminded(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update deletions set reminded_at = $2 where member_id = $1", member.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_due(tx: &mut Tx, member: MemberId, due_at: Moment) -> Done<()> {
    sqlx::query!("update deletions set due_at = $2 where member_id = $1", member.0, due_at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_letter(tx: &mut Tx, member: MemberId, letter: MailId) -> Done<()> {
    sqlx::query!("update deletions set letter = $2 where member_id = $1", member.0, letter.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_step(tx: &mut Tx, member: MemberId, step: i32) -> Done<()> {
    sqlx::query!("update deletions set step = $2 where member_id = $1", member.0, step)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_erased(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update deletions set erased_at = $2, paused = '{}' where member_id = $1", member.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
