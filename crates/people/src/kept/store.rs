//! The SQL of forms that are kept.

use super::model::Form;
use kernel::{KeptFormId, MemberId};
use platform::{Reader, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

pub(super) struct Row {
    pub page: String,
    pub action: String,
    pub sealed: Vec<u8>,
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: KeptFormId,
    member: MemberId,
    form: &Form<'_>,
    sealed: &[u8],
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into kept_forms (kept_id, member_id, page, action, sealed, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)"#,
        id.0,
        member.0,
        form.page,
        form.action,
        sealed,
        now,
        now + life
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets all but the `at_once` newest.
pub(super) async fn keep_newest(tx: &mut Tx, member: MemberId, at_once: i64) -> Done<()> {
    sqlx::query!(
        r#"delete from kept_forms where kept_id in (
             select kept_id from kept_forms where member_id = $1 order by created_at desc, kept_id desc offset $2)"#,
        member.0,
        at_once
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find(r: &mut Reader, member: MemberId, id: KeptFormId) -> Done<Option<Row>> {
    let now = r.now();
    sqlx::query_as!(
        Row,
        r#"select page, action, sealed from kept_forms
           where kept_id = $1 and member_id = $2 and expires_at > $3"#,
        id.0,
        member.0,
        now
    )
    .fetch_optional(r.conn())
    .await
}

pub(super) async fn delete(tx: &mut Tx, member: MemberId, id: KeptFormId) -> Done<()> {
    sqlx::query!("delete from kept_forms where kept_id = $1 and member_id = $2", id.0, member.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn delete_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from kept_forms where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx) -> Done<()> {
    let now = tx.now();
    sqlx::query!("delete from kept_forms where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}
