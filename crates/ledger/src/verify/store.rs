//! The queries of the verification. Each answers what contradicts one invariant, as lines for a person.

use super::{InTransit, Totals};
use crate::accounts::one_of_each;
use crate::entry::EntryKind;
use kernel::{Currency, MemberId, Money, OrderId, PayoutId, TaxPlace};
use platform::Reader;
use uuid::Uuid;

type Violations = Result<Vec<String>, sqlx::Error>;

/// The triggers without which the ledger would believe anything.
const GUARDS: &[&str] = &[
    "accounts_frozen",
    "accounts_kept",
    "balances_frozen",
    "balances_kept",
    "balances_moved_by_lines",
    "chart_frozen",
    "entries_frozen",
    "entries_have_lines",
    "entries_kept",
    "lines_checked",
    "lines_frozen",
    "lines_kept",
    "lines_move_balances",
    "seals_frozen",
    "seals_kept",
];

pub(super) async fn count_entries(reader: &mut Reader) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from ledger.entries"#).fetch_one(reader.conn()).await
}

/// Guards that are missing, or that somebody switched off.
pub(super) async fn guards_off(reader: &mut Reader) -> Violations {
    let names: Vec<String> = GUARDS.iter().map(|g| (*g).to_owned()).collect();
    sqlx::query_scalar!(
        r#"select 'the trigger ' || g.name || case when t.oid is null then ' is missing' else ' is switched off' end
             as "line!"
           from unnest($1::text[]) as g (name)
             left join pg_trigger t on t.tgname = g.name and not t.tgisinternal and t.tgrelid in (
               select oid from pg_class where relnamespace = 'ledger'::regnamespace)
           where t.oid is null or t.tgenabled not in ('O', 'A') order by 1"#,
        &names
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn trial_balance(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select currency || ' is off by ' || sum(amount) as "line!" from ledger.lines
           group by currency having sum(amount) <> 0 order by 1"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn unbalanced_entries(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select 'entry ' || entry_id || ' is off by ' || sum(amount) || ' ' || currency as "line!"
           from ledger.lines group by entry_id, currency having sum(amount) <> 0 order by entry_id"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn empty_entries(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select 'entry ' || e.entry_id || ' (' || e.key || ')' as "line!" from ledger.entries e
           where not exists (select from ledger.lines l where l.entry_id = e.entry_id) order by e.entry_id"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn wrong_currencies(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select 'entry ' || l.entry_id || ', line ' || l.n || ' in ' || l.currency || ' on account '
             || coalesce(a.code, l.account_id::text) as "line!"
           from ledger.lines l left join ledger.accounts a using (account_id)
           where a.currency is distinct from l.currency order by l.entry_id"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn lines_not_allowed(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select 'entry ' || e.entry_id || ' (' || e.kind || ') puts ' || l.amount || ' on ' || a.code as "line!"
           from ledger.lines l join ledger.entries e using (entry_id) join ledger.accounts a using (account_id)
             left join ledger.kinds k on k.kind = e.kind and k.account = a.name
               and k.side in ('both', case when l.amount > 0 then 'debit' else 'credit' end)
           where k.kind is null order by e.entry_id"#
    )
    .fetch_all(reader.conn())
    .await
}

/// Of every strict account, also of one whose running balance is missing.
pub(super) async fn wrong_running_balances(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select a.code || ' says ' || coalesce(b.posted::text, 'nothing') || ', its lines ' || coalesce(s.posted, 0)
             as "line!"
           from ledger.accounts a join ledger.chart c on c.name = a.name and c.strict
             left join ledger.balances b using (account_id)
             left join (
               select account_id, sum(amount) as raw from ledger.lines group by account_id
             ) r using (account_id)
             cross join lateral (select case when c.kind in ('asset', 'expense') then r.raw else -r.raw end as posted) s
           where b.posted is distinct from coalesce(s.posted, 0) order by a.account_id"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn overdrawn(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select a.code || ' holds ' || b.posted as "line!" from ledger.balances b
             join ledger.accounts a using (account_id) where b.posted < 0 order by a.account_id"#
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn wrong_snapshots(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select a.code || ' is said to hold ' || said.posted || ', its lines say ' || counted.posted as "line!"
           from ledger.snapshots s join ledger.accounts a using (account_id)
             join ledger.chart c on c.name = a.name
             cross join lateral (
               select case when c.kind in ('asset', 'expense') then coalesce(sum(amount), 0)
                           else -coalesce(sum(amount), 0) end as posted
               from ledger.lines l where l.account_id = a.account_id) counted
             cross join lateral (
               select case when c.kind in ('asset', 'expense') then raw else -raw end as posted from (
                 select s.posted + coalesce(sum(l.amount), 0) as raw
                 from ledger.lines l join ledger.entries e using (entry_id)
                 where l.account_id = a.account_id and e.xid >= s.upto) tail) said
           where said.posted <> counted.posted order by a.account_id"#
    )
    .fetch_all(reader.conn())
    .await
}

/// What sellers have at a provider, against the two accounts that mirror it.
pub(super) async fn mirrors_off(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select 'member ' || m.whose || ' has ' || m.theirs || ' there, the mirrors say ' || m.mirrored as "line!"
           from (
             select split_part(a.code, ':', 3) || ' at ' || split_part(a.code, ':', 4) || ' in ' || a.currency as whose,
               coalesce(sum(b.posted) filter (where a.name = 'L:seller_at_provider'), 0) as theirs,
               coalesce(sum(b.posted) filter (where a.name <> 'L:seller_at_provider'), 0) as mirrored
             from ledger.accounts a join ledger.balances b using (account_id)
             where a.name in ('A:connected', 'A:payout_in_transit', 'L:seller_at_provider') group by 1) m
           where m.theirs <> m.mirrored order by 1"#
    )
    .fetch_all(reader.conn())
    .await
}

/// Accounts of ours that the database's chart has not, or on which only one of both lets nothing be overdrawn. A chart that
/// knows more is that of a later version.
pub(super) async fn chart_differs(reader: &mut Reader) -> Violations {
    let (nobody, Some(place)) = (Uuid::nil(), TaxPlace::parse("DE")) else { return Ok(Vec::new()) };
    let all = one_of_each(OrderId(nobody), MemberId(nobody), PayoutId(nobody), place, "sandbox");
    let (names, strict): (Vec<String>, Vec<bool>) =
        all.iter().map(|account| (account.name().to_owned(), account.strict())).unzip();
    sqlx::query_scalar!(
        r#"select t.name || case when c.name is null then ' is missing' else ' is strict in one of both only' end
             as "line!"
           from unnest($1::text[], $2::boolean[]) as t (name, is_strict) left join ledger.chart c on c.name = t.name
           where c.strict is distinct from t.is_strict order by 1"#,
        &names,
        &strict
    )
    .fetch_all(reader.conn())
    .await
}

pub(super) async fn kinds_without_rows(reader: &mut Reader) -> Violations {
    let kinds: Vec<String> = EntryKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"select t.kind || ' may touch nothing' as "line!" from unnest($1::text[]) as t (kind)
           where not exists (select from ledger.kinds k where k.kind = t.kind) order by 1"#,
        &kinds
    )
    .fetch_all(reader.conn())
    .await
}

/// Counts every sealed entry again.
pub(super) async fn seal_faults(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(r#"select fault as "line!" from ledger.seal_faults() as fault"#)
        .fetch_all(reader.conn())
        .await
}

/// A dump that was restored into another cluster: transactions are counted anew there, and what waits for old ones to end
/// (balances, seals, events) would stand still without a word.
pub(super) async fn beyond_the_horizon(reader: &mut Reader) -> Violations {
    sqlx::query_scalar!(
        r#"select count(*) || ' entries are: the database was restored from a dump; restore a physical backup' as "line!"
           from ledger.entries where xid >= pg_snapshot_xmax(pg_current_snapshot())
             and xid is distinct from pg_current_xact_id_if_assigned() having count(*) > 0"#
    )
    .fetch_all(reader.conn())
    .await
}

/// Transit accounts that hold money, and since when: since they were last empty.
pub(super) async fn in_transit(reader: &mut Reader) -> Result<Vec<InTransit>, sqlx::Error> {
    let now = reader.now();
    let rows = sqlx::query!(
        r#"select a.code, a.currency as "currency: Currency", held.posted as "posted!",
             coalesce(m.since, a.opened_at) as "since!"
           from ledger.accounts a join ledger.chart c on c.name = a.name and c.transit
             left join ledger.balances b using (account_id)
             cross join lateral (
               select case when c.strict then b.posted else ledger.balance_of(a.code) end as posted) held
             cross join lateral (
               select max(at) as since from (
                 select e.occurred_at as at,
                        sum(l.amount) over (order by e.entry_id, l.n) - l.amount as held_before
                 from ledger.lines l join ledger.entries e using (entry_id) where l.account_id = a.account_id
               ) steps where held_before = 0) m
           where held.posted <> 0 order by 4, a.account_id"#
    )
    .fetch_all(reader.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| InTransit {
            account: row.code,
            money: Money::new(row.posted, row.currency),
            since: row.since,
            age_s: (now - row.since).whole_seconds(),
        })
        .collect())
}

pub(super) async fn totals(reader: &mut Reader) -> Result<Vec<Totals>, sqlx::Error> {
    sqlx::query_as!(
        Totals,
        r#"select l.currency as "currency: Currency",
             coalesce(sum(l.amount) filter (where c.kind = 'asset'), 0)::bigint as "assets!",
             -coalesce(sum(l.amount) filter (where c.kind = 'liability'), 0)::bigint as "liabilities!",
             -coalesce(sum(l.amount) filter (where c.kind = 'revenue'), 0)::bigint as "revenue!",
             coalesce(sum(l.amount) filter (where c.kind = 'expense'), 0)::bigint as "expenses!"
           from ledger.lines l join ledger.accounts a using (account_id) join ledger.chart c on c.name = a.name
           group by l.currency order by l.currency"#
    )
    .fetch_all(reader.conn())
    .await
}
