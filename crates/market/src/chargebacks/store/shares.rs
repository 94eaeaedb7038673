//! Each order's part of a chargeback, and what came of it.

use super::super::model::{OfOrder, Share};
use super::Done;
use kernel::{ChargebackId, Currency, MemberId, Moment, Money, OrderId};
use platform::{Reader, Tx};

struct Row {
    order: OrderId,
    number: String,
    buyer: MemberId,
    seller: MemberId,
    currency: Currency,
    amount: i64,
    fee: i64,
    reserved: i64,
}

impl From<Row> for Share {
    fn from(row: Row) -> Self {
        let money = |amount| Money::new(amount, row.currency);
        Self {
            order: row.order,
            number: row.number,
            buyer: row.buyer,
            seller: row.seller,
            amount: money(row.amount),
            fee: money(row.fee),
            reserved: money(row.reserved),
        }
    }
}

/// By the orders' ids.
pub(in crate::chargebacks) async fn of(r: &mut Reader, id: ChargebackId) -> Done<Vec<Share>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select s.order_id as "order: OrderId", o.number, o.buyer_id as "buyer: MemberId",
             o.seller_id as "seller: MemberId", o.currency as "currency: Currency", s.amount, s.fee,
             s.reserved_amount as reserved
           from chargeback_shares s join orders o using (order_id) where s.chargeback_id = $1 order by s.order_id"#,
        id.0
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A share, or another amount of one that nothing is booked of yet.
pub(in crate::chargebacks) async fn put(
    tx: &mut Tx,
    id: ChargebackId,
    order: OrderId,
    amount: Money,
) -> Done<()> {
    sqlx::query!(
        r#"insert into chargeback_shares (chargeback_id, order_id, amount) values ($1, $2, $3)
           on conflict (chargeback_id, order_id) do update set amount = excluded.amount"#,
        id.0,
        order.0,
        amount.amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What of it is booked and set aside now.
pub(in crate::chargebacks) async fn save(tx: &mut Tx, id: ChargebackId, share: &Share) -> Done<()> {
    sqlx::query!(
        r#"update chargeback_shares set fee = $3, reserved_amount = $4
           where chargeback_id = $1 and order_id = $2"#,
        id.0,
        share.order.0,
        share.fee.amount,
        share.reserved.amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The newest chargeback that an order has a part of.
pub(in crate::chargebacks) async fn newest_of(r: &mut Reader, order: OrderId) -> Done<Option<ChargebackId>> {
    sqlx::query_scalar!(
        r#"select c.chargeback_id as "id: ChargebackId" from chargeback_shares s join chargebacks c using (chargeback_id)
           where s.order_id = $1 and s.amount > 0 order by (c.closed_at is null) desc, c.opened_at desc, c.chargeback_id desc
           limit 1"#,
        order.0
    )
    .fetch_optional(r.conn())
    .await
}

struct Told {
    order: OrderId,
    state: String,
    currency: Currency,
    amount: i64,
    opened_at: Moment,
    closed_at: Option<Moment>,
}

/// What the sides of orders may know of the newest one of each.
pub(in crate::chargebacks) async fn of_orders(
    r: &mut Reader,
    orders: &[OrderId],
) -> Done<Vec<(OrderId, OfOrder)>> {
    let ids: Vec<uuid::Uuid> = orders.iter().map(|order| order.0).collect();
    let rows = sqlx::query_as!(
        Told,
        r#"select distinct on (s.order_id) s.order_id as "order: OrderId", c.state, c.currency as "currency: Currency",
             s.amount, c.opened_at, c.closed_at
           from chargeback_shares s join chargebacks c using (chargeback_id)
           where s.order_id = any($1) and s.amount > 0
           order by s.order_id, (c.closed_at is null) desc, c.opened_at desc, c.chargeback_id desc"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    let told = |row: Told| {
        let amount = Money::new(row.amount, row.currency);
        (row.order, OfOrder { state: row.state, amount, opened_at: row.opened_at, closed_at: row.closed_at })
    };
    Ok(rows.into_iter().map(told).collect())
}

/// How many are open about what somebody bought or sold.
pub(in crate::chargebacks) async fn open_about(r: &mut Reader, member: MemberId) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(distinct c.chargeback_id) as "n!"
           from chargebacks c join chargeback_shares s using (chargeback_id) join orders o using (order_id)
           where c.closed_at is null and (o.buyer_id = $1 or o.seller_id = $1)"#,
        member.0
    )
    .fetch_one(r.conn())
    .await
}

/// Whether something of what an order released is on its way to its seller, or was.
pub(in crate::chargebacks) async fn has_settlement(r: &mut Reader, order: OrderId) -> Done<bool> {
    sqlx::query_scalar!(r#"select exists (select from settlements where order_id = $1) as "has!""#, order.0)
        .fetch_one(r.conn())
        .await
}
