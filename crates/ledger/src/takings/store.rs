//! The SQL of takings. What counts for a seller grows by credits; what they owe is an asset, so its debits take off.

use super::{After, Part, Taking};
use crate::store::EntryId;
use kernel::{Currency, Moment, Money, OrderId};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn next(r: &mut Reader, after: After, to: Moment, limit: i64) -> Done<Vec<Taking>> {
    let rows = sqlx::query!(
        r#"with taken as (
             select entry_id, kind, subject, occurred_at from ledger.entries
             where kind in ('release', 'clawback', 'dispute_lost_after')
               and (occurred_at, entry_id) > ($1, $2) and occurred_at < $3
             order by occurred_at, entry_id limit $4)
           select s.entry_id as "entry_id!", s.kind as "kind!", s.subject as "order!: OrderId", s.occurred_at as "at!",
             a.name as "name!", a.currency as "currency!: Currency", (-sum(l.amount))::bigint as "amount!"
           from taken s join ledger.lines l using (entry_id) join ledger.accounts a using (account_id)
           where a.name in ('L:seller_payable', 'L:seller_reserve', 'A:seller_receivable', 'L:dispute_reserve', 'R:commission',
             'R:buyer_fee', 'L:tax')
           group by s.entry_id, s.kind, s.subject, s.occurred_at, a.name, a.currency
           order by s.occurred_at, s.entry_id, a.name, a.currency"#,
        after.at,
        after.entry,
        to,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    let mut all: Vec<Taking> = Vec::new();
    for row in rows {
        let part = match row.name.as_str() {
            "R:commission" => Part::Commission,
            "R:buyer_fee" => Part::BuyerFee,
            "L:tax" => Part::Tax,
            _ => Part::Seller,
        };
        let money = Money::new(row.amount, row.currency);
        match all.last_mut().filter(|last| last.entry.0 == row.entry_id) {
            Some(last) => last.parts.push((part, money)),
            None => all.push(Taking {
                entry: EntryId(row.entry_id),
                order: row.order,
                at: row.at,
                is_sale: row.kind.starts_with("release"),
                parts: vec![(part, money)],
            }),
        }
    }
    Ok(all)
}
