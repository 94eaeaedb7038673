//! The SQL of attempts: somebody between two factors.

use crate::accounts::model::Method;
use kernel::MemberId;
use platform::{Reader, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

pub(super) struct Row {
    pub member: MemberId,
    pub methods: Vec<String>,
    pub next: String,
}

pub(super) async fn insert(
    tx: &mut Tx,
    hash: &[u8],
    member: MemberId,
    method: Method,
    next: &str,
    life: Duration,
) -> Done<()> {
    let until = tx.now() + life;
    sqlx::query!(
        r#"insert into sign_in_attempts (attempt_hash, member_id, methods, next, expires_at)
           values ($1, $2, array[$3], $4, $5)"#,
        hash,
        member.0,
        method.name(),
        next,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find(r: &mut Reader, hash: &[u8]) -> Done<Option<Row>> {
    let now = r.now();
    sqlx::query_as!(
        Row,
        r#"select member_id as "member: MemberId", methods, next from sign_in_attempts
           where attempt_hash = $1 and expires_at > $2"#,
        hash,
        now
    )
    .fetch_optional(r.conn())
    .await
}

pub(super) async fn delete(tx: &mut Tx, hash: &[u8]) -> Done<bool> {
    let done =
        sqlx::query!("delete from sign_in_attempts where attempt_hash = $1", hash).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_of(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from sign_in_attempts where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx) -> Done<()> {
    let now = tx.now();
    sqlx::query!("delete from sign_in_attempts where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}
