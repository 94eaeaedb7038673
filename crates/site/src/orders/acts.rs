//! What the viewer may do with an order: at most one thing stands out, the others open on demand. What cannot
//! be taken back says so before its button.

use super::words;
use crate::deals::key;
use kernel::{Moment, Say};
use kit::form::Filled;
use kit::links;
use kit::parts::form::form;
use kit::parts::icon::icon;
use kit::parts::{Button, Field, button, link, submit_once, text, textarea};
use kit::visit::Visit;
use market::orders::model::{Carrier, Choice, Delivery, Order, Problem, Shown, Side, Tracking};
use market::staff::model::Reason;
use maud::{Markup, html};

/// A step that was tried, or begun before its taker had to sign in: what was typed, and what is wrong with it.
pub(super) struct Attempt {
    pub transition: String,
    pub filled: Filled,
}

/// The step that is the natural next one for a side.
fn leading(order: &Order, side: Side) -> &'static str {
    match (order.state.as_str(), side) {
        ("paid", Side::Seller) => "ship",
        ("paid", Side::Buyer) => "hand_over",
        ("shipped", Side::Buyer) => "confirm_early",
        ("delivered", Side::Buyer) => "confirm",
        ("refund_stuck", Side::Staff) => "retry_refund",
        _ => "",
    }
}

/// Steps that end a deal or give money away: their buttons are marked.
fn takes_away(transition: &str) -> bool {
    matches!(
        transition,
        "abandon" | "cancel_by_buyer" | "cancel_by_seller" | "cancel_by_operator" | "seller_refunds"
    )
}

/// The panel of what to do; nothing when the order is at its end and nobody may do anything.
pub(super) fn panel(visit: &Visit, shown: &Shown, attempt: Option<&Attempt>) -> Markup {
    let (say, order) = (&visit.say, &shown.order);
    let lead = leading(order, shown.side);
    let (first, others): (Vec<&Choice>, Vec<&Choice>) =
        shown.choices.iter().partition(|c| c.transition == lead);
    let mine = words::turn(order) == Some(shown.side);
    let class = if mine || !first.is_empty() { "panel act-now" } else { "panel" };
    html! {
        @if order.timer.is_some() || !shown.choices.is_empty() {
            section class=(class) aria-labelledby="act" {
                h2 #act { (heading(say, shown)) }
                @if let Some(text) = words::silence(say, order, visit.now) {
                    (deadline(order, &text, visit.now))
                }
                @if order.state == "pending_payment" && shown.side == Side::Buyer {
                    @let label = say.order_pay(say.money(order.total));
                    div.acts { (link(links::pay(order.payment), label).primary()) }
                }
                @if shown.side == Side::Staff {
                    (of_staff(visit, shown, attempt))
                } @else {
                    @for choice in first { (act(visit, shown, choice, attempt, true)) }
                    @for choice in others { (on_demand(visit, shown, choice, attempt)) }
                }
            }
        }
    }
}

fn heading(say: &Say, shown: &Shown) -> String {
    let (order, side) = (&shown.order, shown.side);
    if order.state == "paid" && order.delivery == Delivery::Meet {
        return match side {
            Side::Buyer => say.order_turn_meet(),
            Side::Seller => say.order_turn_meet_seller(),
            Side::Staff => say.order_next(),
        };
    }
    let side = match side {
        Side::Buyer => "buyer",
        Side::Seller => "seller",
        Side::Staff => "staff",
    };
    let name = key(&key("order-turn", &order.state), side);
    if Say::knows(&name) { say.by_key(&name) } else { say.order_next() }
}

/// What silence does and when, louder the nearer it is.
fn deadline(order: &Order, text: &str, now: Moment) -> Markup {
    let left = order.timer.as_ref().map_or(i64::MAX, |(_, at)| (*at - now).whole_seconds());
    let class = match left {
        ..=0 => "deadline late",
        1..86_400 => "deadline soon",
        _ => "deadline",
    };
    html! { p class=(class) { (icon("clock")) span { (text) } } }
}

/// What staff may do: one reason, and a button for each step.
fn of_staff(visit: &Visit, shown: &Shown, attempt: Option<&Attempt>) -> Markup {
    let (say, order) = (&visit.say, &shown.order);
    let Some(first) = shown.choices.first() else { return html! {} };
    let untouched = Filled::empty();
    let filled = attempt.map_or(&untouched, |a| &a.filled);
    form(
        visit,
        &links::order_step(order.id, &first.transition),
        html! {
            @for choice in &shown.choices {
                p {
                    b { (say.by_key(&key("order-do", &choice.transition))) } ": "
                    (explained(say, order, &choice.transition).unwrap_or_default())
                }
            }
            (input(say, filled, "reason"))
            div.acts {
                @for choice in &shown.choices {
                    @let leads = leading(order, Side::Staff) == choice.transition;
                    @let press = pressed(say, &choice.transition, leads);
                    (submit_once(say, &press.action(links::order_step(order.id, &choice.transition))))
                }
            }
        },
    )
}

/// The button of a step.
fn pressed(say: &Say, transition: &str, leads: bool) -> Button {
    let press = button(say.by_key(&key("order-do", transition)));
    match (leads, takes_away(transition)) {
        (true, _) => press.primary(),
        (false, true) => press.danger(),
        (false, false) => press,
    }
}

fn on_demand(visit: &Visit, shown: &Shown, choice: &Choice, attempt: Option<&Attempt>) -> Markup {
    let is_open = attempt.is_some_and(|a| a.transition == choice.transition);
    html! {
        details.more open[is_open] {
            summary { (visit.say.by_key(&key("order-do", &choice.transition))) }
            (act(visit, shown, choice, attempt, false))
        }
    }
}

/// What a step does, its fields, and its button.
fn act(visit: &Visit, shown: &Shown, choice: &Choice, attempt: Option<&Attempt>, leads: bool) -> Markup {
    let (say, order, name) = (&visit.say, &shown.order, choice.transition.as_str());
    let untouched = Filled::empty();
    let filled = attempt.filter(|a| a.transition == name).map_or(&untouched, |a| &a.filled);
    let press = pressed(say, name, leads);
    form(
        visit,
        &links::order_step(order.id, name),
        html! {
            @if let Some(text) = explained(say, order, name) { p { (text) } }
            @for field in choice.fields { (input(say, filled, field)) }
            div.acts { (submit_once(say, &press)) }
        },
    )
}

/// What a step does, before it is taken.
fn explained(say: &Say, order: &Order, transition: &str) -> Option<String> {
    let name = key("order-ask", transition);
    let args = [("total", say.money(order.total).into()), ("part", say.money(order.seller_part()).into())];
    Say::knows(&name).then(|| say.by_key_with(&name, args))
}

fn input(say: &Say, filled: &Filled, field: &str) -> Field {
    match field {
        "carrier" => text(say, filled, field, say.order_carrier())
            .hint(say.order_carrier_hint())
            .max(Carrier::MAX)
            .optional(),
        "tracking" => text(say, filled, field, say.order_tracking()).max(Tracking::MAX).optional(),
        "reason" => {
            textarea(say, filled, field, say.staff_reason(), 3).hint(say.staff_reason_hint()).max(Reason::MAX)
        }
        _ => textarea(say, filled, "problem", say.order_problem(), 5)
            .hint(say.order_problem_hint())
            .max(Problem::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people may do, as the process names it.
    const STEPS: [&str; 18] = [
        "abandon",
        "ship",
        "hand_over",
        "cancel_by_buyer",
        "cancel_by_seller",
        "cancel_by_operator",
        "seller_marks_delivered",
        "confirm_early",
        "report_not_received",
        "confirm",
        "open_claim",
        "seller_refunds",
        "withdraw_claim",
        "escalate",
        "escalate_by_seller",
        "decide_refund",
        "decide_release",
        "retry_refund",
    ];

    #[test]
    fn every_step_says_what_it_does_before_it_is_taken() {
        for step in STEPS {
            assert!(Say::knows(&key("order-do", step)) && Say::knows(&key("order-ask", step)), "{step}");
        }
    }
}
