//! What a payment that its bank takes back changes in orders.

use super::Done;
use kernel::{Currency, OrderId, PaymentId};
use platform::Reader;

/// What of an order is still to be lost, and how it was sold.
#[derive(Clone, Copy, Debug)]
pub(in crate::orders) struct Left {
    pub order: OrderId,
    pub currency: Currency,
    pub total: i64,
    /// What went back to the buyer, or is about to.
    pub refunded: i64,
    pub charged_back: i64,
    pub tier: i16,
}

/// Of each order of a payment, by their ids.
pub(in crate::orders) async fn left(r: &mut Reader, payment: PaymentId) -> Done<Vec<Left>> {
    sqlx::query_as!(
        Left,
        r#"select o.order_id as "order: OrderId", o.currency as "currency: Currency", o.total_amount as total,
             coalesce((select sum(f.amount) from refunds f
               where f.order_id = o.order_id and f.state not in ('failed', 'bounced')), 0)::bigint as "refunded!",
             o.charged_back_amount as charged_back, o.seller_tier as tier
           from orders o where o.payment_id = $1 order by o.order_id"#,
        payment.0
    )
    .fetch_all(r.conn())
    .await
}
