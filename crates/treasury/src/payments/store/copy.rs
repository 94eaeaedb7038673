//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

pub fn payments(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select payment_id as id, provider, provider_ref, amount, currency, state, failure, created_at, updated_at
             from payments where buyer_id = $1 order by payment_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// Money on its way back to them.
pub fn refunds(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select r.refund_id as id, r.order_id, r.payment_id, r.amount, r.currency, r.state, r.created_at, r.settled_at
             from refunds r join payments p using (payment_id) where p.buyer_id = $1 order by r.refund_id) x"#,
        member.0
    )
    .fetch(r.conn())
}
