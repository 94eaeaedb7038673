//! The SQL of our own entries, by what they change at a provider.

use super::super::matching::{Effect, Ours};
use kernel::{Currency, Moment};
use ledger::{EntryId, EntryKind};
use platform::{Reader, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    entry_id: i64,
    kind: String,
    subject: Uuid,
    occurred_at: Moment,
    currency: Currency,
    net: i64,
    fee: i64,
}

/// Rows of one entry stand together.
fn gathered(rows: Vec<Row>) -> Vec<Ours> {
    let mut all: Vec<Ours> = Vec::new();
    for row in rows {
        let effect = Effect { currency: row.currency, net: row.net, fee: row.fee };
        match all.last_mut().filter(|last| last.entry.0 == row.entry_id) {
            Some(last) => last.effects.push(effect),
            None => all.push(Ours {
                entry: EntryId(row.entry_id),
                kind: row.kind,
                subject: row.subject,
                at: row.occurred_at,
                effects: vec![effect],
            }),
        }
    }
    all.retain_mut(|ours| {
        ours.effects.retain(|effect| effect.net != 0 || effect.fee != 0);
        !ours.effects.is_empty()
    });
    all
}

fn names(kinds: &[EntryKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}

/// The names by which our entries may call what a line is about: its own, and the payment's if it is the money of one.
pub(in super::super) async fn references(r: &mut Reader, provider: &str, source: &str) -> Done<Vec<String>> {
    let mut all = sqlx::query_scalar!(
        r#"select provider_ref as "reference!" from payments
           where provider = $1 and charge_ref = $2 and provider_ref is not null"#,
        provider,
        source
    )
    .fetch_all(r.conn())
    .await?;
    all.push(source.to_owned());
    Ok(all)
}

/// Entries by these names that no line explains yet, oldest first. What a person has cleared is not among them.
pub(in super::super) async fn named(
    r: &mut Reader,
    provider: &str,
    references: &[String],
    kinds: &[EntryKind],
) -> Done<Vec<Ours>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.entry_id, e.kind, e.subject, e.occurred_at, a.currency as "currency: Currency",
             coalesce(sum(l.amount) filter (where a.name = 'A:provider_pending'), 0)::bigint as "net!",
             coalesce(sum(l.amount) filter (
               where a.name in ('X:provider_fees', 'X:dispute_fees', 'X:payout_fees')), 0)::bigint as "fee!"
           from ledger.entries e join ledger.lines l on l.entry_id = e.entry_id
             join ledger.accounts a on a.account_id = l.account_id
           where e.provider_ref = any($2) and e.kind = any($3)
             and exists (select from ledger.lines x join ledger.accounts b on b.account_id = x.account_id
               where x.entry_id = e.entry_id and b.code = 'A:provider_pending:' || $1 || ':' || b.currency)
             and not exists (select from provider_matches m where m.entry_id = e.entry_id)
             and not exists (select from suspense s where s.entry_id = e.entry_id and s.ended_at is not null)
           group by e.entry_id, e.kind, e.subject, e.occurred_at, a.currency
           order by e.entry_id, a.currency"#,
        provider,
        references,
        &names(kinds)
    )
    .fetch_all(r.conn())
    .await?;
    Ok(gathered(rows))
}

/// As [`named`], by what they changed in a currency and about when: those of things that came back last, then the oldest first.
pub(in super::super) async fn alike(
    r: &mut Reader,
    provider: &str,
    kinds: &[EntryKind],
    (net, currency): (i64, Currency),
    (from, to): (Moment, Moment),
) -> Done<Vec<Ours>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.entry_id, e.kind, e.subject, e.occurred_at, a.currency as "currency: Currency",
             coalesce(sum(l.amount) filter (where a.name = 'A:provider_pending'), 0)::bigint as "net!",
             coalesce(sum(l.amount) filter (
               where a.name in ('X:provider_fees', 'X:dispute_fees', 'X:payout_fees')), 0)::bigint as "fee!"
           from ledger.entries e join ledger.lines l on l.entry_id = e.entry_id
             join ledger.accounts a on a.account_id = l.account_id
           where e.kind = any($2) and e.occurred_at between $5 and $6
             and $3 = (select coalesce(sum(x.amount), 0)::bigint from ledger.lines x
               join ledger.accounts b on b.account_id = x.account_id
               where x.entry_id = e.entry_id and b.code = 'A:provider_pending:' || $1 || ':' || $4)
             and not exists (select from provider_matches m where m.entry_id = e.entry_id)
             and not exists (select from suspense s where s.entry_id = e.entry_id and s.ended_at is not null)
           group by e.entry_id, e.kind, e.subject, e.occurred_at, a.currency
           order by exists (select from ledger.entries o where o.subject = e.subject and o.entry_id <> e.entry_id
               and o.kind = any($2)), e.entry_id, a.currency
           limit 50"#,
        provider,
        &names(kinds),
        net,
        currency.code(),
        from,
        to
    )
    .fetch_all(r.conn())
    .await?;
    Ok(gathered(rows))
}

/// A line explains an entry from now on. False if another one did already.
pub(in super::super) async fn explain(tx: &mut Tx, provider: &str, line: &str, entry: EntryId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into provider_matches (entry_id, provider, line_ref, matched_at) values ($1, $2, $3, $4)
         on conflict on constraint provider_matches_pkey do nothing",
        entry.0,
        provider,
        line,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Entries since `since` that no line explains and that are not in suspense, nor were, oldest first.
pub(in super::super) async fn waiting(
    r: &mut Reader,
    provider: &str,
    kinds: &[EntryKind],
    since: Moment,
) -> Done<Vec<Ours>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.entry_id, e.kind, e.subject, e.occurred_at, a.currency as "currency: Currency",
             coalesce(sum(l.amount) filter (where a.name = 'A:provider_pending'), 0)::bigint as "net!",
             coalesce(sum(l.amount) filter (
               where a.name in ('X:provider_fees', 'X:dispute_fees', 'X:payout_fees')), 0)::bigint as "fee!"
           from ledger.entries e join ledger.lines l on l.entry_id = e.entry_id
             join ledger.accounts a on a.account_id = l.account_id
           where e.kind = any($2) and e.occurred_at >= $3
             and exists (select from ledger.lines x join ledger.accounts b on b.account_id = x.account_id
               where x.entry_id = e.entry_id and b.code = 'A:provider_pending:' || $1 || ':' || b.currency)
             and not exists (select from provider_matches m where m.entry_id = e.entry_id)
             and not exists (select from suspense s where s.entry_id = e.entry_id)
           group by e.entry_id, e.kind, e.subject, e.occurred_at, a.currency
           order by e.occurred_at, e.entry_id, a.currency"#,
        provider,
        &names(kinds),
        since
    )
    .fetch_all(r.conn())
    .await?;
    Ok(gathered(rows))
}

/// The provider's names of disputes whose entries no line explains yet.
pub(in super::super) async fn disputes_open(r: &mut Reader, provider: &str, limit: i64) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"select distinct e.provider_ref as "reference!" from ledger.entries e
           where e.kind in ('dispute_opened', 'dispute_won') and e.provider_ref is not null
             and exists (select from ledger.lines x join ledger.accounts b on b.account_id = x.account_id
               where x.entry_id = e.entry_id and b.code = 'A:provider_pending:' || $1 || ':' || b.currency)
             and not exists (select from provider_matches m where m.entry_id = e.entry_id)
           order by 1 desc limit $2"#,
        provider,
        limit
    )
    .fetch_all(r.conn())
    .await
}
