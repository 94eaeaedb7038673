//! The SQL of statements. What a seller owes is an asset, so that its lines, too, count against them as debits.

use super::StatementLine;
use crate::store::{EntryId, known};
use kernel::{Currency, MemberId, Moment, Money};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn due_before(
    reader: &mut Reader,
    member: MemberId,
    currency: Currency,
    from: Moment,
) -> Done<Money> {
    let amount = sqlx::query_scalar!(
        r#"select coalesce(-sum(l.amount), 0)::bigint as "amount!"
           from ledger.accounts a join ledger.lines l using (account_id) join ledger.entries e using (entry_id)
           where a.owner_id = $1 and a.currency = $2 and e.occurred_at < $3
             and a.name in ('L:seller_payable', 'L:seller_reserve', 'A:seller_receivable')"#,
        member.0,
        currency.code(),
        from
    )
    .fetch_one(reader.conn())
    .await?;
    Ok(Money::new(amount, currency))
}

pub(super) async fn lines(
    reader: &mut Reader,
    member: MemberId,
    currency: Currency,
    from: Moment,
    to: Moment,
) -> Done<Vec<StatementLine>> {
    let rows = sqlx::query!(
        r#"select e.entry_id, e.kind, e.subject, e.occurred_at, a.code, l.amount
           from ledger.accounts a join ledger.lines l using (account_id) join ledger.entries e using (entry_id)
           where a.owner_id = $1 and a.currency = $2 and e.occurred_at >= $3 and e.occurred_at < $4
             and a.name in ('L:seller_payable', 'L:seller_reserve', 'A:seller_receivable')
           order by e.occurred_at, e.entry_id, l.n"#,
        member.0,
        currency.code(),
        from,
        to
    )
    .fetch_all(reader.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StatementLine {
                entry: EntryId(row.entry_id),
                kind: row.kind,
                subject: row.subject,
                at: row.occurred_at,
                account: known(&row.code)?.0,
                amount: Money::new(row.amount.saturating_neg(), currency),
            })
        })
        .collect()
}
