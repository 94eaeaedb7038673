//! Proofs about states and time alone: everything can be reached and left, and silence ends it.

use std::collections::HashSet;

use time::Duration;

use crate::fault::{Fault, Proof};
use crate::process::{Actor, Kind, Process, State, Transition};

/// A timer that leads back to its own state may not fire more often than this.
const SHORTEST_ROUND: Duration = Duration::HOUR;

pub(crate) fn check(process: &Process) -> Vec<Fault> {
    let mut faults = every_state_is_reached(process);
    faults.extend(nothing_is_unborn(process));
    faults.extend(no_state_is_a_dead_end(process));
    faults.extend(every_waiting_state_has_one_timer(process));
    faults.extend(timers_cannot_be_refused(process));
    faults.extend(waits_only_shorten(process));
    faults.extend(timers_do_not_spin(process));
    faults.extend(silence_ends_it(process));
    faults
}

fn every_state_is_reached(process: &Process) -> Vec<Fault> {
    let mut reached = HashSet::from([process.start()]);
    spread(process, &mut reached, |row| (row.from.as_str(), row.to.as_str()));
    missing(process, Proof::Reach, &reached, "cannot be reached from the start")
}

/// A start that is not waiting has no timer, so nothing may come back to it.
fn nothing_is_unborn(process: &Process) -> Vec<Fault> {
    let kind = |name: &str| process.state(name).map(|state| state.kind);
    let back = process.transitions().iter().filter(|row| kind(&row.to) == Some(Kind::Unborn));
    back.map(|row| {
        let sentence = format!("`{}` goes back to `{}`, where nothing waits", row.name, row.to);
        Fault::new(Proof::Timers, sentence)
    })
    .collect()
}

fn no_state_is_a_dead_end(process: &Process) -> Vec<Fault> {
    let ends = process.states().iter().filter(|state| state.is_end());
    let mut leads_out: HashSet<&str> = ends.map(|state| state.name.as_str()).collect();
    spread(process, &mut leads_out, |row| (row.to.as_str(), row.from.as_str()));
    missing(process, Proof::DeadEnd, &leads_out, "is a dead end: no way leads to an end")
}

/// Adds every state that an edge joins to the set, until nothing changes.
fn spread<'p>(
    process: &'p Process,
    set: &mut HashSet<&'p str>,
    edge: impl Fn(&'p Transition) -> (&'p str, &'p str),
) {
    let mut before = 0;
    while before != set.len() {
        before = set.len();
        for (known, next) in process.transitions().iter().map(&edge) {
            if set.contains(known) {
                set.insert(next);
            }
        }
    }
}

fn missing(process: &Process, proof: Proof, set: &HashSet<&str>, why: &str) -> Vec<Fault> {
    let states = process.states().iter().filter(|state| !set.contains(state.name.as_str()));
    states.map(|state| Fault::new(proof, format!("`{}` {why}", state.name))).collect()
}

fn every_waiting_state_has_one_timer(process: &Process) -> Vec<Fault> {
    let timers = |state: &State| process.open_to(&state.name, Actor::Timer).count();
    let mut faults = Vec::new();
    for state in process.states() {
        let sentence = match (state.kind, timers(state)) {
            (Kind::Waiting, 1) | (Kind::Unborn | Kind::End, 0) => continue,
            (Kind::Waiting, 0) => format!("`{}` waits without a timer", state.name),
            (Kind::Waiting, count) => format!("`{}` has {count} timers", state.name),
            (Kind::Unborn | Kind::End, _) => {
                format!("`{}` has a timer although nothing is waited for", state.name)
            }
        };
        faults.push(Fault::new(Proof::Timers, sentence));
    }
    faults
}

/// A guard on a timer could refuse it, and then the state would wait for ever.
fn timers_cannot_be_refused(process: &Process) -> Vec<Fault> {
    let timers = process.transitions().iter().filter(|row| row.actor == Actor::Timer);
    timers
        .filter(|row| !row.guards.is_empty())
        .map(|row| {
            let sentence = format!("the timer `{}` has a guard that could refuse it", row.name);
            Fault::new(Proof::Timers, sentence)
        })
        .collect()
}

/// `wait` may only shorten the wait of the state it enters, so that state's own timer
/// stays the longest and the other proofs can count with it.
fn waits_only_shorten(process: &Process) -> Vec<Fault> {
    let mut faults = Vec::new();
    for row in process.transitions() {
        let Some(wait) = row.wait else { continue };
        let usual = process.timer(&row.to).and_then(|timer| timer.after);
        if row.is_loop() || usual.is_none_or(|usual| wait >= usual) {
            let sentence = format!("`{}` does not shorten the wait in `{}`", row.name, row.to);
            faults.push(Fault::new(Proof::Timers, sentence));
        }
    }
    faults
}

/// Loops of others leave the running timer alone; a timer's own loop starts it anew.
fn timers_do_not_spin(process: &Process) -> Vec<Fault> {
    let loops = process.transitions().iter().filter(|row| row.is_loop());
    loops
        .filter(|row| row.after.is_some_and(|after| after < SHORTEST_ROUND))
        .map(|row| {
            let sentence = format!("the timer `{}` comes back within the hour", row.name);
            Fault::new(Proof::Loops, sentence)
        })
        .collect()
}

fn silence_ends_it(process: &Process) -> Vec<Fault> {
    let waiting = process.states().iter().filter(|state| state.is_waiting());
    waiting
        .filter(|state| process.path_to_end(&state.name).is_none())
        .map(|state| {
            let sentence = format!("`{}` never ends if every person stays silent", state.name);
            Fault::new(Proof::Silence, sentence)
        })
        .collect()
}
