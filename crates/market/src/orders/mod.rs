//! Orders: deals with legs, carried by the process in `processes/order-2.toml` from checkout to the end. Those that began
//! with the first version, `processes/order.toml`, end on it.
//!
//! Invariants: an order moves only along its table; state, ledger entry, event, next timer, legs and case change in
//! one transaction; money that is held is settled exactly once, and not while something holds it; what goes back is counted
//! from what was frozen at sale; a stranger does not learn that an order exists; nobody decides their own order.

pub mod events;
pub mod model;
pub mod by_hand;
mod table;
mod row;
mod store;
pub mod words;
pub mod deadlines;
pub mod parts;
pub mod pricing;
pub mod taxing;
pub mod limits;
pub mod risk;
mod money;
mod casework;
mod effects;
pub mod fire;
pub mod checkout;
pub mod settle;
mod bounced;
pub mod attending;
pub mod goodwill;
pub mod charged_back;
pub mod rules;
pub mod talking;
pub mod verify;
pub mod overview;
pub mod jobs;
pub mod leaving;
pub mod selling;

pub use effects::REFUND_TIME;
pub use store::copy;
