//! The SQL of looking into the books.

use super::Booked;
use crate::entry::Line;
use crate::store::{EntryId, known};
use kernel::Money;
use platform::Reader;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// Entries about any of these, or that move an account of theirs.
pub(super) async fn about(reader: &mut Reader, about: &[Uuid]) -> Done<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select e.entry_id as "id!" from ledger.entries e where e.subject = any($1)
           union
           select l.entry_id from ledger.lines l join ledger.accounts a using (account_id)
           where a.owner_id = any($1)"#,
        about
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn of_owner(
    reader: &mut Reader,
    owner: Uuid,
    before: Option<EntryId>,
    limit: i64,
) -> Done<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select distinct l.entry_id from ledger.lines l join ledger.accounts a using (account_id)
           where a.owner_id = $1 and ($2::bigint is null or l.entry_id < $2) order by 1 desc limit $3"#,
        owner,
        before.map(|entry| entry.0),
        limit
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn of_account(
    reader: &mut Reader,
    code: &str,
    before: Option<EntryId>,
    limit: i64,
) -> Done<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select distinct l.entry_id from ledger.lines l join ledger.accounts a using (account_id)
           where a.code = $1 and ($2::bigint is null or l.entry_id < $2) order by 1 desc limit $3"#,
        code,
        before.map(|entry| entry.0),
        limit
    )
    .fetch_all(reader.conn())
    .await
}

/// These entries with all their lines, oldest first.
pub(super) async fn whole(reader: &mut Reader, ids: &[i64]) -> Done<Vec<Booked>> {
    let rows = sqlx::query!(
        r#"select e.entry_id, e.key, e.kind, e.subject, e.provider_ref, e.occurred_at, a.code, l.amount
           from ledger.entries e join ledger.lines l using (entry_id) join ledger.accounts a using (account_id)
           where e.entry_id = any($1) order by e.entry_id, l.n"#,
        ids
    )
    .fetch_all(reader.conn())
    .await?;
    let mut all: Vec<Booked> = Vec::new();
    for row in rows {
        let (account, currency) = known(&row.code)?;
        let line = Line { account, amount: Money::new(row.amount, currency) };
        match all.last_mut().filter(|last| last.entry.0 == row.entry_id) {
            Some(last) => last.lines.push(line),
            None => all.push(Booked {
                entry: EntryId(row.entry_id),
                key: row.key,
                kind: row.kind,
                subject: row.subject,
                at: row.occurred_at,
                provider_ref: row.provider_ref,
                lines: vec![line],
            }),
        }
    }
    Ok(all)
}
