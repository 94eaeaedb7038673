//! The SQL of people's keys.

use crate::db::{Reader, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn wrapped(r: &mut Reader, subject: Uuid) -> Done<Option<Vec<u8>>> {
    sqlx::query_scalar!("select wrapped from vault.subject_keys where subject_id = $1", subject)
        .fetch_optional(r.conn())
        .await
}

/// Answers the key that counts: this one, or the one that was there already.
pub(super) async fn insert(tx: &mut Tx, subject: Uuid, wrapped: &[u8]) -> Done<Vec<u8>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"insert into vault.subject_keys (subject_id, wrapped, created_at) values ($1, $2, $3)
           on conflict (subject_id) do update set wrapped = vault.subject_keys.wrapped returning wrapped"#,
        subject,
        wrapped,
        now
    )
    .fetch_one(tx.conn())
    .await
}
