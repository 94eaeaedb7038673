//! Long ways: everything at once, at random, with power cuts and killed processes in between; and two rules against each other
//! in every order. `TRADEPLUS_LONG=1` makes them as long as they should be now and then (`bin/test --long`);
//! `TRADEPLUS_SEED` walks a way again, as far as chance has it in its hand.

mod crash;
mod interleavings;
mod mutants;
mod nodes;
mod walk;

use kernel::{Clock, moment};
use std::io::Write;

/// Whether the long form is asked for.
fn is_long() -> bool {
    std::env::var("TRADEPLUS_LONG").is_ok_and(|long| !long.is_empty() && long != "0")
}

/// The seed that is asked for; else the usual one, and for a long way a new one. It is said, so that the way can be walked
/// again.
fn seed(way: &str) -> u64 {
    const USUAL: u64 = 20_261_123;
    let asked = std::env::var("TRADEPLUS_SEED").ok().and_then(|seed| seed.parse().ok());
    let fresh = || moment::to_micros(Clock::system().now()).unsigned_abs();
    let seed = asked.unwrap_or_else(|| if is_long() { fresh() } else { USUAL });
    say(&format!("{way}: TRADEPLUS_SEED={seed}"));
    seed
}

/// For whoever waits: past what a test that goes well keeps to itself.
fn say(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// What waits is nothing in what is shipped: only the tests' own crate asks for it.
#[test]
fn nobody_but_tests_asks_for_checkpoints() {
    let manifests = crate::safety::sources::files("crates", &["Cargo.toml"]);
    assert!(manifests.len() > 10);
    let ask: Vec<&str> = manifests
        .iter()
        .filter(|(_, text)| text.contains("\"checkpoints\""))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(ask, ["crates/testkit/Cargo.toml"]);
    let testkit = |text: &str| {
        let shipped = text.split("[dev-dependencies]").next().unwrap_or_default();
        shipped.lines().any(|line| line.starts_with("testkit"))
    };
    let stand: Vec<&str> =
        manifests.iter().filter(|(_, text)| testkit(text)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(stand, [""; 0], "testkit is for development");
}
