//! Lengths of time as tables write them: the part of ISO 8601 whose length is fixed
//! (weeks, days, hours, minutes, seconds). Months and years are refused: they differ in length.

use time::Duration;

const DATE: [(char, i64); 2] = [('W', 604_800), ('D', 86_400)];
const CLOCK: [(char, i64); 3] = [('H', 3_600), ('M', 60), ('S', 1)];

/// Reads `P5D`, `PT30M`, `P1DT12H`. `None` if it is something else, zero or negative.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (date, clock) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (rest, ""),
    };
    let seconds = sum(date, &DATE)? + sum(clock, &CLOCK)?;
    (seconds > 0).then(|| Duration::seconds(seconds))
}

/// Adds up `12D3H`-like text, each unit at most once and in the order given.
fn sum(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut total = 0;
    for &(unit, seconds) in units {
        if let Some((count, rest)) = text.split_once(unit) {
            total += i64::from(count_of(count)?) * seconds;
            text = rest;
        }
    }
    text.is_empty().then_some(total)
}

/// Digits only: `u16::from_str` would also take a sign.
fn count_of(text: &str) -> Option<u16> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
