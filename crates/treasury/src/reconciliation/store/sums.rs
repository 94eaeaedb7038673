//! The SQL of sums: what the books hold at a provider, and what of the statement is not in them.

use super::super::model::Held;
use kernel::{Currency, Moment};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

/// What the books hold in a currency.
pub(in super::super) struct Books {
    pub currency: Currency,
    pub held: Held,
}

pub(in super::super) async fn books(r: &mut Reader, provider: &str) -> Done<Vec<Books>> {
    let rows = sqlx::query!(
        r#"select a.currency as "currency!: Currency",
             coalesce(sum(ledger.balance_of(a.code)) filter (where a.name = 'A:provider_pending'), 0)::bigint as "pending!",
             coalesce(sum(ledger.balance_of(a.code)) filter (where a.name = 'A:provider_available'), 0)::bigint as "available!"
           from ledger.accounts a
           where a.code in ('A:provider_pending:' || $1 || ':' || a.currency, 'A:provider_available:' || $1 || ':' || a.currency)
           group by a.currency order by a.currency"#,
        provider
    )
    .fetch_all(r.conn())
    .await?;
    let held = |pending, available| Held { pending, available };
    Ok(rows
        .into_iter()
        .map(|row| Books { currency: row.currency, held: held(row.pending, row.available) })
        .collect())
}

/// Lines that moved something at the provider and nothing in the books, in a currency.
pub(in super::super) struct Unbooked {
    pub currency: Currency,
    /// Those that wait for their entries, and those that stay within the provider.
    pub waiting: i64,
    /// Of all of them, what can be used, and what cannot yet.
    pub held: Held,
}

pub(in super::super) async fn unbooked(r: &mut Reader, provider: &str, at: Moment) -> Done<Vec<Unbooked>> {
    let rows = sqlx::query!(
        r#"select currency as "currency: Currency",
             coalesce(sum(net) filter (where state = 'waiting'), 0)::bigint as "waiting!",
             coalesce(sum(net) filter (where available_on > $2), 0)::bigint as "pending!",
             coalesce(sum(net) filter (where available_on <= $2), 0)::bigint as "available!"
           from provider_lines where provider = $1 and account = '' and state in ('waiting', 'within')
           group by currency"#,
        provider,
        at
    )
    .fetch_all(r.conn())
    .await?;
    let held = |pending, available| Held { pending, available };
    Ok(rows
        .into_iter()
        .map(|row| Unbooked {
            currency: row.currency,
            waiting: row.waiting,
            held: held(row.pending, row.available),
        })
        .collect())
}

/// Whether a line becomes usable so near to a moment that two clocks may differ about it.
pub(in super::super) async fn turns_usable(
    r: &mut Reader,
    provider: &str,
    currency: Currency,
    (from, to): (Moment, Moment),
) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from provider_lines where provider = $1 and account = '' and currency = $2
             and available_on between $3 and $4 and net <> 0) as "is!""#,
        provider,
        currency.code(),
        from,
        to
    )
    .fetch_one(r.conn())
    .await
}

/// What providers kept of payments whose orders are not released: it is earned when they are. Booked with the payment, or from its
/// line.
pub(in super::super) async fn fees_ahead(r: &mut Reader) -> Done<Vec<(Currency, i64)>> {
    let rows = sqlx::query!(
        r#"with payments as (
             select e.entry_id from ledger.accounts held
               join ledger.balances b on b.account_id = held.account_id and b.posted > 0
               join ledger.entries e on e.subject = held.owner_id and e.kind = 'pay'
             where held.name = 'L:escrow'),
           kept as (
             select entry_id from payments
             union
             select f.entry_id from payments p join provider_matches m on m.entry_id = p.entry_id
               join ledger.entries f on f.key = 'line:' || m.provider || ':' || m.line_ref || '-fee')
           select a.currency as "currency: Currency", sum(l.amount)::bigint as "fees!"
           from kept join ledger.lines l on l.entry_id = kept.entry_id
             join ledger.accounts a on a.account_id = l.account_id and a.name = 'X:provider_fees'
           group by a.currency"#
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.fees)).collect())
}

/// What stands open between currencies: owed in one, held in another. Debits positive.
pub(in super::super) async fn positions(r: &mut Reader) -> Done<Vec<(Currency, i64)>> {
    let rows = sqlx::query!(
        r#"select a.currency as "currency: Currency", -ledger.balance_of(a.code) as "open!" from ledger.accounts a
           where a.name = 'E:fx_position'"#
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.open)).collect())
}
