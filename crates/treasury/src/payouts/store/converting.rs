//! The SQL of what a provider has made of another currency.

use super::Done;
use kernel::{Currency, Money, OrderId, PaymentId};
use platform::Reader;

/// The currency in which the provider counts what a payment brought, where that is another one than it was paid in.
pub async fn settled_in(r: &mut Reader, payment: PaymentId) -> Done<Option<Currency>> {
    sqlx::query_scalar!(
        r#"select settled_currency as "settled!: Currency" from payments where payment_id = $1 and settled_currency <> currency"#,
        payment.0
    )
    .fetch_optional(r.conn())
    .await
}

/// What an order's payment was, and what the provider counted of it in another currency; nothing where it did not.
pub async fn settled_of(r: &mut Reader, order: OrderId) -> Done<Option<(Money, Money)>> {
    let row = sqlx::query!(
        r#"select p.amount, p.currency as "currency: Currency", p.settled_amount as "settled!",
             p.settled_currency as "settled_currency!: Currency"
           from orders o join payments p using (payment_id)
           where o.order_id = $1 and p.settled_currency <> p.currency and p.settled_amount > 0"#,
        order.0
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| (Money::new(row.amount, row.currency), Money::new(row.settled, row.settled_currency))))
}
