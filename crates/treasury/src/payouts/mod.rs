//! Payouts: from a released order to a seller's bank.
//!
//! Invariants: what an order released is one settlement of each kind. What of it is taken back is never more than it is;
//! what the buyer gets back beyond that, the seller owes.

pub mod model;
pub mod rules;
mod store;
pub mod tiers;

pub use model::{NewSettlement, SettlementKind, TakeBack, TakenBack};
pub use rules::{forget, settle, take_back, tier_of};
pub use store::copy;
pub use tiers::{Tier, reserve_of};
