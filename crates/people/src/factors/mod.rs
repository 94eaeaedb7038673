//! What stands beside a password or in its place: passkeys, an authenticator app, and codes for the day when it is
//! lost.
//!
//! Invariants: a passkey's question is answered once; the app's secret is sealed with its owner's key; each of its codes works once, also when it comes
//! twice at the same moment; recovery codes are shown once and kept as hashes; each works once.

pub mod model;
pub mod passkeys;
pub mod recovery;
pub mod totp;
mod store;
