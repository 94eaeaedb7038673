//! The SQL of what documents are made from.

use super::model::Profile;
use kernel::{Currency, MemberId, Moment, OrderId, PaymentId, PayoutId, RefundId};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

/// What a seller said in the clear.
pub(super) async fn profile(r: &mut Reader, seller: MemberId) -> Done<Option<Profile>> {
    let found = sqlx::query!(
        r#"select class = 'business' as "is_business!", country, business_name, registration, vat_id, self_billing_at
           from seller_profiles where member_id = $1"#,
        seller.0
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(found.map(|row| Profile {
        is_business: row.is_business,
        country: row.country,
        business_name: row.business_name,
        registration: row.registration,
        vat_id: row.vat_id,
        self_billing_at: row.self_billing_at,
        lines: Vec::new(),
    }))
}

/// What of a refund is tax: minor units.
pub(super) async fn refunded_tax(r: &mut Reader, refund: RefundId) -> Done<i64> {
    sqlx::query_scalar!("select tax_amount from refunds where refund_id = $1", refund.0)
        .fetch_one(r.conn())
        .await
}

pub(super) async fn of_payment(r: &mut Reader, payment: PaymentId) -> Done<Vec<OrderId>> {
    sqlx::query_scalar!(
        r#"select order_id as "id: OrderId" from orders where payment_id = $1 order by order_id"#,
        payment.0
    )
    .fetch_all(r.conn())
    .await
}

/// Money that went to a seller's bank.
#[derive(Clone, Debug)]
pub(super) struct Payout {
    pub id: PayoutId,
    pub number: String,
    pub seller: MemberId,
    pub currency: Currency,
    pub amount: i64,
    pub bank_label: Option<String>,
    pub paid_at: Option<Moment>,
}

pub(super) async fn payout(r: &mut Reader, id: PayoutId) -> Done<Option<Payout>> {
    sqlx::query_as!(
        Payout,
        r#"select payout_id as "id: PayoutId", number, seller_id as "seller: MemberId", currency as "currency: Currency",
             amount, bank_label, paid_at
           from payouts where payout_id = $1"#,
        id.0
    )
    .fetch_optional(r.conn())
    .await
}

/// What a payout pays: a part of what an order released.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The order's number.
    pub order: String,
    pub kind: String,
    /// What it was, what of it paid a debt, and what was taken back: minor units. The rest is what was paid.
    pub amount: i64,
    pub netted: i64,
    pub taken: i64,
}

pub(super) async fn items(r: &mut Reader, payout: PayoutId) -> Done<Vec<Item>> {
    sqlx::query_as!(
        Item,
        r#"select o.number as "order", s.kind, s.amount, s.netted_amount as netted,
             s.amount - s.netted_amount - i.amount as "taken!"
           from payout_items i join settlements s using (settlement_id) join orders o using (order_id)
           where i.payout_id = $1 order by s.created_at, s.settlement_id"#,
        payout.0
    )
    .fetch_all(r.conn())
    .await
}
