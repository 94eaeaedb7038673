//! What the shipped tables say, asked the way an engine asks.

use time::{Duration, OffsetDateTime};

use super::table::{Mutant, leg, order};
use crate::{Actor, Countdown, Effect, Kind, Money, Process, Stock, Transition, follows};

fn names<'p>(rows: impl Iterator<Item = &'p Transition>) -> Vec<&'p str> {
    rows.map(|row| row.name.as_str()).collect()
}

fn take<'p>(process: &'p Process, from: &str, name: &str) -> &'p Transition {
    process.transition(from, name).unwrap_or_else(|| panic!("{name} does not leave {from}"))
}

#[test]
fn the_unchanged_table_survives_the_breaking_tool() {
    assert_eq!(Mutant::new().faults(), []);
}

#[test]
fn an_order_begins_before_it_exists_and_knows_its_ends() {
    let order = order();
    assert_eq!((order.id.as_str(), order.version, order.start()), ("order", 1, "new"));
    assert_eq!(order.state("new").map(|state| state.kind), Some(Kind::Unborn));
    assert!(order.state("paid").is_some_and(|state| state.is_waiting()));
    assert!(order.state("refunded").is_some_and(|state| state.is_end()));
    assert_eq!(order.state("lost"), None);
}

#[test]
fn each_side_sees_what_it_may_do() {
    let order = order();
    assert_eq!(names(order.open_to("paid", Actor::Seller)), ["ship", "cancel_by_seller"]);
    assert_eq!(names(order.open_to("paid", Actor::Buyer)), ["hand_over", "cancel_by_buyer"]);
    assert_eq!(names(order.open_to("delivered", Actor::Buyer)), ["confirm", "open_claim"]);
    assert_eq!(names(order.open_to("completed", Actor::Buyer)), [""; 0]);
}

#[test]
fn effects_come_in_order() {
    let order = order();
    let paid = take(&order, "pending_payment", "payment_succeeded");
    assert_eq!(paid.effects, [Effect::Money(Money::Hold), Effect::Stock(Stock::Commit)]);
    let late = take(&order, "payment_expired", "orphan_payment");
    let (hold, refund) = (Effect::Money(Money::Hold), Effect::Money(Money::SettleRefund));
    assert_eq!(late.effects, [hold, refund]);
}

#[test]
fn silence_has_a_time_and_a_consequence() {
    let order = order();
    let timer = order.timer("paid").map(|timer| (timer.name.as_str(), timer.after));
    assert_eq!(timer, Some(("auto_cancel_unshipped", Some(Duration::days(5)))));
    assert_eq!(order.timer("completed"), None);
}

#[test]
fn the_countdown_follows_the_state() {
    let order = order();
    let after = |from, name| match order.countdown(take(&order, from, name)) {
        Countdown::Start { timer, after } => Some((timer.name.as_str(), after.whole_hours())),
        Countdown::Keep | Countdown::Stop => None,
    };
    assert_eq!(after("shipped", "seller_marks_delivered"), Some(("auto_complete", 14 * 24)));
    assert_eq!(after("shipped", "carrier_delivered"), Some(("auto_complete", 3 * 24)));
    assert_eq!(after("refund_stuck", "refund_stuck_page"), Some(("refund_stuck_page", 48)));
    let declined = take(&order, "pending_payment", "payment_failed");
    assert_eq!(order.countdown(declined), Countdown::Keep);
    assert_eq!(order.countdown(take(&order, "delivered", "confirm")), Countdown::Stop);
}

#[test]
fn a_timer_goes_on_stops_or_starts_and_rings_for_its_own_name_alone() {
    let (order, now) = (order(), OffsetDateTime::UNIX_EPOCH);
    let paying = order.timer_in("pending_payment", now);
    let later = now + Duration::minutes(7);
    let declined = take(&order, "pending_payment", "payment_failed");
    assert_eq!(order.timer_after(declined, paying.clone(), later), paying);
    let shipped = order.timer_after(take(&order, "paid", "ship"), paying, later).unwrap();
    assert_eq!(Some(&shipped), order.timer_in("shipped", later).as_ref());
    assert!(shipped.rings(&shipped.transition, shipped.at));
    assert!(!shipped.rings(&shipped.transition, shipped.at - Duration::SECOND));
    assert!(!shipped.rings("payment_expired", shipped.at));
    let confirmed = take(&order, "delivered", "confirm");
    assert_eq!(order.timer_after(confirmed, Some(shipped), later), None);
    assert_eq!(order.timer_in("completed", later), None);
}

#[test]
fn a_payment_finds_its_row_wherever_the_order_is() {
    let order = order();
    let row = |from| order.answer(from, "payment_succeeded").map(|row| row.name.as_str());
    assert_eq!(row("pending_payment"), Some("payment_succeeded"));
    assert_eq!(row("payment_processing"), Some("payment_succeeded_late"));
    assert_eq!(row("payment_expired"), Some("orphan_payment"));
    assert_eq!(row("cancelled"), Some("orphan_payment_cancelled"));
    assert_eq!(row("paid"), None);
}

#[test]
fn silence_alone_leads_to_an_end() {
    let order = order();
    let path = |from| order.path_to_end(from).map(|way| names(way.into_iter()));
    let lost = ["lost_in_transit", "escalate_timeout", "review_timeout", "refund_settled"];
    assert_eq!(path("shipped"), Some(lost.to_vec()));
    assert_eq!(path("refunded"), Some(vec![]));
    assert_eq!(path("nowhere"), None);
}

#[test]
fn the_worst_hold_is_known_and_fits() {
    let order = order();
    let worst = order.longest_hold().expect("an order holds money");
    assert_eq!(worst.lasts, Duration::days(5 + 21 + 14 + 3 + 30));
    assert!(Some(worst.lasts) <= order.hold_window());
    assert_eq!(worst.path.first().map(String::as_str), Some("payment_succeeded"));
    assert!(worst.path.contains(&"seller_marks_delivered".to_owned()));
    assert_eq!(worst.path.last().map(String::as_str), Some("review_timeout"));
    assert_eq!(leg().longest_hold(), None);
}

#[test]
fn legs_follow_their_order() {
    assert_eq!(follows(&order(), &leg()), []);
}
