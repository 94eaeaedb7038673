//! What the viewer may do with an order: at most one thing stands out, the others open on demand. What cannot
//! be taken back says so before its button.

use super::words;
use crate::deals::key;
use kernel::{Moment, Money, Say};
use kit::form::Filled;
use kit::links;
use kit::parts::form::form;
use kit::parts::icon::icon;
use kit::parts::{Button, Field, Opt, button, link, money_field, select, submit_once, text, textarea};
use kit::visit::Visit;
use market::cases::model::{Kind, Proposal, Reasons, Side as Speaker, Wants};
use market::orders::by_hand::PaidFrom;
use market::orders::model::{Carrier, Choice, Delivery, Order, Problem, Shown, Side, Tracking};
use market::orders::parts;
use market::reconciliation::own::REFERENCE_MAX;
use market::staff::model::Reason;
use maud::{Markup, html};

/// The step by which a buyer asks to send something back, and what is wrong with it in its form: another form of the page
/// has a field for that too.
pub(super) const RETURN: &str = "request_return";
pub(super) const RETURN_PROBLEM: &str = "return_problem";

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
        ("partial_stuck", Side::Staff) => "retry_partial",
        ("return_requested", Side::Seller) => "accept_return",
        ("return_approved", Side::Buyer) => "return_ship",
        ("return_shipped", Side::Seller) => "return_received",
        ("return_inspection", Side::Seller) => "accept_returned",
        ("replacement_due", Side::Seller) => "send_replacement",
        ("replacement_sent", Side::Buyer) => "confirm_replacement",
        _ => "",
    }
}

/// Steps that end a deal or give money away: their buttons are marked.
fn takes_away(transition: &str) -> bool {
    matches!(
        transition,
        "abandon"
            | "cancel_by_buyer"
            | "cancel_by_seller"
            | "cancel_by_operator"
            | "seller_refunds"
            | "refund_after_release"
            | "refund_part_after_release"
            | "goodwill_refund"
            | "goodwill_part"
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
    let left = order.timer.as_ref().map_or(i64::MAX, |timer| (timer.at - now).whole_seconds());
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
                    (explained(say, shown, &choice.transition).unwrap_or_default())
                }
            }
            @for field in fields(&shown.choices) { (input(say, shown, filled, field)) }
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

/// What any of these steps asks for, each once.
fn fields(choices: &[Choice]) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for field in choices.iter().flat_map(|choice| choice.fields) {
        if !all.contains(field) {
            all.push(field);
        }
    }
    all
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
    let proposal = offered(shown).filter(|_| choice.fields.contains(&"proposal"));
    let untouched = Filled::empty();
    let filled = attempt.filter(|a| a.transition == name).map_or(&untouched, |a| &a.filled);
    let press = pressed(say, name, leads);
    form(
        visit,
        &links::order_step(order.id, name),
        html! {
            @if let Some(text) = explained(say, shown, name) { p { (text) } }
            @if let Some(proposal) = proposal { input type="hidden" name="proposal" value=(proposal.id); }
            @for field in choice.fields.iter().filter(|field| **field != "proposal") {
                @let field = if name == RETURN && *field == "problem" { RETURN_PROBLEM } else { *field };
                (input(say, shown, filled, field))
            }
            div.acts { (submit_once(say, &press)) }
        },
    )
}

/// What a step does, before it is taken.
fn explained(say: &Say, shown: &Shown, transition: &str) -> Option<String> {
    let (name, order) = (key("order-ask", transition), &shown.order);
    let offer = offered(shown).and_then(|proposal| proposal.refund);
    let (back, rest) = words::split(order, shown.case.as_ref(), offer);
    let args = [
        ("total", say.money(order.total).into()),
        ("part", say.money(order.seller_part()).into()),
        ("back", say.money(back).into()),
        ("rest", say.money(rest).into()),
        ("left", say.money(order.left()).into()),
    ];
    Say::knows(&name).then(|| say.by_key_with(&name, args))
}

/// What the other side offers, to whom it is offered.
fn offered(shown: &Shown) -> Option<&Proposal> {
    let other = match shown.side {
        Side::Buyer => Speaker::Seller,
        Side::Seller => Speaker::Buyer,
        Side::Staff => return None,
    };
    shown.case.as_ref()?.open_of(other)
}

fn input(say: &Say, shown: &Shown, filled: &Filled, field: &str) -> Field {
    let choice = |kind: &str, name: &str| Opt::new(name, say.by_key(&key(kind, name)));
    match field {
        "kind" => {
            let options = Kind::ALL.iter().map(|it| choice("case-kind", it.name())).collect();
            select(say, filled, field, say.order_case_kind(), options).or(first_kind(shown).name())
        }
        "wants" => {
            let options = Wants::ALL.iter().map(|it| choice("case-wants", it.name())).collect();
            select(say, filled, field, say.order_case_wants(), options).or(Wants::Refund.name())
        }
        "amount" => {
            let most = most(&shown.order);
            money_field(say, filled, field, say.order_part_back(), shown.order.currency)
                .hint(say.order_part_back_hint(say.money(most)))
        }
        "paid_from" => {
            let options = PaidFrom::ALL.iter().map(|it| choice("paid-from", it.name())).collect();
            select(say, filled, field, say.order_paid_from(), options)
                .with_empty(say.order_paid_from_none())
                .hint(say.order_paid_from_hint())
                .optional()
        }
        "reference" => text(say, filled, field, say.order_reference())
            .hint(say.order_reference_hint())
            .max(REFERENCE_MAX)
            .optional(),
        "reasons" => textarea(say, filled, field, say.order_reasons(), 5)
            .hint(say.order_reasons_hint())
            .max(Reasons::MAX),
        "carrier" => text(say, filled, field, say.order_carrier())
            .hint(say.order_carrier_hint())
            .max(Carrier::MAX)
            .optional(),
        "tracking" => text(say, filled, field, say.order_tracking()).max(Tracking::MAX).optional(),
        "reason" => {
            textarea(say, filled, field, say.staff_reason(), 3).hint(say.staff_reason_hint()).max(Reason::MAX)
        }
        _ => textarea(say, filled, field, say.order_problem(), 5)
            .hint(say.order_problem_hint())
            .max(Problem::MAX),
    }
}

/// The most that can go back as a part now.
fn most(order: &Order) -> Money {
    let most = parts::most(order).amount - order.refunded.amount;
    Money::new(most.max(0), order.currency)
}

/// What is most likely wrong.
fn first_kind(shown: &Shown) -> Kind {
    if shown.order.state == "shipped" { Kind::NotReceived } else { Kind::NotAsDescribed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people may do, as the process names it. All of it is looked at beside the tables.
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
