//! What the two sides of an order, and staff, may see and do.

use super::model::{Choice, Leg, Mover, Order, Shown, Side, StepData};
use super::{fire, settle};
use super::{store, table};
use crate::accounts::model::Member;
use crate::permissions::Permission;
use kernel::{Cursor, MemberId, OrderId, Page, PaymentId, Refusal, Wrong};
use platform::{Reader, Tx};
use process::Actor;

/// An order without asking who looks: for jobs and letters. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: OrderId) -> Result<Order, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

/// An order with its legs, for letters. Errors: `NotFound`.
pub async fn with_legs(reader: &mut Reader, id: OrderId) -> Result<(Order, Vec<Leg>), Refusal> {
    let order = find(reader, id).await?;
    let legs = store::legs(reader, &[id]).await?.into_iter().map(|(_, leg)| leg).collect();
    Ok((order, legs))
}

/// An order with its legs and history as `viewer` sees it. Somebody else's order is not there, and the
/// seller's is not unless it was paid.
pub async fn show(reader: &mut Reader, viewer: &Member, id: OrderId) -> Result<Shown, Refusal> {
    let order = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let side = side(&order, viewer).ok_or(Refusal::NotFound)?;
    let legs = store::legs(reader, &[id]).await?.into_iter().map(|(_, leg)| leg).collect();
    let steps = store::steps(reader, id).await?;
    let choices = if may_move(viewer, side) { choices(&order, side) } else { Vec::new() };
    Ok(Shown { order, legs, steps, side, choices })
}

/// Takes a step on behalf of a person. Abandoning one order of a payment abandons them all, because they are
/// paid together. Errors as `fire::fire`; `NotFound` for strangers.
pub async fn step(
    tx: &mut Tx,
    by: &Member,
    id: OrderId,
    transition: &str,
    data: &StepData,
) -> Result<Order, Refusal> {
    let order = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    let side = side(&order, by).filter(|side| may_move(by, *side)).ok_or(Refusal::NotFound)?;
    let mover = Mover { actor: actor(side), member: Some(by.id) };
    if transition == "abandon" {
        let together = store::lock_of_payment(tx, order.payment).await?;
        settle::lock_stock(tx, &together).await?;
        for other in together {
            if other.id != id && other.state == order.state {
                fire::fire(tx, other.id, transition, mover, data).await?;
            }
        }
    }
    fire::fire(tx, id, transition, mover, data).await
}

/// Somebody's purchases or sales with their legs, newest first.
pub async fn page(
    reader: &mut Reader,
    member: MemberId,
    side: Side,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<(Order, Vec<Leg>)>, Refusal> {
    let before = match after {
        Some(cursor) => Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", Wrong::BadShape))?),
        None => None,
    };
    let rows =
        store::page(reader, member, side, before, i64::try_from(limit + 1).unwrap_or(i64::MAX)).await?;
    let page = Page::cut(rows, limit, |o| o.id.to_string());
    let ids: Vec<OrderId> = page.items.iter().map(|o| o.id).collect();
    let legs = store::legs(reader, &ids).await?;
    Ok(page.map(|order| {
        let own = legs.iter().filter(|(id, _)| *id == order.id).map(|(_, leg)| leg.clone()).collect();
        (order, own)
    }))
}

/// The orders that a payment is for. Errors: `NotFound` unless `buyer` is who pays.
pub async fn of_payment(
    reader: &mut Reader,
    buyer: MemberId,
    payment: PaymentId,
) -> Result<Vec<Order>, Refusal> {
    let orders = store::of_payment(reader, payment).await?;
    if orders.is_empty() || orders.iter().any(|o| o.buyer != buyer) {
        return Err(Refusal::NotFound);
    }
    Ok(orders)
}

fn side(order: &Order, viewer: &Member) -> Option<Side> {
    let unpaid = matches!(
        order.state.as_str(),
        "pending_payment" | "payment_processing" | "payment_expired" | "cancelled"
    );
    match order.side_of(viewer.id) {
        Some(Side::Seller) if unpaid => None,
        Some(side) => Some(side),
        None => viewer.may(Permission::OrdersSee).then_some(Side::Staff),
    }
}

/// Whether somebody on a side may take steps at all: not all of staff that sees orders decides about them.
fn may_move(who: &Member, side: Side) -> bool {
    side != Side::Staff || who.may(Permission::OrdersDecide)
}

const fn actor(side: Side) -> Actor {
    match side {
        Side::Buyer => Actor::Buyer,
        Side::Seller => Actor::Seller,
        Side::Staff => Actor::Operator,
    }
}

/// What this side may do in the order's state.
fn choices(order: &Order, side: Side) -> Vec<Choice> {
    table::order()
        .open_to(&order.state, actor(side))
        .filter(|t| table::fits(t, order.delivery.method()))
        .map(|t| Choice { transition: t.name.clone(), to: t.to.clone(), fields: table::fields(&t.name) })
        .collect()
}
