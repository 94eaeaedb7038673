//! What happened to an order, where it stands, and what comes next if all goes well.

use super::words;
use kernel::{Moment, Say};
use kit::parts::{Step, StepState, TimelineMoment, timeline};
use market::orders::model::{Delivery, Order, Shown};
use maud::Markup;

/// The timeline of an order.
pub(super) fn of(say: &Say, shown: &Shown, now: Moment) -> Markup {
    let order = &shown.order;
    let mut steps: Vec<Step> = shown.steps.iter().map(|taken| past(say, order, taken)).collect();
    match &order.timer {
        Some(timer) => steps.push(present(say, order, timer.at, now)),
        None => {
            if let (true, Some(last)) = (ended_badly(&order.state), steps.last_mut()) {
                last.state = StepState::Bad;
            }
        }
    }
    steps.extend(to_come(order).iter().map(|state| next(words::state_of(say, order, state))));
    timeline(say, &steps)
}

fn past(say: &Say, order: &Order, taken: &market::orders::model::Step) -> Step {
    let failed = taken.transition.contains("failed");
    Step {
        state: if failed { StepState::Bad } else { StepState::Done },
        label: words::done(say, order, taken),
        icon: "check",
        when: Some(TimelineMoment { at: taken.at, words: say.date_time(taken.at) }),
        silence: None,
    }
}

fn present(say: &Say, order: &Order, until: Moment, now: Moment) -> Step {
    Step {
        state: StepState::Now,
        label: words::state(say, order),
        icon: icon(&order.state),
        when: Some(TimelineMoment { at: until, words: say.order_until(words::when(say, until, now)) }),
        // The panel of what to do says it already.
        silence: None,
    }
}

fn next(label: String) -> Step {
    Step { state: StepState::Next, label, icon: "check", when: None, silence: None }
}

fn ended_badly(state: &str) -> bool {
    matches!(state, "cancelled" | "payment_expired" | "charged_back")
}

/// The states that follow when everybody does their part. None where that is open.
fn to_come(order: &Order) -> &'static [&'static str] {
    let is_met = order.delivery == Delivery::Meet;
    match order.state.as_str() {
        "pending_payment" | "payment_processing" if is_met => &["paid", "completed"],
        "pending_payment" | "payment_processing" => &["paid", "shipped", "delivered", "completed"],
        "paid" if is_met => &["completed"],
        "paid" => &["shipped", "delivered", "completed"],
        "shipped" => &["delivered", "completed"],
        "delivered" => &["completed"],
        "return_requested" => &["return_approved", "return_shipped", "return_inspection", "refunded"],
        "return_approved" => &["return_shipped", "return_inspection", "refunded"],
        "return_shipped" => &["return_inspection", "refunded"],
        "return_inspection" => &["refunded"],
        "replacement_due" => &["replacement_sent", "completed"],
        "replacement_sent" => &["completed"],
        "refunding" | "refund_stuck" => &["refunded"],
        "partial_refunding" | "partial_stuck" => &["completed_partial"],
        _ => &[],
    }
}

fn icon(state: &str) -> &'static str {
    match state {
        "pending_payment" | "payment_processing" => "card",
        "paid" => "box",
        "shipped" | "return_shipped" | "replacement_sent" => "truck",
        "delivered" | "return_inspection" => "home",
        "return_approved" | "replacement_due" => "box",
        "claim_open" | "return_requested" => "chat",
        "claim_review" => "user",
        state if state.starts_with("ruled_") || state.starts_with("appeal_") => "user",
        _ => "undo",
    }
}
