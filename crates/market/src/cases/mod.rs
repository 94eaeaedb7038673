//! Cases: problems with orders, talked about by both sides, and decided by staff if they do not agree.
//!
//! Invariants: an order has one open case; of one side's proposals the newest alone is open; nobody accepts their own;
//! nobody decides their own case, and an appeal is decided by somebody new; what was decided is never changed. What a case
//! means for the order is the order's business: this slice does not know orders.

pub mod events;
pub mod model;
mod store;
mod table;
pub mod rules;
pub mod proposals;
pub mod rulings;
pub mod photos;
pub mod jobs;
pub mod leaving;

pub use store::copy;
