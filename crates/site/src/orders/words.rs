//! Orders in words: what state they are in, whose turn it is, what silence does.

use crate::deals::key;
use kernel::{Moment, Say};
use kit::parts::{State, status};
use market::orders::model::{Delivery, Leg, Order, Side, Step};
use maud::Markup;

/// What was bought: the first thing, and how many more.
pub(crate) fn title(say: &Say, legs: &[Leg]) -> String {
    let mut things = legs.iter().filter(|l| l.is_item);
    let first = things.next().map_or("", |l| l.title.as_str());
    match things.count() {
        0 => first.to_owned(),
        more => say.order_title_more(more, first),
    }
}

fn is_met(order: &Order) -> bool {
    order.delivery == Delivery::Meet
}

/// The state of an order; what is handed over in person is not "waiting to be sent".
pub(crate) fn state(say: &Say, order: &Order) -> String {
    state_of(say, order, &order.state)
}

/// A state that the order is or will be in.
pub(super) fn state_of(say: &Say, order: &Order, state: &str) -> String {
    if state == "paid" && is_met(order) { say.order_paid_meet() } else { state_name(say, state) }
}

pub(crate) fn state_name(say: &Say, state: &str) -> String {
    say.by_key(&key("order-state", state))
}

/// The state with its colour.
pub(crate) fn badge(say: &Say, order: &Order) -> Markup {
    status(tone(&order.state), &state(say, order))
}

pub(crate) fn tone(state: &str) -> State {
    match state {
        "completed" | "refunded" => State::Ok,
        "cancelled" | "payment_expired" => State::Off,
        "claim_open" | "claim_review" | "refund_stuck" => State::Bad,
        _ => State::Wait,
    }
}

/// Who must do something for the order to go on well; nobody while something is on its way.
pub(super) fn turn(order: &Order) -> Option<Side> {
    match order.state.as_str() {
        "pending_payment" | "delivered" => Some(Side::Buyer),
        "paid" if is_met(order) => Some(Side::Buyer),
        "paid" | "claim_open" => Some(Side::Seller),
        "claim_review" | "refund_stuck" => Some(Side::Staff),
        _ => None,
    }
}

/// "27 Nov 2026, 18:00 UTC (in 4 days)".
pub(super) fn when(say: &Say, at: Moment, now: Moment) -> String {
    say.order_when(say.date_time(at), say.in_time(at, now))
}

/// What happens, and when, if nobody does anything.
pub(super) fn silence(say: &Say, order: &Order, now: Moment) -> Option<String> {
    let (timer, at) = order.timer.as_ref()?;
    let when = when(say, *at, now);
    if timer == "auto_cancel_unshipped" && is_met(order) {
        return Some(say.order_silence_unmet(when));
    }
    Some(say.by_key_with(&key("order-silence", timer), [("when", when.into())]))
}

/// What was done.
pub(super) fn done(say: &Say, order: &Order, step: &Step) -> String {
    if step.transition == "auto_cancel_unshipped" && is_met(order) {
        return say.order_done_unmet();
    }
    say.by_key(&key("order-done", &step.transition))
}

/// Where the money is, in a sentence for this side.
pub(super) fn money(say: &Say, order: &Order, side: Side) -> String {
    let side = match side {
        Side::Buyer => "buyer",
        Side::Seller => "seller",
        Side::Staff => "staff",
    };
    let (total, part) = (say.money(order.total), say.money(order.seller_part()));
    match order.state.as_str() {
        "pending_payment" => say.order_money_none(side),
        "payment_processing" => say.order_money_checking(side, total),
        "paid" | "shipped" | "delivered" | "claim_open" | "claim_review" => {
            say.order_money_held(part, side, total)
        }
        "completed" => say.order_money_released(part, side, total),
        "refunding" | "refund_stuck" => say.order_money_returning(side, total),
        "refunded" => say.order_money_returned(side, total),
        _ => say.order_money_nothing(side),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_told_apart() {
        for state in ["claim_open", "claim_review", "refund_stuck"] {
            assert_eq!(tone(state), State::Bad);
        }
        assert_eq!(tone("paid"), State::Wait);
        assert!(Say::knows(&key("order-state", "claim_review")));
    }
}
