//! Chargebacks: a buyer asks their bank for a payment, and the marketplace answers with what it knows.
//!
//! Invariants: where one stands is only ever what the provider says when asked, or what staff did here; while it is open, no
//! money of any order of the payment moves, to either side; its shares are the whole of it; evidence is sent once for each
//! time that the bank asks, a day before the deadline at the latest; nobody answers one about a deal of their own.

pub mod model;
mod table;
pub mod events;
mod store;
pub mod shares;
pub mod evidence;
mod letters;
mod books;
mod effects;
mod fire;
mod calls;
pub mod rules;
pub mod desk;
pub mod warnings;
pub mod jobs;
pub mod leaving;

pub use store::copy;
