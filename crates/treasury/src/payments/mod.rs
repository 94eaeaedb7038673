//! Payments: money on its way from buyers to the marketplace, and back, through a provider.
//!
//! Invariants: a payment's state is moved only by what its provider says of it, so a webhook, a look-up and the
//! answer to a call all lead to the same place, in any order and however often. Every call is written down under
//! an idempotency key before it is sent; when its outcome is not known, the provider is asked before it is sent
//! again. No transaction is open during a call. Cards touch neither our tables nor our logs.
//!
//! Orders follow the events of this slice; the ledger is theirs to write.

pub mod banks;
pub mod calls;
mod card;
pub mod events;
mod heard;
mod hiding;
mod http;
pub mod inbox;
pub mod jobs;
pub mod model;
#[cfg(test)]
mod official;
pub mod paystack;
pub mod provider;
mod providers;
pub mod rules;
pub mod sandbox;
mod store;
pub mod stripe;
mod trace;
pub mod webhooks;
mod work;

pub use card::Card;
pub use provider::Provider;
pub use providers::{Providers, SetUpError};
pub use store::copy;
