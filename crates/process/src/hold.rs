//! How long something can stay held at the very worst, whatever everybody does.
//!
//! A state is left at the latest when its timer fires, so the worst hold is the path on which
//! everybody acts a moment before each deadline. It has an end only if no path goes round.

use std::collections::HashMap;

use time::Duration;

use crate::place::{Map, Place};
use crate::process::{Countdown, Process, Transition};

/// The longest that a buyer's money can be held, and the way it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongestHold {
    /// From the transition that holds the money to the one that settles it.
    pub lasts: Duration,
    /// The names of the transitions, from the holding one to the settling timer.
    pub path: Vec<String>,
}

/// A path that comes back to a state it has been in, as state names.
pub(crate) type Round = Vec<String>;

struct Search<'p> {
    process: &'p Process,
    /// Steps that keep the thing held and restart the clock.
    steps: Vec<&'p Transition>,
    on_path: Vec<&'p str>,
    tails: HashMap<&'p str, LongestHold>,
}

/// The longest stay in places where `held` is true; `None` if there are none.
///
/// # Errors
/// A way to go round for ever without letting go.
pub(crate) fn longest<'p>(
    process: &'p Process,
    map: &Map<'p>,
    held: impl Fn(Place<'p>) -> bool,
) -> Result<Option<LongestHold>, Round> {
    let kept = |row: &Transition| process.countdown(row) != Countdown::Keep;
    let (mut entries, mut steps) = (Vec::new(), Vec::new());
    for (before, row, after) in map.steps(process).filter(|(_, row, _)| kept(row)) {
        match (held(before), held(after)) {
            (false, true) => entries.push(row),
            (true, true) => steps.push(row),
            _ => {}
        }
    }
    let mut search = Search { process, steps, on_path: Vec::new(), tails: HashMap::new() };
    let mut worst = None;
    for entry in entries {
        let hold = search.from(entry)?;
        worst = longer(worst, hold);
    }
    Ok(worst)
}

impl<'p> Search<'p> {
    /// The longest hold that begins with this row.
    fn from(&mut self, row: &'p Transition) -> Result<LongestHold, Round> {
        let tail = self.tail(&row.to)?;
        let wait = match self.process.countdown(row) {
            Countdown::Start { after, .. } => after,
            Countdown::Keep | Countdown::Stop => Duration::ZERO,
        };
        let path = [row.name.clone()].into_iter().chain(tail.path).collect();
        Ok(LongestHold { lasts: wait + tail.lasts, path })
    }

    /// The longest that can follow once the wait in this state is over.
    fn tail(&mut self, state: &'p str) -> Result<LongestHold, Round> {
        if let Some(known) = self.tails.get(state) {
            return Ok(known.clone());
        }
        if self.on_path.contains(&state) {
            return Err(self.on_path.iter().chain([&state]).map(|&name| name.to_owned()).collect());
        }
        self.on_path.push(state);
        let mut worst = None;
        let steps: Vec<_> = self.steps.iter().copied().filter(|row| row.from == state).collect();
        for row in steps {
            let hold = self.from(row)?;
            worst = longer(worst, hold);
        }
        self.on_path.pop();
        let worst = worst.unwrap_or_else(|| self.last(state));
        self.tails.insert(state, worst.clone());
        Ok(worst)
    }

    /// Nothing keeps it held after this state: its timer settles.
    fn last(&self, state: &str) -> LongestHold {
        let path = self.process.timer(state).map(|timer| timer.name.clone());
        LongestHold { lasts: Duration::ZERO, path: path.into_iter().collect() }
    }
}

fn longer(worst: Option<LongestHold>, hold: LongestHold) -> Option<LongestHold> {
    match worst {
        Some(worst) if worst.lasts >= hold.lasts => Some(worst),
        _ => Some(hold),
    }
}
