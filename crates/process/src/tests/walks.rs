//! Random orders with a fixed seed: whatever everybody does, the book closes.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use time::Duration;

use super::table::{leg, order};
use crate::place::Place;
use crate::{Actor, Countdown, Effect, Funds, Money, Process, Shelf, State, Transition};

/// Which of the open moves is taken, and how much of the wait is used up before it (in 1/256).
type Choice = (u8, u8);

fn on_random_walks(test: impl Fn(Vec<Choice>) -> TestCaseResult) {
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let walk = proptest::collection::vec(any::<Choice>(), 0..60);
    let outcome = TestRunner::new_with_rng(config, seed).run(&walk, test);
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// Walks, telling `see` of every step and the time it came after the one before.
fn walk<'p>(
    process: &'p Process,
    choices: &[Choice],
    mut see: impl FnMut(Place<'p>, &'p Transition, Place<'p>, Duration) -> TestCaseResult,
) -> Result<Place<'p>, TestCaseError> {
    let (mut place, mut left) = (Place::first(process), Duration::ZERO);
    for &(pick, share) in choices {
        let moves: Vec<_> = place.moves(process).collect();
        if moves.is_empty() {
            break;
        }
        let row = moves[usize::from(pick) % moves.len()];
        let timed = row.actor == Actor::Timer;
        let passed = if timed { left } else { left * i32::from(share) / 256 };
        let after = place
            .after(row)
            .map_err(|effect| TestCaseError::fail(format!("{} refused {}", place.state, effect.as_str())))?;
        see(place, row, after, passed)?;
        left = match process.countdown(row) {
            Countdown::Keep => left - passed,
            Countdown::Stop => Duration::ZERO,
            Countdown::Start { after, .. } => after,
        };
        place = after;
    }
    Ok(place)
}

#[test]
fn no_end_keeps_money_or_reserved_stock() {
    let order = order();
    on_random_walks(|choices| {
        walk(&order, &choices, |_, _, after, _| {
            let ended = order.state(after.state).is_some_and(State::is_end);
            prop_assert!(!ended || (after.funds.at_rest() && after.shelf.at_rest()), "{after:?}");
            Ok(())
        })?;
        Ok(())
    });
}

#[test]
fn money_is_held_once_and_settled_at_most_once() {
    let order = order();
    on_random_walks(|choices| {
        let (mut held, mut settled, mut reserved, mut decided) = (0, 0, 0, 0);
        let last = walk(&order, &choices, |before, row, after, _| {
            let holds = |effect: &&Effect| **effect == Effect::Money(Money::Hold);
            let was_held = before.funds == Funds::Held || row.effects.iter().any(|e| holds(&e));
            held += row.effects.iter().filter(holds).count();
            settled += usize::from(was_held && after.funds != Funds::Held);
            let aside = |place: Place<'_>| place.shelf == Shelf::Reserved;
            reserved += usize::from(!aside(before) && aside(after));
            decided += usize::from(aside(before) && !aside(after));
            Ok(())
        })?;
        prop_assert!(held <= 1 && reserved <= 1);
        prop_assert_eq!(held - settled, usize::from(last.funds == Funds::Held));
        prop_assert_eq!(reserved - decided, usize::from(last.shelf == Shelf::Reserved));
        Ok(())
    });
}

#[test]
fn no_hold_outlasts_the_proved_longest_one() {
    let order = order();
    let longest = order.longest_hold().expect("an order holds money").lasts;
    on_random_walks(|choices| {
        let mut held_for = Duration::ZERO;
        walk(&order, &choices, |before, _, _, passed| {
            if before.funds == Funds::Held {
                held_for += passed;
            }
            prop_assert!(held_for <= longest, "held for {held_for}");
            Ok(())
        })?;
        Ok(())
    });
}

#[test]
fn silence_brings_every_walk_to_an_end() {
    for process in [order(), leg()] {
        on_random_walks(|choices| {
            let last = walk(&process, &choices, |_, _, _, _| Ok(()))?;
            let unborn = last.state == process.start() && process.timer(last.state).is_none();
            prop_assert!(unborn || process.path_to_end(last.state).is_some(), "{last:?}");
            Ok(())
        });
    }
}
