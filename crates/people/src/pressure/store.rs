//! The SQL of pressure and of puzzles.

use kernel::Moment;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn count(tx: &mut Tx, minute: Moment, network: &str) -> Done<()> {
    sqlx::query!(
        r#"insert into pressure as p (minute, network, tries) values ($1, $2, 1)
           on conflict (minute, network) do update set tries = p.tries + 1"#,
        minute,
        network
    )
    .execute(tx.conn())
    .await
    .map(drop)
}

/// Tries since a moment, of each network no more than `most`.
pub(super) async fn tries(r: &mut Reader, since: Moment, most: i64) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(least(n.tries, $2)), 0)::bigint as "tries!" from (
             select sum(tries)::bigint as tries from pressure where minute >= $1 group by network) n"#,
        since,
        most
    )
    .fetch_one(r.conn())
    .await
}

pub(super) async fn is_on(r: &mut Reader) -> Done<bool> {
    sqlx::query_scalar!("select is_on from pressure_state").fetch_one(r.conn()).await
}

/// Switches, and answers whether it was the other way before: of many who see the same, one tells of it.
pub(super) async fn switch(tx: &mut Tx, on: bool) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!("update pressure_state set is_on = $1, since = $2 where is_on <> $1", on, now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether it was not spent before.
pub(super) async fn spend(tx: &mut Tx, hash: &[u8], until: Moment) -> Done<bool> {
    let done = sqlx::query!(
        "insert into spent_puzzles (hash, expires_at) values ($1, $2) on conflict do nothing",
        hash,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what was before a moment, and what can no longer be spent twice.
pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    let now = tx.now();
    sqlx::query!("delete from pressure where minute < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from spent_puzzles where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}
