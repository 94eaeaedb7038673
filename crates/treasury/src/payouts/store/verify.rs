//! The SQL that compares payouts with the books.

use super::Done;
use platform::Reader;

/// Sellers whose account of what they are due is not the sum of what waits for them there. What came back of a transfer for a
/// dispute stands there too, until the dispute's own account takes it.
pub async fn payable_off(r: &mut Reader) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"with due as (
             select seller_id, currency, sum(amount - netted_amount - taken_amount)::bigint as due from settlements
             where (state in ('payable', 'transferring', 'transfer_unknown') or (state = 'on_hold' and kind <> 'reserve')
                 or (state = 'blocked' and transfer_ref is null)
                 or (state = 'in_payout' and transfer_ref is null and exists (
                   select from payout_items i join payouts p using (payout_id)
                   where i.settlement_id = settlements.settlement_id and p.state in ('gathered', 'sending', 'unknown'))))
             group by seller_id, currency),
           back as (
             select seller_id, coalesce(charged_currency, currency) as currency,
               sum(coalesce(ceil(taken_amount::numeric * charged_amount / amount), taken_amount))::bigint as back
             from settlements where reversals > 0 and taken_because = 'chargeback'
             group by seller_id, coalesce(charged_currency, currency)),
           books as (
             select a.owner_id as seller_id, right(a.code, 3) as currency, ledger.balance_of(a.code) as stands
             from ledger.accounts a where a.code like 'L:seller_payable:%')
           select coalesce(d.seller_id, b.seller_id)::text || ' ' || coalesce(d.currency, b.currency) || ': the books have '
             || coalesce(b.stands, 0) || ', sales that wait have ' || coalesce(d.due, 0) as "fault!"
           from due d full join books b on b.seller_id = d.seller_id and b.currency = d.currency
             left join back k on k.seller_id = coalesce(d.seller_id, b.seller_id)
               and k.currency = coalesce(d.currency, b.currency)
           where coalesce(b.stands, 0) - coalesce(d.due, 0) not between 0 and coalesce(k.back, 0)
           order by 1"#
    )
    .fetch_all(r.conn())
    .await
}

/// The same of what is kept back.
pub async fn reserve_off(r: &mut Reader) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"with due as (
             select seller_id, currency, sum(amount - netted_amount - taken_amount)::bigint as due from settlements
             where state = 'on_hold' and kind = 'reserve' group by seller_id, currency),
           books as (
             select a.owner_id as seller_id, right(a.code, 3) as currency, ledger.balance_of(a.code) as stands
             from ledger.accounts a where a.code like 'L:seller_reserve:%')
           select coalesce(d.seller_id, b.seller_id)::text || ' ' || coalesce(d.currency, b.currency) || ': the books have '
             || coalesce(b.stands, 0) || ', what is kept back is ' || coalesce(d.due, 0) as "fault!"
           from due d full join books b on b.seller_id = d.seller_id and b.currency = d.currency
           where coalesce(b.stands, 0) <> coalesce(d.due, 0)
           order by 1"#
    )
    .fetch_all(r.conn())
    .await
}

/// The same of what sellers owe.
pub async fn owed_off(r: &mut Reader) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"with due as (
             select seller_id, currency, sum(amount - recovered_amount - written_off_amount)::bigint as due from seller_debts
             where state = 'open' group by seller_id, currency),
           books as (
             select a.owner_id as seller_id, right(a.code, 3) as currency, ledger.balance_of(a.code) as stands
             from ledger.accounts a where a.code like 'A:seller_receivable:%')
           select coalesce(d.seller_id, b.seller_id)::text || ' ' || coalesce(d.currency, b.currency) || ': the books have '
             || coalesce(b.stands, 0) || ', open debts are ' || coalesce(d.due, 0) as "fault!"
           from due d full join books b on b.seller_id = d.seller_id and b.currency = d.currency
           where coalesce(b.stands, 0) <> coalesce(d.due, 0)
           order by 1"#
    )
    .fetch_all(r.conn())
    .await
}

/// Payouts that are not the sum of what they are of, and histories that do not lead to where their settlement is.
pub async fn histories_off(r: &mut Reader) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"select 'payout ' || p.number || ' is ' || p.amount || ' of ' || coalesce(sum(i.amount), 0) as "fault!"
           from payouts p left join payout_items i using (payout_id) group by p.payout_id
           having p.amount <> coalesce(sum(i.amount), 0)
           union all
           select 'settlement ' || s.settlement_id || ' is ' || s.state || ', and its history does not lead there'
           from settlements s where not exists (select from settlement_events e
             where e.settlement_id = s.settlement_id and e.n = s.version and e.to_state = s.state)
           union all
           select 'settlement ' || s.settlement_id || ' is in a payout, and there is none'
           from settlements s where s.state = 'in_payout' and not exists (
             select from payout_items i join payouts p using (payout_id)
             where i.settlement_id = s.settlement_id and p.state in ('gathered', 'sending', 'unknown', 'in_transit'))
           order by 1"#
    )
    .fetch_all(r.conn())
    .await
}
