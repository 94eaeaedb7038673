//! Orders: deals with legs, carried by the process in `processes/order.toml` from checkout to the end.
//!
//! Invariants: an order moves only along its table; state, ledger entry, event, next timer and legs change in
//! one transaction; money that is held is settled exactly once; a stranger does not learn that an order exists.

pub mod events;
pub mod model;
mod table;
mod row;
mod store;
mod money;
mod effects;
pub mod fire;
pub mod checkout;
pub mod settle;
pub mod rules;
pub mod verify;
pub mod overview;
pub mod jobs;
pub mod leaving;

pub use store::copy;
