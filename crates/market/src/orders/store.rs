//! The SQL of orders. A write asks for `Locked`, the proof that nobody else moves the order meanwhile.

pub(super) mod charged_back;
pub mod copy;
pub(super) mod erase;
mod money;
pub(super) mod risk;
pub(super) mod selling;

pub(super) use money::{
    Expected, Moved, against_ledger, given, held_since, move_money, set_paid, set_provider_fee, sold_since,
};

use super::model::{Delivery, Leg, Order, Side, Step, Timer};
use super::row::{LegRow, Row};
use kernel::{Currency, LegId, ListingId, MemberId, Moment, OrderId, PaymentId};
use platform::{Reader, Tx};
use sqlx::types::Json;
use std::ops::Deref;

type Done<T> = Result<T, sqlx::Error>;

/// An order that is locked until the transaction ends.
#[derive(Debug)]
pub struct Locked(Order);

impl Deref for Locked {
    type Target = Order;
    fn deref(&self) -> &Order {
        &self.0
    }
}

/// The columns of `Row`, once.
macro_rules! order_where {
    ($condition:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"select order_id as "order_id: OrderId", number, payment_id as "payment_id: PaymentId",
                 buyer_id as "buyer_id: MemberId", seller_id as "seller_id: MemberId", state, state_since, process_version,
                 version, timer_transition, timer_at, currency as "currency: Currency", items_amount, shipping_amount,
                 buyer_fee_amount, commission_amount, tax_amount, tax_included_amount, commission_tax_amount,
                 buyer_fee_tax_amount, total_amount, provider_fee_amount, fee_rule, seller_tier, paid_at, released_at,
                 released_amount, refunded_amount, charged_back_amount,
                 delivery_address as "delivery_address: Json<super::model::Address>", carrier, tracking, problem, created_at
               from orders where "# + $condition
            $(, $arg)*
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: OrderId) -> Done<Option<Order>> {
    Ok(order_where!("order_id = $1", id.0).fetch_optional(r.conn()).await?.map(Into::into))
}

pub(super) async fn lock(tx: &mut Tx, id: OrderId) -> Done<Option<Locked>> {
    let row = order_where!("order_id = $1 for no key update", id.0).fetch_optional(tx.conn()).await?;
    Ok(row.map(|r| Locked(r.into())))
}

/// The orders of a payment in the order of their ids: the order in which they are locked.
pub(super) async fn of_payment(r: &mut Reader, payment: PaymentId) -> Done<Vec<Order>> {
    let rows = order_where!("payment_id = $1 order by order_id", payment.0).fetch_all(r.conn()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The same, locked until the transaction ends.
pub(super) async fn lock_of_payment(tx: &mut Tx, payment: PaymentId) -> Done<Vec<Order>> {
    let rows = order_where!("payment_id = $1 order by order_id for no key update", payment.0)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Somebody's orders on one side, newest first, below `before`.
pub(super) async fn page(
    r: &mut Reader,
    member: MemberId,
    side: Side,
    before: Option<OrderId>,
    limit: i64,
) -> Done<Vec<Order>> {
    let before = before.map(|b| b.0);
    let rows = match side {
        Side::Seller => {
            // An order that was never paid is not the seller's business.
            order_where!(
                "seller_id = $1 and ($2::uuid is null or order_id < $2)
                   and state not in ('pending_payment', 'payment_processing', 'payment_expired', 'cancelled')
                 order by order_id desc limit $3",
                member.0,
                before,
                limit
            )
            .fetch_all(r.conn())
            .await?
        }
        Side::Buyer | Side::Staff => {
            order_where!(
                "buyer_id = $1 and ($2::uuid is null or order_id < $2) order by order_id desc limit $3",
                member.0,
                before,
                limit
            )
            .fetch_all(r.conn())
            .await?
        }
    };
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn legs(r: &mut Reader, orders: &[OrderId]) -> Done<Vec<(OrderId, Leg)>> {
    let ids: Vec<uuid::Uuid> = orders.iter().map(|o| o.0).collect();
    let rows = sqlx::query_as!(
        LegRow,
        r#"select order_id as "order_id: OrderId", leg_id as "leg_id: LegId", kind, from_member as "from_member: MemberId",
             to_member as "to_member: MemberId", listing_id as "listing_id: ListingId", quantity, title, unit_amount,
             photo_key, amount, currency as "currency: Currency", state
           from order_legs where order_id = any($1) order by order_id, leg_id"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.order_id, row.into())).collect())
}

pub(super) async fn steps(r: &mut Reader, order: OrderId) -> Done<Vec<Step>> {
    sqlx::query_as!(
        Step,
        r#"select n, transition, actor, from_state as "from", to_state as "to", at, data from order_events
           where order_id = $1 order by n"#,
        order.0
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn insert(tx: &mut Tx, order: &Order, process: &str) -> Done<()> {
    let address = match &order.delivery {
        Delivery::Ship(address) => Some(Json(address)),
        Delivery::Meet => None,
    };
    sqlx::query!(
        r#"insert into orders (order_id, number, payment_id, buyer_id, seller_id, process, process_version, state,
             state_since, currency, items_amount, shipping_amount, buyer_fee_amount, commission_amount, total_amount,
             delivery_method, delivery_address, created_at, tax_amount, tax_included_amount, commission_tax_amount,
             buyer_fee_tax_amount, fee_rule, seller_tier)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $9, $18, $19, $20, $21, $22,
             $23)"#,
        order.id.0,
        order.number,
        order.payment.0,
        order.buyer.0,
        order.seller.0,
        process,
        order.process_version,
        order.state,
        order.created_at,
        order.currency.code(),
        order.items.amount,
        order.shipping.amount,
        order.buyer_fee.amount,
        order.commission.amount,
        order.total.amount,
        order.delivery.method(),
        address as _,
        order.tax.amount,
        order.tax_included.amount,
        order.commission_tax.amount,
        order.buyer_fee_tax.amount,
        Json(&order.fee_rule) as _,
        order.seller_tier
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What of an item leg is frozen beside it: amounts in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LegMore<'a> {
    pub category: Option<&'a str>,
    pub commission: i64,
    pub tax: i64,
}

pub(super) async fn insert_leg(tx: &mut Tx, order: OrderId, leg: &Leg, more: &LegMore<'_>) -> Done<()> {
    sqlx::query!(
        r#"insert into order_legs (leg_id, order_id, kind, from_member, to_member, listing_id, quantity, title, unit_amount,
             photo_key, amount, currency, state, category, commission_amount, tax_amount)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"#,
        leg.id.0,
        order.0,
        if leg.is_item { "item" } else { "money" },
        leg.from.0,
        leg.to.0,
        leg.listing.map(|l| l.0),
        leg.is_item.then_some(leg.quantity),
        leg.is_item.then_some(leg.title.as_str()),
        leg.unit.map(|u| u.amount),
        leg.photo_key,
        leg.amount.amount,
        leg.amount.currency.code(),
        leg.state,
        more.category,
        more.commission,
        more.tax
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the step: the order's new state, and the step itself.
pub(super) async fn take_step(
    tx: &mut Tx,
    order: &Locked,
    step: &Step,
    member: Option<MemberId>,
    timer: Option<&Timer>,
) -> Done<()> {
    sqlx::query!(
        r#"update orders set state = $2, version = version + 1, timer_transition = $3, timer_at = $4,
             state_since = case when state = $2 then state_since else $5 end
           where order_id = $1"#,
        order.id.0,
        step.to,
        timer.map(|timer| timer.transition.as_str()),
        timer.map(|timer| timer.at),
        step.at
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        r#"insert into order_events (order_id, n, transition, actor, actor_id, from_state, to_state, at, data)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"#,
        order.id.0,
        step.n,
        step.transition,
        step.actor,
        member.map(|m| m.0),
        step.from,
        step.to,
        step.at,
        step.data
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_leg_states(
    tx: &mut Tx,
    order: &Locked,
    kind: &str,
    from: &str,
    to: &str,
) -> Done<()> {
    sqlx::query!(
        "update order_legs set state = $4 where order_id = $1 and kind = $2 and state = $3",
        order.id.0,
        kind,
        from,
        to
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_shipment(tx: &mut Tx, order: &Locked, carrier: &str, tracking: &str) -> Done<()> {
    sqlx::query!(
        "update orders set carrier = nullif($2, ''), tracking = nullif($3, '') where order_id = $1",
        order.id.0,
        carrier,
        tracking
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_problem(tx: &mut Tx, order: &Locked, problem: &str) -> Done<()> {
    sqlx::query!("update orders set problem = $2 where order_id = $1", order.id.0, problem)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The timer of an order that stays where it is.
pub(super) async fn set_timer(tx: &mut Tx, order: &Locked, at: Moment) -> Done<()> {
    sqlx::query!("update orders set timer_at = $2 where order_id = $1", order.id.0, at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Puts an order on another version of its table, in which its state and its timer are as they were.
pub(super) async fn set_version(tx: &mut Tx, order: &Locked, version: i32) -> Done<()> {
    sqlx::query!("update orders set process_version = $2 where order_id = $1", order.id.0, version)
        .execute(tx.conn())
        .await?;
    Ok(())
}
