//! The SQL of orders' money: what became of it, and what the books must agree with.

use super::{Done, Locked};
use kernel::{Currency, MemberId, Moment, Money, OrderId};
use platform::{Reader, Tx};

pub(in crate::orders) async fn set_provider_fee(tx: &mut Tx, order: OrderId, fee: i64) -> Done<()> {
    sqlx::query!("update orders set provider_fee_amount = $2 where order_id = $1", order.0, fee)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in crate::orders) async fn set_paid(tx: &mut Tx, order: &Locked) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update orders set paid_at = $2 where order_id = $1", order.id.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What changes of what became of an order's money: minor units, taken away where negative.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::orders) struct Moved {
    pub released: i64,
    pub refunded: i64,
    pub charged_back: i64,
}

/// With the moment of the release, when something is released.
pub(in crate::orders) async fn move_money(
    tx: &mut Tx,
    order: &Locked,
    moved: Moved,
    is_release: bool,
) -> Done<()> {
    let now = is_release.then_some(tx.now());
    sqlx::query!(
        "update orders set released_amount = released_amount + $2, refunded_amount = refunded_amount + $3,
           charged_back_amount = charged_back_amount + $4, released_at = coalesce(released_at, $5)
         where order_id = $1",
        order.id.0,
        moved.released,
        moved.refunded,
        moved.charged_back,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What a seller sold since: the goods of each order that was not called off or paid back.
pub(in crate::orders) async fn sold_since(
    r: &mut Reader,
    seller: MemberId,
    since: Moment,
) -> Done<Vec<Money>> {
    let rows = sqlx::query!(
        r#"select currency as "currency: Currency", sum(items_amount - least(refunded_amount, items_amount))::bigint as "sum!"
           from orders where seller_id = $1 and created_at > $2 and state not in ('cancelled', 'payment_expired', 'refunded')
           group by currency"#,
        seller.0,
        since
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Money::new(row.sum, row.currency)).collect())
}

/// An order whose money has been held for long.
#[derive(Debug)]
pub(in crate::orders) struct Long {
    pub id: OrderId,
    pub paid_at: Moment,
    pub total: i64,
    pub currency: Currency,
}

/// Orders that were paid before, and whose money is neither released nor on its way back.
pub(in crate::orders) async fn held_since(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<Long>> {
    sqlx::query_as!(
        Long,
        r#"select order_id as "id: OrderId", paid_at as "paid_at!", total_amount as total, currency as "currency: Currency"
           from orders where paid_at is not null and paid_at <= $1 and released_at is null and timer_at is not null
             and refunded_amount = 0 and charged_back_amount = 0
           order by paid_at limit $2"#,
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Orders that the ledger must agree with: where their money is, by the state they are in.
#[derive(Debug)]
pub(in crate::orders) struct Expected {
    pub number: String,
    pub order_id: OrderId,
    pub state: String,
    pub total_amount: i64,
    pub refunded_amount: i64,
    pub charged_back_amount: i64,
    /// What was asked for last, and what came back after it had been paid.
    pub last_refund: i64,
    pub bounced: i64,
    pub escrow: i64,
    pub in_transit: i64,
    pub due: i64,
    pub disputed: i64,
}

/// Every order beside the balances of its own accounts.
pub(in crate::orders) async fn against_ledger(
    r: &mut Reader,
    after: OrderId,
    limit: i64,
) -> Done<Vec<Expected>> {
    sqlx::query_as!(
        Expected,
        r#"select o.number, o.order_id as "order_id: OrderId", o.state, o.total_amount, o.refunded_amount,
             o.charged_back_amount, f.last as "last_refund!", f.bounced as "bounced!",
             coalesce(max(b.posted) filter (where a.name = 'L:escrow'), 0) as "escrow!",
             coalesce(max(b.posted) filter (where a.name = 'L:refund_in_transit'), 0) as "in_transit!",
             coalesce(max(b.posted) filter (where a.name = 'L:buyer_due'), 0) as "due!",
             coalesce(max(b.posted) filter (where a.name = 'A:dispute_held'), 0) as "disputed!"
           from orders o
           left join ledger.accounts a on a.owner_id = o.order_id
           left join ledger.balances b using (account_id)
           cross join lateral (
             select coalesce((array_agg(amount order by created_at desc, refund_id desc))[1], 0) as last,
               coalesce(sum(amount) filter (where state = 'bounced'), 0)::bigint as bounced
             from refunds where order_id = o.order_id) f
           where o.order_id > $1 group by o.order_id, f.last, f.bounced order by o.order_id limit $2"#,
        after.0,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// What was given to make good of an order, minor units of its currency.
pub(in crate::orders) async fn given(r: &mut Reader, order: OrderId) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(l.amount), 0)::bigint as "given!" from ledger.entries e
             join ledger.lines l using (entry_id) join ledger.accounts a using (account_id)
           where e.subject = $1 and e.kind = 'goodwill' and a.name = 'X:goodwill'"#,
        order.0
    )
    .fetch_one(r.conn())
    .await
}
