//! Processes are data: an order or a leg is a table of states and transitions,
//! written in TOML and read once at start-up.
//!
//! A [`Process`] exists only if its table has been proved ([`Process::load`]): no state is a dead
//! end, every waiting state has exactly one timer, money and stock are taken once and settled
//! once on every path, and no path keeps a buyer's money longer than the payment provider allows.
//! The crate is pure: it says what may happen and what silence does; who carries it out is above.

mod fault;
mod period;

mod effect;

mod process;

mod place;
mod read;

mod hold;
mod proofs;

mod follow;
mod load;
mod stop;
mod timer;

#[cfg(test)]
mod tests;

pub use effect::{Effect, Funds, Money, Shelf, Stock};
pub use fault::{Fault, Proof};
pub use follow::follows;
pub use hold::LongestHold;
pub use process::{Actor, Countdown, Kind, Process, State, Transition};
pub use stop::Hold;
pub use timer::Timer;
