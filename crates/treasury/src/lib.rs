//! Floor 3, between people and the market: money, one folder a slice, lowest first.
//!
//! A slice uses only slices that stand above it here. Calls go down; facts go up as events.

pub mod tickets;
pub mod holds;
pub mod rates;
pub mod fees;
pub mod tax;
pub mod payments;
pub mod payouts;
pub mod documents;
pub mod reconciliation;
