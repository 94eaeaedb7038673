//! The SQL of statements: lines, and where reading them goes on.

use super::super::matching::Line;
use crate::payments::provider::{ProviderBalance, ProviderLine};
use kernel::{Currency, Moment, Money};
use ledger::EntryId;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// Whose statement: ours, or that of a seller's own account.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Whose<'a> {
    pub provider: &'a str,
    pub account: Option<&'a str>,
}

impl Whose<'_> {
    fn account(&self) -> &str {
        self.account.unwrap_or_default()
    }
}

/// Keeps lines; answers how many were new.
pub(in super::super) async fn keep(tx: &mut Tx, whose: Whose<'_>, lines: &[ProviderLine]) -> Done<i64> {
    let (now, state) = (tx.now(), if whose.account.is_some() { "mirror" } else { "waiting" });
    let mut new = 0;
    for line in lines {
        let done = sqlx::query!(
            "insert into provider_lines (provider, line_ref, account, kind, amount, fee, net, currency, source_ref, created_at,
               available_on, raw, seen_at, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict on constraint provider_lines_pkey do nothing",
            whose.provider,
            line.reference,
            whose.account(),
            line.kind,
            line.amount,
            line.fee,
            line.net,
            line.currency.code(),
            line.source.as_deref(),
            line.at,
            line.available_on,
            line.raw,
            now,
            state
        )
        .execute(tx.conn())
        .await?;
        new += i64::try_from(done.rows_affected()).unwrap_or(0);
    }
    Ok(new)
}

/// Where a reading that was cut goes on, and when it began.
pub(in super::super) async fn going(r: &mut Reader, whose: Whose<'_>) -> Done<Option<(String, Moment)>> {
    let row = sqlx::query!(
        "select cursor, read_at from provider_cursors where provider = $1 and account = $2 and what = 'lines'",
        whose.provider,
        whose.account()
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| (row.cursor, row.read_at)))
}

pub(in super::super) async fn set_going(
    tx: &mut Tx,
    whose: Whose<'_>,
    cursor: &str,
    began: Moment,
) -> Done<()> {
    sqlx::query!(
        "insert into provider_cursors (provider, account, what, cursor, read_at) values ($1, $2, 'lines', $3, $4)
         on conflict on constraint provider_cursors_pkey do update set cursor = excluded.cursor, read_at = excluded.read_at",
        whose.provider,
        whose.account(),
        cursor,
        began
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn end_going(tx: &mut Tx, whose: Whose<'_>) -> Done<()> {
    sqlx::query!(
        "delete from provider_cursors where provider = $1 and account = $2 and what = 'lines'",
        whose.provider,
        whose.account()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// When the last whole reading began.
pub(in super::super) async fn last_mark(r: &mut Reader, whose: Whose<'_>) -> Done<Option<Moment>> {
    sqlx::query_scalar!(
        "select max(read_at) from statement_marks where provider = $1 and account = $2",
        whose.provider,
        whose.account()
    )
    .fetch_one(r.conn())
    .await
}

/// The cursor of the last reading that began so early. None: all of the statement.
pub(in super::super) async fn cursor_before(
    r: &mut Reader,
    whose: Whose<'_>,
    at: Moment,
) -> Done<Option<String>> {
    sqlx::query_scalar!(
        "select cursor from statement_marks where provider = $1 and account = $2 and read_at <= $3
         order by read_at desc limit 1",
        whose.provider,
        whose.account(),
        at
    )
    .fetch_optional(r.conn())
    .await
}

/// Keeps where a reading ended; of the marks before `keep_since` only the newest is needed.
pub(in super::super) async fn set_mark(
    tx: &mut Tx,
    whose: Whose<'_>,
    cursor: &str,
    began: Moment,
    keep_since: Moment,
) -> Done<()> {
    sqlx::query!(
        "insert into statement_marks (provider, account, read_at, cursor) values ($1, $2, $3, $4)
         on conflict on constraint statement_marks_pkey do update set cursor = excluded.cursor",
        whose.provider,
        whose.account(),
        began,
        cursor
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "delete from statement_marks m where m.provider = $1 and m.account = $2 and m.read_at < (
           select max(k.read_at) from statement_marks k where k.provider = $1 and k.account = $2 and k.read_at <= $3)",
        whose.provider,
        whose.account(),
        keep_since
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn keep_balance(
    tx: &mut Tx,
    whose: Whose<'_>,
    balance: &[ProviderBalance],
    at: Moment,
) -> Done<()> {
    for row in balance {
        sqlx::query!(
            "insert into provider_balances (provider, account, currency, asked_at, pending, available, reserved)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint provider_balances_pkey do nothing",
            whose.provider,
            whose.account(),
            row.currency.code(),
            at,
            row.pending,
            row.available,
            row.reserved
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// What lines of ours that nothing explains yet are about, after `after` in the order of the alphabet.
pub(in super::super) async fn open_sources(
    r: &mut Reader,
    provider: &str,
    after: &str,
    limit: i64,
) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"select distinct coalesce(source_ref, line_ref) as "source!" from provider_lines
           where provider = $1 and account = '' and state in ('waiting', 'suspended') and coalesce(source_ref, line_ref) > $2
           order by 1 limit $3"#,
        provider,
        after,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Lines of ours about one thing that nothing explains yet, oldest first.
pub(in super::super) async fn open_of(tx: &mut Tx, provider: &str, source: &str) -> Done<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select line_ref as reference, kind, amount, fee, net, currency as "currency: Currency", source_ref as source,
             created_at as at, state = 'suspended' as "is_suspended!"
           from provider_lines
           where provider = $1 and account = '' and state in ('waiting', 'suspended') and coalesce(source_ref, line_ref) = $2
           order by created_at, line_ref for update"#,
        provider,
        source
    )
    .fetch_all(tx.conn())
    .await
}

/// What became of a line; `entry` is the first that explains it, or what was booked because of it.
pub(in super::super) async fn set_state(
    tx: &mut Tx,
    provider: &str,
    line: &str,
    state: &str,
    entry: Option<EntryId>,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_lines set state = $3, entry_id = coalesce($4, entry_id), matched_at = $5
         where provider = $1 and line_ref = $2",
        provider,
        line,
        state,
        entry.map(|entry| entry.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives these lines their source, where the thing itself says that they are its own; answers how many there were that
/// did not know it.
pub(in super::super) async fn set_source(
    tx: &mut Tx,
    provider: &str,
    lines: &[String],
    source: &str,
) -> Done<u64> {
    let done = sqlx::query!(
        "update provider_lines set source_ref = $3
         where provider = $1 and line_ref = any($2) and source_ref is distinct from $3 and state in ('waiting', 'suspended')",
        provider,
        lines,
        source
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// Whether any line waits that a dispute may be behind.
pub(in super::super) async fn has_adjustments(r: &mut Reader, provider: &str) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from provider_lines where provider = $1 and account = '' and kind = 'adjustment'
             and state in ('waiting', 'suspended')) as "has!""#,
        provider
    )
    .fetch_one(r.conn())
    .await
}

/// A line that can be used now, and is not booked as such: its name and its net.
pub(in super::super) struct Usable {
    pub reference: String,
    pub net: i64,
    pub currency: Currency,
}

impl Usable {
    pub(in super::super) const fn money(&self) -> Money {
        Money::new(self.net, self.currency)
    }
}

/// Lines of ours that have become usable and are explained, locked, the oldest first. Those that moved nothing are left.
pub(in super::super) async fn usable(tx: &mut Tx, provider: &str, limit: i64) -> Done<Vec<Usable>> {
    let now = tx.now();
    sqlx::query_as!(
        Usable,
        r#"select line_ref as reference, net, currency as "currency: Currency" from provider_lines
           where provider = $1 and account = '' and available_entry is null and available_on <= $2 and net <> 0
             and state in ('matched', 'booked', 'undone', 'suspended', 'cleared')
           order by available_on, line_ref limit $3 for update skip locked"#,
        provider,
        now,
        limit
    )
    .fetch_all(tx.conn())
    .await
}

pub(in super::super) async fn set_usable(
    tx: &mut Tx,
    provider: &str,
    line: &str,
    entry: EntryId,
) -> Done<()> {
    sqlx::query!(
        "update provider_lines set available_entry = $3 where provider = $1 and line_ref = $2",
        provider,
        line,
        entry.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
