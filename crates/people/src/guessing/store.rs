//! The SQL of wrong tries.

use kernel::Moment;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// Counts one and locks the row; nothing when it is too early for another. A count that began before `anew` starts
/// again.
pub(super) async fn count(tx: &mut Tx, subject: &str, anew: Moment) -> Done<Option<(i32, Moment)>> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"insert into guesses as g (subject, failures, since, next_at) values ($1, 1, $2, $2)
           on conflict (subject) do update set
             failures = case when g.since <= $3 then 1 else g.failures + 1 end,
             since = case when g.since <= $3 then $2 else g.since end
           where g.next_at <= $2 or g.since <= $3
           returning failures, since"#,
        subject,
        now,
        anew
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.failures, row.since)))
}

pub(super) async fn wait(tx: &mut Tx, subject: &str, until: Moment) -> Done<()> {
    sqlx::query!("update guesses set next_at = $2 where subject = $1", subject, until)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn next_at(r: &mut Reader, subject: &str) -> Done<Option<Moment>> {
    sqlx::query_scalar!("select next_at from guesses where subject = $1", subject)
        .fetch_optional(r.conn())
        .await
}

pub(super) async fn delete(tx: &mut Tx, subject: &str) -> Done<()> {
    sqlx::query!("delete from guesses where subject = $1", subject).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from guesses where since < $1", before).execute(tx.conn()).await?;
    Ok(())
}
