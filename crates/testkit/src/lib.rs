//! What tests stand on: a town with a database of its own, a clock that stands still, chance that repeats, and
//! people with names. Ann sells, Ben buys, Cy is staff, Dee is suspended, Eve is a stranger.
//!
//! A story begins with `Town::new().await` and ends when the town is dropped: then the town itself looks whether
//! a job was given up, whether the books are right and whether every order agrees with them.
//!
//! Modules stand in dependency order: a module uses only those declared above it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod scratch;
mod interleave;
mod server;
mod html;
mod answer;
mod verdict;
mod world;
mod browser;
pub mod pictures;
mod people;
mod goods;
mod deals;
mod sim;
mod town;
pub mod crash;
pub mod stories;

pub use answer::Answer;
pub use browser::Browser;
pub use deals::{Deal, move_orders, pay, place};
pub use goods::Offer;
pub use html::{Filled, Page};
pub use interleave::{Raced, race};
pub use people::{PASSWORD, Person};
pub use sim::Sim;
pub use town::Town;
pub use verdict::beside;
pub use world::{Place, Setting, World};

/// Cards of the sandbox, by what they do.
pub mod cards {
    pub const GOOD: &str = "4242424242424242";
    pub const DECLINED: &str = "4000000000000002";
    pub const NO_FUNDS: &str = "4000000000009995";
    /// The bank asks a question first (3-D Secure).
    pub const ASKS: &str = "4000000000003220";
    /// It takes a minute, and succeeds.
    pub const SLOW: &str = "4000000000000077";
    /// It takes a minute, and fails.
    pub const SLOW_FAILS: &str = "4000000000000341";
    /// A refund takes a minute.
    pub const SLOW_REFUND: &str = "4000000000007726";
    /// A refund takes a minute, and fails.
    pub const REFUND_FAILS: &str = "4000000000005126";
    /// A minute later its owner's bank takes the money back.
    pub const DISPUTED: &str = "4000000000000259";
    /// A minute later its owner's bank asks.
    pub const INQUIRY: &str = "4000000000001976";
    /// A minute later the network warns of fraud.
    pub const FRAUD_WARNING: &str = "4000000000005423";
}
