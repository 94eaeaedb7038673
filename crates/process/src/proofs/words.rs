//! Proofs about names: rows can be told apart, states and vocabulary are declared.

use std::collections::HashSet;

use crate::effect::Effect;
use crate::fault::{Fault, Proof};
use crate::process::{Process, Transition};

pub(crate) fn check(process: &Process) -> Vec<Fault> {
    let mut faults = states_are_declared(process);
    faults.extend(rows_can_be_told_apart(process));
    faults.extend(a_name_means_one_thing(process));
    faults.extend(vocabulary_is_declared(process));
    faults
}

/// Each state is declared once, and rows speak of declared states only.
fn states_are_declared(process: &Process) -> Vec<Fault> {
    let mut known = HashSet::new();
    let mut faults = Vec::new();
    for state in process.states() {
        if !known.insert(state.name.as_str()) {
            let sentence = format!("the state `{}` is declared twice", state.name);
            faults.push(Fault::new(Proof::States, sentence));
        }
    }
    for row in process.transitions() {
        for state in [&row.from, &row.to] {
            if !known.contains(state.as_str()) {
                let sentence = format!("`{}` speaks of an unknown state `{state}`", row.name);
                faults.push(Fault::new(Proof::States, sentence));
            }
        }
    }
    faults
}

/// A state and a name, and a state and a provider's answer, pick at most one row.
fn rows_can_be_told_apart(process: &Process) -> Vec<Fault> {
    let (mut names, mut answers) = (HashSet::new(), HashSet::new());
    let mut faults = Vec::new();
    for row in process.transitions() {
        let Transition { name, from, .. } = row;
        if !names.insert((from, name)) {
            let sentence = format!("`{name}` leaves `{from}` twice");
            faults.push(Fault::new(Proof::Names, sentence));
        }
        let Some(answer) = &row.on else { continue };
        if !answers.insert((from, answer)) {
            let sentence = format!("the answer `{answer}` has two rows in `{from}`, one `{name}`");
            faults.push(Fault::new(Proof::Names, sentence));
        }
    }
    faults
}

/// Rows that share a name share the actor: one button, one sentence in the timeline.
fn a_name_means_one_thing(process: &Process) -> Vec<Fault> {
    let rows = process.transitions();
    let first = |row: &Transition| rows.iter().find(|other| other.name == row.name).cloned();
    rows.iter()
        .filter(|row| first(row).is_some_and(|first| first.actor != row.actor))
        .map(|row| {
            let sentence = format!("`{}` is made by two different actors", row.name);
            Fault::new(Proof::Names, sentence)
        })
        .collect()
}

/// The header names exactly the guards and other effects in use, so that a slip of the pen
/// is not taken for something the engine will do.
fn vocabulary_is_declared(process: &Process) -> Vec<Fault> {
    let rows = process.transitions();
    let guards = rows.iter().flat_map(|row| row.guards.iter().map(String::as_str));
    let effects = rows.iter().flat_map(|row| row.effects.iter().filter_map(other));
    let mut faults = compare("guard", process.guards(), guards.collect());
    faults.extend(compare("effect", process.other_effects(), effects.collect()));
    faults
}

fn other(effect: &Effect) -> Option<&str> {
    match effect {
        Effect::Other(name) => Some(name),
        Effect::Money(_) | Effect::Stock(_) => None,
    }
}

fn compare(kind: &str, declared: &[String], used: HashSet<&str>) -> Vec<Fault> {
    let declared: HashSet<&str> = declared.iter().map(String::as_str).collect();
    let unknown = used.difference(&declared).map(|name| format!("unknown {kind} `{name}`"));
    let idle = declared.difference(&used).map(|name| format!("no row uses the {kind} `{name}`"));
    unknown.chain(idle).map(|sentence| Fault::new(Proof::Vocabulary, sentence)).collect()
}
