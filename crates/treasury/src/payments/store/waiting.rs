//! The SQL of payments and refunds that wait for news.

use kernel::{Moment, PaymentId, RefundId};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

/// Payments that take their time, of which nothing was heard since `before`; the oldest first.
pub(in super::super) async fn payments(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<PaymentId>> {
    sqlx::query_scalar!(
        r#"select payment_id as "payment_id: PaymentId" from payments
           where state in ('requires_action', 'processing') and updated_at < $1 order by updated_at limit $2"#,
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Refunds that were asked for before `before` and have not ended; the oldest first.
pub(in super::super) async fn refunds(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<RefundId>> {
    sqlx::query_scalar!(
        r#"select refund_id as "refund_id: RefundId" from refunds
           where state in ('pending', 'needs_attention') and created_at < $1 order by created_at limit $2"#,
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// The refunds of a payment of which there may be news, also after they succeeded.
pub(in super::super) async fn refunds_of(r: &mut Reader, payment: PaymentId) -> Done<Vec<RefundId>> {
    sqlx::query_scalar!(
        r#"select refund_id as "refund_id: RefundId" from refunds
           where payment_id = $1 and state in ('unknown', 'pending', 'needs_attention', 'succeeded') order by created_at"#,
        payment.0
    )
    .fetch_all(r.conn())
    .await
}
