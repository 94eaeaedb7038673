//! Other services that say who somebody is (OpenID Connect Core 1.0, authorization code flow with PKCE).
//!
//! Invariants: an account is found by issuer and subject, never by an address; an answer is taken once, in the browser
//! that asked, from the issuer that was asked; a token counts when a key that its issuer publishes has signed it for us
//! and for this attempt. No transaction is open while a provider is asked.

mod client;
mod judge;
pub mod model;
pub mod rules;
mod store;

pub use store::copy;
