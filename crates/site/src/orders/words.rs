//! Orders in words: what state they are in, whose turn it is, what silence does.

use crate::deals::key;
use kernel::{Moment, Money, Say};
use kit::parts::{State, status};
use market::cases::model::Whole;
use market::orders::model::{Delivery, Leg, Order, Side, Step};
use market::orders::words as names;
use market::orders::{parts, verify};
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
        "completed" | "completed_partial" | "refunded" => State::Ok,
        "cancelled" | "payment_expired" => State::Off,
        "claim_open" | "claim_review" | "refund_stuck" | "partial_stuck" | "charged_back" => State::Bad,
        state if is_decided(state) => State::Bad,
        _ => State::Wait,
    }
}

/// Staff has decided, or decides once more.
fn is_decided(state: &str) -> bool {
    state.starts_with("ruled_") || state.starts_with("appeal_")
}

/// Who must do something for the order to go on well; nobody while something is on its way.
pub(super) fn turn(order: &Order) -> Option<Side> {
    match order.state.as_str() {
        "pending_payment" | "delivered" => Some(Side::Buyer),
        "paid" if is_met(order) => Some(Side::Buyer),
        "paid" | "claim_open" | "return_requested" | "return_inspection" | "replacement_due" => {
            Some(Side::Seller)
        }
        "return_approved" | "replacement_sent" | "ruled_release" => Some(Side::Buyer),
        "ruled_refund" => Some(Side::Seller),
        "claim_review" | "refund_stuck" | "partial_stuck" | "appeal_refund" | "appeal_release"
        | "appeal_partial" => Some(Side::Staff),
        _ => None,
    }
}

/// "27 Nov 2026, 18:00 UTC (in 4 days)".
pub(crate) fn when(say: &Say, at: Moment, now: Moment) -> String {
    say.order_when(say.date_time(at), say.in_time(at, now))
}

/// What happens, and when, if nobody does anything.
pub(crate) fn silence(say: &Say, order: &Order, now: Moment) -> Option<String> {
    let timer = order.timer.as_ref()?;
    let when = when(say, timer.at, now);
    if timer.transition == "auto_cancel_unshipped" && is_met(order) {
        return Some(say.order_silence_unmet(when));
    }
    Some(say.by_key_with(&names::silence_key(&order.state, &timer.transition), [("when", when.into())]))
}

/// What was done.
pub(super) fn done(say: &Say, order: &Order, step: &Step) -> String {
    if step.transition == "auto_cancel_unshipped" && is_met(order) {
        return say.order_done_unmet();
    }
    say.by_key(&names::done_key(step))
}

/// Where the money is, in a sentence for this side.
pub(crate) fn money(say: &Say, order: &Order, side: Side) -> String {
    let side = match side {
        Side::Buyer => "buyer",
        Side::Seller => "seller",
        Side::Staff => "staff",
    };
    let (total, part) = (say.money(order.total), say.money(order.seller_part()));
    let (back, rest) = (say.money(order.refunded), say.money(order.released));
    match order.state.as_str() {
        "pending_payment" => say.order_money_none(side),
        "payment_processing" => say.order_money_checking(side, total),
        state if verify::is_held(state) => say.order_money_held(part, side, total),
        "partial_refunding" | "partial_stuck" => say.order_money_parting(back, rest, side),
        "completed_partial" => say.order_money_parted(back, rest, side),
        "charged_back" => say.order_money_taken(side),
        "completed" => say.order_money_released(part, side, total),
        "refunding" | "refund_stuck" => say.order_money_returning(side, total),
        "refunded" => say.order_money_returned(side, total),
        _ => say.order_money_nothing(side),
    }
}

/// What the open proposal of the other side, the decision that waits, or what went back so far would give the buyer, and
/// what the seller gets then.
pub(crate) fn split(order: &Order, case: Option<&Whole>, back: Option<Money>) -> (Money, Money) {
    let decided = || case.and_then(|whole| whole.ruling()).and_then(|ruling| ruling.refund);
    let back = back.or_else(decided).unwrap_or(order.refunded);
    let rest = parts::left(order, back).map_or(Money::zero(order.currency), |left| left.seller());
    (back, rest)
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
