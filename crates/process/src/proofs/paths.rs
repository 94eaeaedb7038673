//! Proofs about money and goods, over every place that can be reached.
//! A process that moves neither passes them at once.

use std::collections::HashSet;

use crate::effect::{Effect, Funds, Money, Shelf};
use crate::fault::{Fault, Proof};
use crate::hold;
use crate::place::{Map, Place};
use crate::process::{Actor, Process, State, Transition};

pub(crate) fn check(process: &Process, map: &Map<'_>) -> Vec<Fault> {
    let mut faults = every_effect_makes_sense(map);
    faults.extend(ends_are_at_rest(process, map));
    faults.extend(both_ways_stay_open(process, map));
    faults.extend(late_answers_are_heard(process, map));
    faults.extend(the_hold_fits_the_window(process, map));
    faults.extend(reservations_end(process, map));
    faults
}

/// Money is held once and settled once, stock is reserved once and committed or released once.
fn every_effect_makes_sense(map: &Map<'_>) -> Vec<Fault> {
    let broken = map.broken.iter().filter_map(|&(number, row, effect)| {
        let place = map.places.get(number)?;
        let (proof, hands) = match effect {
            Effect::Money(_) => (Proof::Money, format!("the money is {:?}", place.funds)),
            _ => (Proof::Stock, format!("the stock is {:?}", place.shelf)),
        };
        let (name, effect, path) = (&row.name, effect.as_str(), map.path(number));
        let sentence = format!("`{name}` cannot `{effect}`: {hands} after {path}");
        Some(Fault::new(proof, sentence))
    });
    broken.collect()
}

/// No end holds or owes money, and none keeps goods reserved.
fn ends_are_at_rest(process: &Process, map: &Map<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, place) in map.places.iter().enumerate() {
        if !process.state(place.state).is_some_and(State::is_end) {
            continue;
        }
        let (end, path) = (place.state, map.path(number));
        if !place.funds.at_rest() {
            let sentence = format!("`{end}` ends with the money {:?} after {path}", place.funds);
            faults.push(Fault::new(Proof::Money, sentence));
        }
        if !place.shelf.at_rest() {
            let sentence = format!("`{end}` ends with the stock {:?} after {path}", place.shelf);
            faults.push(Fault::new(Proof::Stock, sentence));
        }
    }
    faults
}

/// While money is held it can still go either way: nobody is robbed by the table.
fn both_ways_stay_open(process: &Process, map: &Map<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, &place) in map.places.iter().enumerate() {
        if place.funds != Funds::Held {
            continue;
        }
        let ahead = effects_ahead(process, place);
        for (way, settles) in [
            ("release", [Money::SettleRelease, Money::SettleSplit]),
            ("refund", [Money::SettleRefund, Money::SettleSplit]),
        ] {
            if !settles.into_iter().any(|money| ahead.contains(&&Effect::Money(money))) {
                let (state, path) = (place.state, map.path(number));
                let sentence = format!("`{state}` has no way to a {way} after {path}");
                faults.push(Fault::new(Proof::BothWays, sentence));
            }
        }
    }
    faults
}

/// The effects that can still happen before the money is settled.
fn effects_ahead<'p>(process: &'p Process, from: Place<'p>) -> Vec<&'p Effect> {
    let (mut places, mut effects) = (vec![from], Vec::new());
    let mut next = 0;
    while let Some(&place) = places.get(next) {
        for row in place.moves(process) {
            effects.extend(&row.effects);
            match place.after(row) {
                Ok(after) if after.funds == Funds::Held && !places.contains(&after) => {
                    places.push(after);
                }
                _ => {}
            }
        }
        next += 1;
    }
    effects
}

/// Somebody moves on while the provider is still at work. Its answer, if it moves money,
/// must find a row in the new place as it would have in the old one.
fn late_answers_are_heard(process: &Process, map: &Map<'_>) -> Vec<Fault> {
    let mut faults = HashSet::new();
    for (before, row, after) in map.steps(process).filter(|(_, row, _)| !is_provider(row)) {
        let heard: Vec<_> = after.moves(process).filter_map(|late| late.on.as_ref()).collect();
        let due = before.moves(process).filter(|answer| moves_money(answer));
        for answer in due.filter_map(|answer| answer.on.as_ref()) {
            if !heard.contains(&answer) {
                let (name, to) = (&row.name, &row.to);
                faults.insert(format!("after `{name}`, `{to}` loses the late answer `{answer}`"));
            }
        }
    }
    faults.into_iter().map(|sentence| Fault::new(Proof::LateAnswer, sentence)).collect()
}

fn is_provider(row: &Transition) -> bool {
    row.actor == Actor::Provider
}

fn moves_money(row: &Transition) -> bool {
    row.effects.iter().any(|effect| matches!(effect, Effect::Money(_)))
}

/// The provider holds money for so long and no longer; see the header of the table.
fn the_hold_fits_the_window(process: &Process, map: &Map<'_>) -> Option<Fault> {
    let longest = match hold::longest(process, map, |place| place.funds == Funds::Held) {
        Ok(longest) => longest?,
        Err(round) => return Some(goes_round("money", &round)),
    };
    let (days, path) = (longest.lasts.as_seconds_f64() / 86_400.0, longest.path.join(" → "));
    match process.hold_window() {
        None => Some(Fault::new(Proof::HoldWindow, "money is held and no hold_window_days given")),
        Some(window) if longest.lasts > window => Some(Fault::new(
            Proof::HoldWindow,
            format!(
                "money can be held for {days} days, longer than the window of {} days: {path}",
                window.whole_days()
            ),
        )),
        Some(_) => None,
    }
}

/// Goods cannot be kept off the shelf for ever by going round.
fn reservations_end(process: &Process, map: &Map<'_>) -> Option<Fault> {
    let round = hold::longest(process, map, |place| place.shelf == Shelf::Reserved).err()?;
    Some(goes_round("stock", &round))
}

fn goes_round(what: &str, round: &[String]) -> Fault {
    let sentence = format!("{what} can be held for ever: {}", round.join(" → "));
    Fault::new(Proof::Loops, sentence)
}
