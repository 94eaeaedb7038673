//! The SQL of the cover.

use super::Cover;
use kernel::Currency;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// One taking of earnings at a time, in all processes.
const TAKING: i64 = i64::from_be_bytes(*b"tptaking");

pub(super) async fn by_currency(reader: &mut Reader) -> Done<Vec<Cover>> {
    sqlx::query_as!(
        Cover,
        r#"select a.currency as "currency: Currency",
             coalesce(sum(s.stands) filter (
               where a.name in ('A:provider_pending', 'A:provider_available', 'A:dispute_held')), 0)::bigint as "held!",
             coalesce(sum(s.stands) filter (
               where c.kind = 'liability' and a.name <> 'L:seller_at_provider'), 0)::bigint as "owed!",
             coalesce(sum(s.stands) filter (where c.kind = 'revenue'), 0)::bigint as "earned!",
             coalesce(sum(s.stands) filter (where c.kind = 'expense'), 0)::bigint as "spent!",
             coalesce(sum(s.stands) filter (where a.name = 'A:bank'), 0)::bigint as "taken!"
           from ledger.accounts a join ledger.chart c on c.name = a.name
             left join ledger.balances b using (account_id)
             cross join lateral (
               select case when c.strict then b.posted else ledger.balance_of(a.code) end as stands) s
           group by a.currency order by a.currency"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn lock_taking(tx: &mut Tx) -> Done<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", TAKING).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn is_posted(tx: &mut Tx, key: &str) -> Done<bool> {
    sqlx::query_scalar!(r#"select exists (select from ledger.entries where key = $1) as "is!""#, key)
        .fetch_one(tx.conn())
        .await
}
