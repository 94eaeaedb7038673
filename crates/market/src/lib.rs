//! Floor 3: the product, one folder a slice, lowest first.
//!
//! A slice uses only slices that stand above it here. Calls go down; facts go up as events.

pub mod catalog;
pub mod places;
pub mod photos;
pub mod listings;
pub mod search;
pub mod carts;
pub mod cases;
pub mod orders;
pub mod billing;
pub mod yearly;
pub mod chargebacks;
pub mod approvals;
pub mod notifications;
pub mod privacy;
pub mod import;
mod work;
pub mod demo;

pub use people::{accounts, apikeys, banks, factors, kept, oidc, permissions, pressure, signin, staff};
pub use treasury::{documents, fees, holds, payments, payouts, rates, reconciliation, tax, tickets};
pub use work::{Market, WatchBooks, local_registry, registry};
