//! The SQL of the seals.

use super::Anchor;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn seal(tx: &mut Tx, limit: i64) -> Done<i64> {
    let now = tx.now();
    sqlx::query_scalar!(r#"select ledger.seal($1, $2) as "n!""#, now, limit).fetch_one(tx.conn()).await
}

pub(super) async fn head(reader: &mut Reader) -> Done<Option<Anchor>> {
    sqlx::query_as!(
        Anchor,
        r#"select n, encode(hash, 'hex') as "hash!" from ledger.seals order by n desc limit 1"#
    )
    .fetch_optional(reader.conn())
    .await
}

/// Hexadecimal.
pub(super) async fn hash_of(reader: &mut Reader, n: i64) -> Done<Option<String>> {
    sqlx::query_scalar!(r#"select encode(hash, 'hex') as "hash!" from ledger.seals where n = $1"#, n)
        .fetch_optional(reader.conn())
        .await
}

pub(super) async fn waiting(reader: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(
        r#"with last as (select upto_xid, upto_entry from ledger.seals order by n desc limit 1)
           select count(*) as "n!" from ledger.entries e
           where e.xid >= coalesce((select upto_xid from last), '0')
             and (e.xid, e.entry_id) >
                 (coalesce((select upto_xid from last), '0'), coalesce((select upto_entry from last), 0))"#
    )
    .fetch_one(reader.conn())
    .await
}
