//! From text to an unproved table: TOML, names, durations, and keys that belong together.

use serde::Deserialize;
use time::Duration;

use crate::effect::Effect;
use crate::fault::{Fault, Proof};
use crate::period;
use crate::process::{Actor, Kind, Process, State, Transition};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    id: String,
    version: u32,
    start: String,
    waiting: Vec<String>,
    ends: Vec<String>,
    hold_window_days: Option<u16>,
    #[serde(default)]
    guards: Vec<String>,
    #[serde(default)]
    effects: Vec<String>,
    #[serde(default)]
    jobs: Vec<String>,
    transition: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    from: Left,
    to: String,
    actor: Actor,
    #[serde(default)]
    guards: Vec<String>,
    #[serde(default)]
    effects: Vec<String>,
    after: Option<String>,
    wait: Option<String>,
    on: Option<String>,
    leg: Option<String>,
}

/// The states that a row leaves. One line of text may stand for several rows.
#[derive(Deserialize)]
#[serde(untagged)]
enum Left {
    One(String),
    Several(Vec<String>),
}

impl Left {
    fn all(&self) -> &[String] {
        match self {
            Left::One(state) => std::slice::from_ref(state),
            Left::Several(states) => states,
        }
    }
}

/// Reads a table without proving it.
///
/// # Errors
/// Every fault of form, all of [`Proof::Form`].
pub(crate) fn read(text: &str) -> Result<Process, Vec<Fault>> {
    let sheet: Sheet = toml::from_str(text)
        .map_err(|error| vec![Fault::new(Proof::Form, format!("not a process table: {error}"))])?;
    let mut faults = Vec::new();
    check_header(&sheet, &mut faults);
    let states = states_of(&sheet);
    let transitions: Vec<Transition> =
        sheet.transition.iter().flat_map(|row| transitions_of(row, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Process {
        id: sheet.id,
        version: sheet.version,
        start: sheet.start,
        hold_window: sheet.hold_window_days.map(|days| Duration::days(days.into())),
        states,
        transitions,
        guards: sheet.guards,
        other_effects: sheet.effects,
        jobs: sheet.jobs,
    })
}

fn check_header(sheet: &Sheet, faults: &mut Vec<Fault>) {
    if sheet.version == 0 {
        faults.push(Fault::new(Proof::Form, "versions begin with 1"));
    }
    let states = [&sheet.id, &sheet.start].into_iter().chain(&sheet.waiting).chain(&sheet.ends);
    for name in states.chain(&sheet.guards).chain(&sheet.effects) {
        check_name(name, faults);
    }
    // A job is named as in the table of jobs: `payouts.clear`.
    for name in sheet.jobs.iter().flat_map(|job| job.split('.')) {
        check_name(name, faults);
    }
}

/// A start that is neither waiting nor an end exists only before the row does.
fn states_of(sheet: &Sheet) -> Vec<State> {
    let state = |kind| move |name: &String| State { name: name.clone(), kind };
    let born = sheet.waiting.contains(&sheet.start) || sheet.ends.contains(&sheet.start);
    let unborn = (!born).then_some(&sheet.start);
    unborn
        .map(state(Kind::Unborn))
        .into_iter()
        .chain(sheet.waiting.iter().map(state(Kind::Waiting)))
        .chain(sheet.ends.iter().map(state(Kind::End)))
        .collect()
}

/// The same for each state that the row leaves.
fn transitions_of(row: &Row, faults: &mut Vec<Fault>) -> Vec<Transition> {
    check_row(row, faults);
    let after = duration_of(&row.name, row.after.as_deref(), faults);
    let wait = duration_of(&row.name, row.wait.as_deref(), faults);
    let leaves = |from: &String| Transition {
        name: row.name.clone(),
        from: from.clone(),
        to: row.to.clone(),
        actor: row.actor,
        guards: row.guards.clone(),
        effects: row.effects.iter().map(|name| Effect::named(name)).collect(),
        after,
        wait,
        on: row.on.clone(),
        leg: row.leg.clone(),
    };
    row.from.all().iter().map(leaves).collect()
}

fn check_row(row: &Row, faults: &mut Vec<Fault>) {
    let states = row.from.all().iter().chain([&row.to]);
    for name in states.chain([&row.name]).chain(&row.on).chain(&row.leg) {
        check_name(name, faults);
    }
    if row.from.all().is_empty() {
        faults.push(Fault::new(Proof::Form, format!("`{}` leaves no state", row.name)));
    }
    let name = &row.name;
    let mut pairs = |key: &str, given: bool, actor: Actor| {
        let owner = actor.as_str();
        if given && row.actor != actor {
            faults.push(Fault::new(
                Proof::Form,
                format!("`{name}` has `{key}`, which belongs to the actor {owner} alone"),
            ));
        }
        if !given && row.actor == actor {
            let sentence = format!("`{name}` is made by the {owner} and does not say `{key}`");
            faults.push(Fault::new(Proof::Form, sentence));
        }
    };
    pairs("after", row.after.is_some(), Actor::Timer);
    pairs("on", row.on.is_some(), Actor::Provider);
}

fn duration_of(name: &str, text: Option<&str>, faults: &mut Vec<Fault>) -> Option<Duration> {
    let text = text?;
    let duration = period::parse(text);
    if duration.is_none() {
        faults.push(Fault::new(
            Proof::Form,
            format!("`{name}` waits `{text}`: write a fixed ISO 8601 duration such as P5D or PT30M"),
        ));
    }
    duration
}

/// Names go into message ids, addresses and the database: lower case, digits, underscores.
fn check_name(name: &str, faults: &mut Vec<Fault>) {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.bytes().all(plain) {
        let sentence = format!("`{name}` is no name: lower-case letters, digits and underscores");
        faults.push(Fault::new(Proof::Form, sentence));
    }
}
