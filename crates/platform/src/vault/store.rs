//! The SQL of people's keys.

use crate::db::{Reader, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// Somebody's key as it is kept.
pub(super) struct Wrapped {
    pub bytes: Vec<u8>,
    /// The name of the vault's key that it is wrapped with; empty when it had none yet.
    pub by: String,
}

/// A wrapped key and whose it is.
pub(super) struct Row {
    pub subject: Uuid,
    pub wrapped: Wrapped,
}

pub(super) async fn wrapped(r: &mut Reader, subject: Uuid) -> Done<Option<Wrapped>> {
    sqlx::query_as!(
        Wrapped,
        "select wrapped as bytes, wrapped_by as by from vault.subject_keys where subject_id = $1",
        subject
    )
    .fetch_optional(r.conn())
    .await
}

/// Answers the key that counts: this one, or the one that was there already.
pub(super) async fn insert(tx: &mut Tx, subject: Uuid, wrapped: &[u8], by: &str) -> Done<Wrapped> {
    let now = tx.now();
    sqlx::query_as!(
        Wrapped,
        r#"insert into vault.subject_keys (subject_id, wrapped, wrapped_by, created_at) values ($1, $2, $3, $4)
           on conflict (subject_id) do update set wrapped = vault.subject_keys.wrapped
           returning wrapped as bytes, wrapped_by as by"#,
        subject,
        wrapped,
        by,
        now
    )
    .fetch_one(tx.conn())
    .await
}

/// The name of the key that new keys are wrapped with: `first`, if there is none yet. It stays until the transaction
/// ends.
pub(super) async fn hold_current(tx: &mut Tx, first: &str) -> Done<String> {
    let now = tx.now();
    let found = sqlx::query_scalar!("select key_id from vault.current_key for share")
        .fetch_optional(tx.conn())
        .await?;
    if let Some(found) = found {
        return Ok(found);
    }
    sqlx::query!(
        "insert into vault.current_key (key_id, since) values ($1, $2) on conflict do nothing",
        first,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query_scalar!("select key_id from vault.current_key for share").fetch_one(tx.conn()).await
}

pub(super) async fn current(r: &mut Reader) -> Done<Option<String>> {
    sqlx::query_scalar!("select key_id from vault.current_key").fetch_optional(r.conn()).await
}

/// Waits for everybody who wraps right now.
pub(super) async fn set_current(tx: &mut Tx, key: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update vault.current_key set key_id = $1, since = $2", key, now)
        .execute(tx.conn())
        .await
        .map(drop)
}

/// Locks keys that are not wrapped with `key` yet, after somebody's.
pub(super) async fn not_by(tx: &mut Tx, key: &str, after: Uuid, limit: i64) -> Done<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select subject_id, wrapped, wrapped_by from vault.subject_keys
           where subject_id > $2 and wrapped_by <> $1 order by subject_id limit $3 for update"#,
        key,
        after,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    let row = |subject, bytes, by| Row { subject, wrapped: Wrapped { bytes, by } };
    Ok(rows.into_iter().map(|r| row(r.subject_id, r.wrapped, r.wrapped_by)).collect())
}

/// Replaces wrapped keys; those of people who were forgotten meanwhile stay forgotten.
pub(super) async fn rewrap(tx: &mut Tx, key: &str, subjects: &[Uuid], wrapped: &[Vec<u8>]) -> Done<()> {
    sqlx::query!(
        r#"update vault.subject_keys k set wrapped = n.wrapped, wrapped_by = $1
           from unnest($2::uuid[], $3::bytea[]) as n (subject_id, wrapped) where k.subject_id = n.subject_id"#,
        key,
        subjects,
        wrapped
    )
    .execute(tx.conn())
    .await
    .map(drop)
}

/// How many keys are wrapped with each of the vault's keys.
pub(super) async fn counts(r: &mut Reader) -> Done<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select wrapped_by, count(*) as "count!" from vault.subject_keys group by wrapped_by order by wrapped_by"#
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.wrapped_by, r.count)).collect())
}

pub(super) async fn delete(tx: &mut Tx, subject: Uuid) -> Done<()> {
    sqlx::query!("delete from vault.subject_keys where subject_id = $1", subject).execute(tx.conn()).await?;
    Ok(())
}
