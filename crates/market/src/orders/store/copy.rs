//! What an account's owner gets a copy of: their side of each order, and nothing that the other side has written.

use kernel::MemberId;
use platform::{Reader, Rows};

/// A seller does not get the buyer's address and complaint.
pub fn orders(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select order_id as id, number, case when buyer_id = $1 then 'buyer' else 'seller' end as side, payment_id,
               state, state_since, currency, items_amount, shipping_amount, buyer_fee_amount, commission_amount,
               tax_amount, tax_included_amount, total_amount, released_amount, refunded_amount, charged_back_amount, paid_at,
               released_at, delivery_method, carrier, tracking, created_at,
               case when buyer_id = $1 then delivery_address end as delivery_address,
               case when buyer_id = $1 then problem end as problem
             from orders where buyer_id = $1 or seller_id = $1 order by order_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn legs(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select order_id, leg_id as id, kind, case when from_member = $1 then 'given' else 'taken' end as direction,
               listing_id, quantity, title, unit_amount, amount, currency, state
             from order_legs where from_member = $1 or to_member = $1 order by order_id, leg_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// The steps of their orders; what went with a step only where it was theirs.
pub fn steps(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select e.order_id, e.n, e.transition, e.actor, e.from_state, e.to_state, e.at,
               case when e.actor_id = $1 then e.data end as data
             from order_events e join orders o using (order_id) where o.buyer_id = $1 or o.seller_id = $1
             order by e.order_id, e.n) x"#,
        member.0
    )
    .fetch(r.conn())
}
