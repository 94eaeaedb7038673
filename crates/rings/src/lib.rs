//! Trade rings: who gives what to whom, when two people alone would find nothing to trade.
//!
//! Each item is offered for others. A ring is a cycle of items: the owner of each gets the next one, which they want, and the
//! owner of the last gets the first. Rings are short, so that one of them survives the people in it, and no two share an item. The
//! solver picks those that trade the most items, and of these the ones that people want most (the exchange with cycles of
//! bounded length of Abraham, Blum and Sandholm 2007, doi:10.1145/1250910.1250954).
//!
//! Invariants: the same market has the same answer; effort is counted in steps, never in seconds; what is answered is checked in
//! integers before it is answered, whatever reckons in fractions on the way; where not everything was tried, the answer says so,
//! and how many items could be traded at most.
//!
//! Nothing here knows a database, a clock or chance.

mod market;
mod cycles;
mod pick;
mod solve;
pub mod check;
pub mod wantlist;

#[cfg(test)]
mod tests;

pub use market::{Item, Market, Want};
pub use solve::{Effort, LENGTHS, Ring, Solution, solve};
