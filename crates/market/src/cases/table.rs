//! The process of a proposal, proved when it is loaded.

use process::{Process, Transition};
use std::sync::LazyLock;

static PROPOSAL: LazyLock<Process> = LazyLock::new(|| {
    #[allow(clippy::panic, reason = "a table that is not proved must not start; a test reads it long before")]
    Process::load(include_str!("../../processes/proposal.toml")).unwrap_or_else(|faults| panic!("{faults:?}"))
});

/// The state in which a proposal waits for an answer.
pub(super) const OPEN: &str = "open";

/// The step of that name of a proposal that is open.
pub(super) fn step(name: &str) -> Option<&'static Transition> {
    PROPOSAL.transition(OPEN, name)
}

#[cfg(test)]
mod tests {
    use super::super::model::PROPOSAL_LIFE;
    use super::*;

    #[test]
    fn a_proposal_is_answered_or_lapses() {
        assert_eq!(PROPOSAL.start(), OPEN);
        for name in ["accept", "refuse", "withdraw", "replace", "lapse"] {
            assert!(step(name).is_some(), "{name}");
        }
        assert_eq!(step("lapse").and_then(|row| row.after), Some(PROPOSAL_LIFE));
    }
}
