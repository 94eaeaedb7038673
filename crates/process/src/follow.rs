//! Two tables that move together: an order leads, its item legs follow in the same transaction
//! (the key `leg` of a row names the leg's transition). While it follows, a leg's own timers
//! and actors are not asked.

use crate::fault::{Fault, Proof};
use crate::place::Place;
use crate::process::{Process, State, Transition};

/// Proves that `leg` can follow `lead` on every path, and that no leg is left open
/// when the lead ends. Returns the faults, none if it holds.
pub fn follows(lead: &Process, leg: &Process) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut pairs = vec![(Place::first(lead), leg.start())];
    let mut next = 0;
    while let Some(&(place, stage)) = pairs.get(next) {
        for row in place.moves(lead) {
            match (place.after(row), moved(leg, stage, row)) {
                (Ok(after), Some(stage)) if !pairs.contains(&(after, stage)) => {
                    faults.extend(left_open(lead, leg, row, stage));
                    pairs.push((after, stage));
                }
                (_, None) => faults.push(cannot_follow(leg, stage, row)),
                _ => {}
            }
        }
        next += 1;
    }
    faults
}

/// The leg's state after the lead's row, `None` if it cannot follow.
fn moved<'l>(leg: &'l Process, stage: &'l str, row: &Transition) -> Option<&'l str> {
    match &row.leg {
        None => Some(stage),
        Some(name) => leg.transition(stage, name).map(|step| step.to.as_str()),
    }
}

fn cannot_follow(leg: &Process, stage: &str, row: &Transition) -> Fault {
    let (id, step) = (&leg.id, row.leg.as_deref().unwrap_or_default());
    let sentence = format!("`{}` moves a {id} by `{step}`, but it is `{stage}` then", row.name);
    Fault::new(Proof::Follow, sentence)
}

fn left_open(lead: &Process, leg: &Process, row: &Transition, stage: &str) -> Option<Fault> {
    let ended = |process: &Process, name: &str| process.state(name).is_some_and(State::is_end);
    if !ended(lead, &row.to) || ended(leg, stage) {
        return None;
    }
    let (id, name, end) = (&leg.id, &row.name, &row.to);
    let sentence = format!("`{name}` ends in `{end}` and leaves a {id} open in `{stage}`");
    Some(Fault::new(Proof::Follow, sentence))
}
