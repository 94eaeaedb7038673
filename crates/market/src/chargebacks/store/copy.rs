//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

/// What banks asked about what they bought or sold, and how it ended.
pub fn chargebacks(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select c.chargeback_id as id, s.order_id, case when o.buyer_id = $1 then 'buyer' else 'seller' end as side,
               c.reason, s.amount, c.currency, s.reserved_amount, c.state, c.opened_at, c.closed_at
             from chargeback_shares s join chargebacks c using (chargeback_id) join orders o using (order_id)
             where o.buyer_id = $1 or o.seller_id = $1 order by c.opened_at, c.chargeback_id, s.order_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// What networks warned of, among what they paid.
pub fn warnings(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select w.payment_id, w.provider, w.kind, w.at from fraud_warnings w join payments p using (payment_id)
             where p.buyer_id = $1 order by w.at) x"#,
        member.0
    )
    .fetch(r.conn())
}
