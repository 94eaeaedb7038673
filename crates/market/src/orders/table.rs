//! The process tables, proved when they are loaded. An order ends on the version that it began with.

use process::{Actor, Process, Transition};
use std::sync::LazyLock;

static ORDER: LazyLock<[Process; 2]> = LazyLock::new(|| {
    [load(include_str!("../../processes/order.toml")), load(include_str!("../../processes/order-2.toml"))]
});
static LEG: LazyLock<[Process; 2]> = LazyLock::new(|| {
    [load(include_str!("../../processes/leg.toml")), load(include_str!("../../processes/leg-2.toml"))]
});

fn load(table: &str) -> Process {
    #[allow(clippy::panic, reason = "a table that is not proved must not start; a test reads it long before")]
    Process::load(table).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The version that new orders begin with.
pub(super) const NEWEST: i32 = 2;

/// The process of an order of that version.
pub(super) fn order(version: i32) -> &'static Process {
    of(&ORDER, version)
}

/// The process of an item leg, which follows its order.
pub(super) fn leg(version: i32) -> &'static Process {
    of(&LEG, version)
}

fn of(versions: &'static [Process; 2], version: i32) -> &'static Process {
    let [first, second] = versions;
    if version < NEWEST { first } else { second }
}

/// What goes with a step.
pub(super) fn fields(transition: &str) -> &'static [&'static str] {
    match transition {
        "ship" | "send_replacement" | "return_ship" => &["carrier", "tracking"],
        "open_claim" => &["kind", "wants", "problem"],
        "report_not_received" | "request_return" => &["problem"],
        "agree_partial"
        | "agree_partial_by_seller"
        | "agree_return"
        | "agree_return_by_seller"
        | "agree_replacement"
        | "agree_replacement_by_seller" => &["proposal"],
        "rule_refund" | "rule_release" | "finally_refund" | "finally_release" => &["reasons"],
        "rule_partial" | "finally_partial" => &["amount", "reasons"],
        "refund_part_after_release" => &["amount", "reason"],
        "goodwill_part" => &["amount"],
        "cancel_by_operator"
        | "decide_refund"
        | "decide_release"
        | "retry_refund"
        | "retry_partial"
        | "refund_after_release" => &["reason"],
        "refund_other_way" | "partial_other_way" => &["paid_from", "reference", "reason"],
        _ => &[],
    }
}

/// Whether a step makes sense for the way the goods change hands.
pub(super) fn fits(transition: &Transition, method: &str) -> bool {
    match transition.name.as_str() {
        "ship" => method == "ship",
        "hand_over" => method == "meet",
        _ => true,
    }
}

/// The actor's name in tables and timelines.
pub(super) fn actor_name(actor: Actor) -> &'static str {
    actor.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legs_can_follow_their_order() {
        for version in 1..=NEWEST {
            assert_eq!(i32::try_from(order(version).version), Ok(version));
            let faults = process::follows(order(version), leg(version));
            assert!(faults.is_empty(), "{faults:?}");
        }
    }

    /// Whether silence takes a little or a lot of time, money is not held for longer than providers allow.
    #[test]
    fn the_longest_way_is_88_days() {
        let longest = order(NEWEST).longest_hold().unwrap();
        assert_eq!(longest.lasts, time::Duration::days(88), "{:?}", longest.path);
        assert!(Some(longest.lasts) <= order(NEWEST).hold_window());
    }

    /// `fire` asks staff for a reason, whatever the step.
    #[test]
    fn what_staff_does_names_its_reason() {
        for version in 1..=NEWEST {
            let by_staff = |step: &&Transition| step.actor == Actor::Operator;
            let steps: Vec<_> = order(version).transitions().iter().filter(by_staff).collect();
            assert!(steps.len() > 3);
            for step in steps {
                let reasons = fields(&step.name).iter().filter(|field| field.starts_with("reason")).count();
                assert_eq!(reasons, 1, "{}", step.name);
            }
        }
    }

    /// An order of the first version is put on the second when a bank takes its payment back: its state and its timer
    /// must be there.
    #[test]
    fn the_first_version_fits_into_the_second() {
        for state in order(1).states() {
            assert_eq!(order(2).state(&state.name), Some(state));
            let timer = |version| order(version).timer(&state.name).map(|row| row.name.as_str());
            assert_eq!(timer(1), timer(2), "{}", state.name);
        }
        for state in leg(1).states() {
            assert_eq!(leg(2).state(&state.name), Some(state));
        }
    }
}
