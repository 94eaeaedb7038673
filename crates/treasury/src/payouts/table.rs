//! The process tables of settlements, debts and payouts, proved when they are loaded.

use process::{Process, Transition};
use std::sync::LazyLock;

static SETTLEMENT: LazyLock<Process> =
    LazyLock::new(|| load(include_str!("../../processes/settlement.toml")));
static DEBT: LazyLock<Process> = LazyLock::new(|| load(include_str!("../../processes/debt.toml")));
static PAYOUT: LazyLock<Process> = LazyLock::new(|| load(include_str!("../../processes/payout.toml")));

fn load(table: &str) -> Process {
    #[allow(clippy::panic, reason = "a table that is not proved must not start; a test reads it long before")]
    Process::load(table).unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub(super) fn settlement() -> &'static Process {
    &SETTLEMENT
}

pub(super) fn debt() -> &'static Process {
    &DEBT
}

pub(super) fn payout() -> &'static Process {
    &PAYOUT
}

/// The names of a row's effects, in their order.
pub(super) fn effects(row: &Transition) -> impl Iterator<Item = &str> {
    row.effects.iter().map(process::Effect::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_proved() {
        assert_eq!(settlement().start(), "new");
        assert_eq!(debt().start(), "open");
        assert_eq!(payout().start(), "gathered");
    }

    #[test]
    fn silence_ends_each() {
        for process in [settlement(), debt(), payout()] {
            for state in process.states().iter().filter(|state| state.is_waiting()) {
                assert!(process.path_to_end(&state.name).is_some(), "{} {}", process.id, state.name);
            }
        }
    }
}
