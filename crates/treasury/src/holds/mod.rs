//! Holds: what keeps an order's money where it is, whatever its table says. A hold may begin in any state and end without
//! moving anything, so it is a row beside the order and not a state of it.
//!
//! Invariants: an order has one hold of a kind; each has an end, but the card network's. What a hold stops says
//! [`process::Process::blocked`].

pub mod events;
pub mod jobs;
pub mod model;
pub mod rules;
mod store;

pub use model::{Held, NewHold};
pub use rules::{lift, on, put, told};
