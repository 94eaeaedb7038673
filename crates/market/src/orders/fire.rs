//! Moving an order: the one function through which every step goes.

use super::events::Moved;
use super::model::{Carrier, Mover, Order, Problem, Step, StepData, Tracking};
use super::store::{self, Locked};
use super::{effects, jobs, table};
use crate::staff::model::Reason;
use kernel::{FieldErrors, OrderId, Refusal};
use platform::{Tx, audit, events};
use process::{Actor, Countdown, Transition};
use serde_json::json;

/// Takes a step: checks that the table has it for this actor in this state and that its guards hold; then
/// state, effects, legs, timer, event and the line in the history, all in the caller's transaction.
/// Staff says why. Errors: `NotFound`; `Conflict("order-step")` when the state does not allow it; the fields of `data`.
pub async fn fire(
    tx: &mut Tx,
    id: OrderId,
    transition: &str,
    mover: Mover,
    data: &StepData,
) -> Result<Order, Refusal> {
    let order = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let step = table::order()
        .transition(&order.state, transition)
        .filter(|t| t.actor == mover.actor && table::fits(t, order.delivery.method()))
        .ok_or(Refusal::Conflict("order-step"))?;
    let why = match mover.actor {
        Actor::Operator => Some(reason(data)?),
        _ => None,
    };
    let noted = note(tx, &order, step, data).await?;
    effects::check(tx, &order, step).await?;
    effects::run(tx, &order, step).await?;
    move_legs(tx, &order, step).await?;
    let timer = set_timer(tx, &order, step).await?;
    let taken = Step {
        n: order.version,
        transition: step.name.clone(),
        actor: table::actor_name(mover.actor).to_owned(),
        from: step.from.clone(),
        to: step.to.clone(),
        at: tx.now(),
        data: noted,
    };
    store::take_step(tx, &order, &taken, mover.member, timer).await?;
    let until = timer.map(|(_, at)| at);
    let moved = Moved { order: id, transition: taken.transition, from: taken.from, to: taken.to, until };
    events::append(tx, &moved).await?;
    if let Some(why) = why {
        let detail = json!({ "transition": moved.transition, "reason": why });
        audit::write(tx, mover.member, "orders.decide", ("order", id.0), detail).await?;
    }
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

fn reason(data: &StepData) -> Result<Reason, Refusal> {
    let text = data.reason.as_deref().unwrap_or_default();
    Reason::read(text).map_err(|wrong| Refusal::field("data/reason", wrong))
}

/// Reads and keeps what goes with a step; answers it for the history.
async fn note(
    tx: &mut Tx,
    order: &Locked,
    step: &Transition,
    data: &StepData,
) -> Result<serde_json::Value, Refusal> {
    let fields = table::fields(&step.name);
    let mut errors = FieldErrors::none();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if fields.contains(&"carrier") {
        let carrier = errors.take("data/carrier", Carrier::read(&text(&data.carrier)));
        let tracking = errors.take("data/tracking", Tracking::read(&text(&data.tracking)));
        let (Some(carrier), Some(tracking)) = (carrier, tracking) else { return Err(errors.into()) };
        store::set_shipment(tx, order, carrier.as_str(), tracking.as_str()).await?;
        return Ok(json!({ "carrier": carrier, "tracking": tracking }));
    }
    if fields.contains(&"problem") {
        let problem = Problem::read(&text(&data.problem)).map_err(|w| Refusal::field("data/problem", w))?;
        store::set_problem(tx, order, problem.as_str()).await?;
        return Ok(json!({ "problem": problem }));
    }
    Ok(json!({}))
}

async fn move_legs(tx: &mut Tx, order: &Locked, step: &Transition) -> Result<(), Refusal> {
    if let Some(name) = &step.leg {
        let rows = table::leg().transitions().iter().filter(|t| t.name == *name);
        for row in rows {
            store::set_leg_states(tx, order, "item", &row.from, &row.to).await?;
        }
    }
    let money_leg = match step.to.as_str() {
        "paid" => Some(("promised", "held")),
        "completed" => Some(("held", "released")),
        "refunding" => Some(("held", "returning")),
        "refunded" => Some(("returning", "returned")),
        _ => None,
    };
    if let Some((from, to)) = money_leg {
        store::set_leg_states(tx, order, "money", from, to).await?;
    }
    Ok(())
}

/// Replaces the order's timer by that of the state it enters.
async fn set_timer(
    tx: &mut Tx,
    order: &Locked,
    step: &Transition,
) -> Result<Option<(&'static str, kernel::Moment)>, Refusal> {
    match table::order().countdown(step) {
        Countdown::Keep => {
            let kept = order
                .timer
                .as_ref()
                .and_then(|(name, at)| Some((table::order().transition(&order.state, name)?, *at)));
            let Some((timer, at)) = kept else { return Ok(None) };
            // The same moment, for the order as it is after this step: a job of an order that moved on does nothing.
            jobs::set_timer(tx, order.id, &timer.name, order.version + 1, at).await?;
            Ok(Some((timer.name.as_str(), at)))
        }
        Countdown::Stop => {
            jobs::cancel_timer(tx, order.id).await?;
            Ok(None)
        }
        Countdown::Start { timer, after } => {
            let at = tx.now() + after;
            jobs::set_timer(tx, order.id, &timer.name, order.version + 1, at).await?;
            Ok(Some((&timer.name, at)))
        }
    }
}
