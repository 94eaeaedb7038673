//! The timer that runs in a row: what silence does to it, and when.

use time::OffsetDateTime;

use crate::process::{Countdown, Process, Transition};

/// A timer that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// The transition it will make.
    pub transition: String,
    /// When, in UTC.
    pub at: OffsetDateTime,
}

impl Timer {
    /// One of a row that keeps its two halves apart.
    pub fn of(transition: Option<String>, at: Option<OffsetDateTime>) -> Option<Self> {
        Some(Self { transition: transition?, at: at? })
    }

    /// Whether it is this timer, and rings now. Whoever comes late, or for a timer that ran before, finds that it is not.
    pub fn rings(&self, transition: &str, now: OffsetDateTime) -> bool {
        self.transition == transition && self.at <= now
    }
}

impl Process {
    /// The timer of a row that enters this state now.
    pub fn timer_in(&self, state: &str, now: OffsetDateTime) -> Option<Timer> {
        let row = self.timer(state)?;
        Some(Timer { transition: row.name.clone(), at: now + row.after? })
    }

    /// The timer of a row after `taken` has been made now, given the one that ran before.
    pub fn timer_after(
        &self,
        taken: &Transition,
        before: Option<Timer>,
        now: OffsetDateTime,
    ) -> Option<Timer> {
        match self.countdown(taken) {
            Countdown::Keep => before,
            Countdown::Stop => None,
            Countdown::Start { timer, after } => {
                Some(Timer { transition: timer.name.clone(), at: now + after })
            }
        }
    }
}
