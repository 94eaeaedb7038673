//! The process of a chargeback, proved when it is loaded.

use crate::payments::provider::DisputeState;
use process::Process;
use std::sync::LazyLock;

static CHARGEBACK: LazyLock<Process> = LazyLock::new(|| {
    let table = include_str!("../../processes/chargeback.toml");
    #[allow(clippy::panic, reason = "a table that is not proved must not start; a test reads it long before")]
    Process::load(table).unwrap_or_else(|faults| panic!("{faults:?}"))
});

pub(super) fn chargeback() -> &'static Process {
    &CHARGEBACK
}

/// The answers that lead to where a provider says that a dispute is, one after the other: whoever hears of one late takes the
/// steps that were missed. One that leads nowhere from where it is now is passed over.
pub(super) const fn way_to(state: DisputeState) -> &'static [&'static str] {
    match state {
        DisputeState::Inquiry => &["warning_needs_response"],
        DisputeState::InquiryReview => &["warning_needs_response", "warning_under_review"],
        DisputeState::InquiryClosed => &["warning_needs_response", "warning_closed"],
        DisputeState::NeedsResponse => &["needs_response"],
        DisputeState::UnderReview => &["needs_response", "under_review"],
        DisputeState::Won => &["needs_response", "won"],
        DisputeState::Lost => &["needs_response", "lost"],
        DisputeState::Prevented => &["prevented"],
    }
}

/// The state here that is the provider's.
pub(super) const fn state_of(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Inquiry | DisputeState::InquiryReview => "inquiry",
        DisputeState::InquiryClosed => "inquiry_closed",
        DisputeState::NeedsResponse => "needs_response",
        DisputeState::UnderReview => "under_review",
        DisputeState::Won => "won",
        DisputeState::Lost => "lost",
        DisputeState::Prevented => "prevented",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [DisputeState; 8] = [
        DisputeState::Inquiry,
        DisputeState::InquiryReview,
        DisputeState::InquiryClosed,
        DisputeState::NeedsResponse,
        DisputeState::UnderReview,
        DisputeState::Won,
        DisputeState::Lost,
        DisputeState::Prevented,
    ];

    /// Where the answers lead from a state.
    fn led(from: &str, state: DisputeState) -> String {
        let mut at = from.to_owned();
        for answer in way_to(state) {
            if let Some(row) = chargeback().answer(&at, answer) {
                at.clone_from(&row.to);
            }
        }
        at
    }

    #[test]
    fn whatever_is_heard_first_leads_to_where_it_is() {
        for state in STATES {
            assert_eq!(led("new", state), state_of(state), "{state:?}");
        }
        let ends = [DisputeState::Won, DisputeState::Lost, DisputeState::Prevented];
        for end in ends {
            for from in ["inquiry", "needs_response", "sending", "under_review"] {
                assert_eq!(led(from, end), state_of(end), "{from} {end:?}");
            }
            // What is over is over, whatever comes late.
            for late in STATES {
                assert_eq!(led(state_of(end), late), state_of(end), "{late:?}");
            }
        }
        assert_eq!(led("inquiry_closed", DisputeState::Lost), "lost", "the bank changed its mind");
        assert_eq!(led("under_review", DisputeState::NeedsResponse), "under_review", "old news");
    }
}
