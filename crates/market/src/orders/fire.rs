//! Moving an order: the one function through which every step goes.

use super::effects::Doing;
use super::events::Moved;
use super::model::{Carrier, Mover, Order, Step, StepData, Tracking};
use super::store::{self, Locked};
use super::{by_hand, casework, effects, jobs, table};
use crate::holds;
use crate::staff::model::Reason;
use kernel::{FieldErrors, MemberId, OrderId, Refusal};
use platform::{Tx, audit, events};
use process::{Actor, Hold, Process, Timer, Transition};
use serde_json::{Value, json};
use time::Duration;

/// When silence that was held up has its say again.
const HELD_UP: Duration = Duration::hours(24);

/// Takes a step: checks that the table has it for this actor in this state, that nothing holds the order and that its
/// guards are true; then state, effects, case, legs, timer, event and the line in the history, all in the caller's
/// transaction. Staff says why. A timer that is held up rings again a day later, and nothing happens. Errors: `NotFound`;
/// `Conflict("order-step")` when the state does not allow it, `Conflict("order-held")`; the fields of `data`.
pub async fn fire(
    tx: &mut Tx,
    id: OrderId,
    transition: &str,
    mover: Mover,
    data: &StepData,
) -> Result<Order, Refusal> {
    platform::checkpoints::reach("orders.fire").await;
    let order = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let step = table::order(order.process_version)
        .transition(&order.state, transition)
        .filter(|t| t.actor == mover.actor && table::fits(t, order.delivery.method()))
        .ok_or(Refusal::Conflict("order-step"))?;
    if is_held(tx, &order, step).await? {
        return held_up(tx, &order, mover).await;
    }
    let mut doing = Doing { order: &order, step, mover, data, part: None, by_hand: None };
    let why = match mover.actor {
        Actor::Operator => Some(reason(&doing)?),
        _ => None,
    };
    doing.part = casework::part(tx, &doing).await?;
    if table::fields(&step.name).contains(&"paid_from") {
        doing.by_hand = Some(by_hand::read(data)?);
    }
    effects::check(tx, &doing).await?;
    let noted = note(tx, &doing).await?;
    casework::note(tx, &doing).await?;
    effects::run(tx, &doing).await?;
    let paid = doing.by_hand.take();
    move_legs(tx, &order, step).await?;
    take(tx, &order, step, mover.member, noted).await?;
    if let Some(why) = why {
        let mut detail = json!({ "transition": step.name, "reason": why, "second": mover.second });
        if let Some(how) = paid {
            detail["paid_from"] = how.from.name().into();
            detail["reference"] = how.reference.into();
        }
        audit::write(tx, mover.member, "orders.decide", ("order", id.0), detail).await?;
    }
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Writes a step down: the order's new state, its timer with the job and the reminder, the line in the history, the event.
/// `data`: what the history keeps of it.
pub(super) async fn take(
    tx: &mut Tx,
    order: &Locked,
    step: &Transition,
    by: Option<MemberId>,
    data: Value,
) -> Result<(), Refusal> {
    let timer = table::order(order.process_version).timer_after(step, order.timer.clone(), tx.now());
    match &timer {
        // The one that runs goes on.
        Some(_) if timer == order.timer => {}
        Some(timer) => {
            jobs::set_timer(tx, order.id, timer).await?;
            jobs::set_reminder(tx, order.id, &step.to, timer).await?;
        }
        None => jobs::cancel_timer(tx, order.id).await?,
    }
    let taken = Step {
        n: order.version,
        transition: step.name.clone(),
        actor: table::actor_name(step.actor).to_owned(),
        from: step.from.clone(),
        to: step.to.clone(),
        at: tx.now(),
        data,
    };
    store::take_step(tx, order, &taken, by, timer.as_ref()).await?;
    platform::checkpoints::reach("orders.moved").await;
    let until = timer.map(|timer| timer.at);
    let moved =
        Moved { order: order.id, transition: taken.transition, from: taken.from, to: taken.to, until };
    Ok(events::append(tx, &moved).await?)
}

/// Whether something keeps the money where it is. What the provider tells is always heard: it has happened already. What
/// only says that nobody owes anything moves nothing.
async fn is_held(tx: &mut Tx, order: &Locked, step: &Transition) -> Result<bool, Refusal> {
    if step.actor == Actor::Provider || step.guards.iter().any(|guard| guard == "nothing_owed") {
        return Ok(false);
    }
    let holds: Vec<Hold> = holds::on(tx, order.id).await?.into_iter().map(|held| held.kind).collect();
    Ok(Process::blocked(step, &holds))
}

/// Silence has its say later: the row and its job move together. Everybody else learns that it cannot be now.
async fn held_up(tx: &mut Tx, order: &Locked, mover: Mover) -> Result<Order, Refusal> {
    if mover.actor != Actor::Timer {
        return Err(Refusal::Conflict("order-held"));
    }
    let again = tx.now() + HELD_UP;
    arm(tx, order, again).await?;
    store::find(tx, order.id).await?.ok_or(Refusal::NotFound)
}

/// Moves the timer of an order that stays where it is.
async fn arm(tx: &mut Tx, order: &Locked, at: kernel::Moment) -> Result<(), Refusal> {
    let Some(timer) = &order.timer else { return Ok(()) };
    jobs::set_timer(tx, order.id, &Timer { at, ..timer.clone() }).await?;
    Ok(store::set_timer(tx, order, at).await?)
}

/// A hold is over: silence that it held up has its say at once, unless another one is on.
pub async fn free(tx: &mut Tx, id: OrderId) -> Result<(), Refusal> {
    let Some(order) = store::lock(tx, id).await? else { return Ok(()) };
    let table = table::order(order.process_version);
    let usual = table.timer(&order.state).and_then(|row| row.after);
    let (Some(Timer { at, .. }), Some(usual)) = (&order.timer, usual) else { return Ok(()) };
    // A timer that was not held up rings when it was to ring.
    let due = order.state_since + usual;
    let now = tx.now();
    if *at <= due || *at <= now {
        return Ok(());
    }
    arm(tx, &order, due.max(now)).await
}

/// Why staff does it, for the audit log: what both sides read of a decision, or words of its own.
fn reason(doing: &Doing<'_>) -> Result<Reason, Refusal> {
    let data = doing.data;
    if table::fields(&doing.step.name).contains(&"reasons") {
        let reasons = casework::reasons(doing)?;
        let beginning: String = reasons.as_str().chars().take(Reason::MAX).collect();
        return Reason::read(&beginning).map_err(|wrong| Refusal::field("data/reasons", wrong));
    }
    let text = data.reason.as_deref().unwrap_or_default();
    Reason::read(text).map_err(|wrong| Refusal::field("data/reason", wrong))
}

/// Reads and keeps what goes with a step; answers it for the history.
async fn note(tx: &mut Tx, doing: &Doing<'_>) -> Result<Value, Refusal> {
    let (order, data) = (doing.order, doing.data);
    let fields = table::fields(&doing.step.name);
    let mut errors = FieldErrors::none();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if fields.contains(&"carrier") {
        let carrier = errors.take("data/carrier", Carrier::read(&text(&data.carrier)));
        let tracking = errors.take("data/tracking", Tracking::read(&text(&data.tracking)));
        let (Some(carrier), Some(tracking)) = (carrier, tracking) else { return Err(errors.into()) };
        // What comes back does not take the place of what was sent: it stands in the history.
        if doing.step.name != "return_ship" {
            store::set_shipment(tx, order, carrier.as_str(), tracking.as_str()).await?;
        }
        return Ok(json!({ "carrier": carrier, "tracking": tracking }));
    }
    if fields.contains(&"problem") {
        let problem = casework::problem(data.problem.as_deref())?;
        store::set_problem(tx, order, problem.as_str()).await?;
        return Ok(json!({ "problem": problem }));
    }
    match doing.part {
        Some(part) => Ok(json!({ "amount": part.amount })),
        None => Ok(json!({})),
    }
}

async fn move_legs(tx: &mut Tx, order: &Locked, step: &Transition) -> Result<(), Refusal> {
    if let Some(name) = &step.leg {
        let legs = table::leg(order.process_version);
        for row in legs.transitions().iter().filter(|t| t.name == *name) {
            store::set_leg_states(tx, order, "item", &row.from, &row.to).await?;
        }
    }
    for (from, to) in money_leg(&step.to) {
        store::set_leg_states(tx, order, "money", from, to).await?;
    }
    Ok(())
}

/// What becomes of the leg of money in a state. Of a part that goes back the leg says nothing: the order has the amounts.
fn money_leg(state: &str) -> &'static [(&'static str, &'static str)] {
    match state {
        "paid" => &[("promised", "held")],
        "completed" | "partial_refunding" => &[("held", "released")],
        "refunding" => &[("held", "returning"), ("released", "returning")],
        "refunded" => &[("returning", "returned")],
        "charged_back" => &[("held", "returned"), ("released", "returned")],
        _ => &[],
    }
}
