//! What the two sides of an order, and staff, may see and do.

use super::effects::REFUND_TIME;
use super::model::{Choice, Leg, Mover, Order, Shown, Side, StepData};
use super::{fire, settle};
use super::{store, table};
use crate::accounts::model::Member;
use crate::cases::model::{self as case, Offer, Whole};
use crate::cases::{rules as cases, rulings};
use crate::holds::{self, Held};
use crate::payments::rules as payments;
use crate::permissions::Permission;
use kernel::{Cursor, MemberId, Moment, Money, OrderId, Page, PaymentId, Refusal, Wrong};
use platform::{Reader, Tx};
use process::{Actor, Hold, Process, Transition};

/// What staff does about a refund that is stuck.
const STUCK: [&str; 4] = ["retry_refund", "refund_other_way", "retry_partial", "partial_other_way"];

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
    let held = holds::on(reader, id).await?;
    let case = cases::of_order(reader, id).await?;
    let now = reader.now();
    let choices = match may_move(viewer, side) {
        true => {
            choices(&Look { order: &order, side, viewer: viewer.id, held: &held, case: case.as_ref(), now })
        }
        false => Vec::new(),
    };
    Ok(Shown { order, legs, steps, side, choices, held, case })
}

/// The money that a step of staff decides about: the part that it names, where it pays a part; the last refund, where that is
/// stuck (it counts as gone back already); else everything that is left.
pub async fn stake(
    reader: &mut Reader,
    order: &Order,
    transition: &str,
    part: Option<i64>,
) -> Result<Money, Refusal> {
    if STUCK.contains(&transition) {
        let refund = payments::latest_refund(reader, order.id).await?;
        return Ok(refund.map_or(order.total, |refund| refund.amount));
    }
    let part = part.filter(|_| table::fields(transition).contains(&"amount"));
    Ok(part.map_or(order.left(), |part| Money::new(part, order.currency)))
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
    step_of_two(tx, by, None, (id, transition), data).await
}

/// The same with who of the staff agreed to it, who is no side of the order either. Errors as [`step`].
pub async fn step_of_two(
    tx: &mut Tx,
    by: &Member,
    second: Option<MemberId>,
    (id, transition): (OrderId, &str),
    data: &StepData,
) -> Result<Order, Refusal> {
    let order = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    let side = side(&order, by).filter(|side| may_move(by, *side)).ok_or(Refusal::NotFound)?;
    if second.is_some_and(|second| order.side_of(second).is_some()) {
        return Err(Refusal::NotFound);
    }
    let mover = Mover { actor: actor(side), member: Some(by.id), second };
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

pub(super) fn side(order: &Order, viewer: &Member) -> Option<Side> {
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
pub(super) fn may_move(who: &Member, side: Side) -> bool {
    side != Side::Staff || who.may(Permission::OrdersDecide)
}

const fn actor(side: Side) -> Actor {
    match side {
        Side::Buyer => Actor::Buyer,
        Side::Seller => Actor::Seller,
        Side::Staff => Actor::Operator,
    }
}

/// An order, and who looks at it.
struct Look<'a> {
    order: &'a Order,
    side: Side,
    viewer: MemberId,
    held: &'a [Held],
    case: Option<&'a Whole>,
    now: Moment,
}

/// What this side may do in the order's state, and nothing keeps from happening.
fn choices(look: &Look<'_>) -> Vec<Choice> {
    let order = look.order;
    let holds: Vec<Hold> = look.held.iter().map(|held| held.kind).collect();
    table::order(order.process_version)
        .open_to(&order.state, actor(look.side))
        .filter(|row| table::fits(row, order.delivery.method()))
        .filter(|row| !Process::blocked(row, &holds) && could_be(look, row))
        .map(|row| Choice {
            transition: row.name.clone(),
            to: row.to.clone(),
            fields: table::fields(&row.name),
        })
        .collect()
}

/// Whether the guards of a row that are known by looking hold.
fn could_be(look: &Look<'_>, row: &Transition) -> bool {
    let order = look.order;
    let offered = |offer: Offer| {
        let other = if look.side == Side::Buyer { case::Side::Seller } else { case::Side::Buyer };
        look.case.and_then(|whole| whole.open_of(other)).is_some_and(|proposal| proposal.offer == offer)
    };
    row.guards.iter().all(|guard| match guard.as_str() {
        "proposal_of_partial" => offered(Offer::Partial),
        "proposal_of_return" => offered(Offer::Return),
        "proposal_of_replacement" => offered(Offer::Replacement),
        "other_reviewer" => look.case.is_none_or(|whole| rulings::is_new(&whole.rulings, look.viewer)),
        "within_refund_time" => look.now - order.released_at.unwrap_or(order.state_since) <= REFUND_TIME,
        "something_left" => order.left().amount > 0,
        _ => true,
    })
}
