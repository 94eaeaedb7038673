//! The process tables, proved when they are loaded.

use process::{Actor, Process, Transition};
use std::sync::LazyLock;

static ORDER: LazyLock<Process> = LazyLock::new(|| load(include_str!("../../processes/order.toml")));
static LEG: LazyLock<Process> = LazyLock::new(|| load(include_str!("../../processes/leg.toml")));

fn load(table: &str) -> Process {
    #[allow(clippy::panic, reason = "a table that is not proved must not start; a test reads it long before")]
    Process::load(table).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The process of an order.
pub(super) fn order() -> &'static Process {
    &ORDER
}

/// The process of an item leg, which follows its order.
pub(super) fn leg() -> &'static Process {
    &LEG
}

/// What goes with a step.
pub(super) fn fields(transition: &str) -> &'static [&'static str] {
    match transition {
        "ship" => &["carrier", "tracking"],
        "open_claim" | "report_not_received" => &["problem"],
        "cancel_by_operator" | "decide_refund" | "decide_release" | "retry_refund" | "refund_other_way" => {
            &["reason"]
        }
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
    #[test]
    fn the_legs_can_follow_their_order() {
        let faults = process::follows(super::order(), super::leg());
        assert!(faults.is_empty(), "{faults:?}");
    }

    /// `fire` asks staff for a reason, whatever the step.
    #[test]
    fn what_staff_does_names_its_reason() {
        let by_staff = |step: &&process::Transition| step.actor == process::Actor::Operator;
        let steps: Vec<_> = super::order().transitions().iter().filter(by_staff).collect();
        assert!(steps.len() > 3);
        for step in steps {
            assert_eq!(super::fields(&step.name), ["reason"], "{}", step.name);
        }
    }
}
