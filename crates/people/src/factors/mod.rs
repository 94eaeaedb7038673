//! What stands beside a password or in its place: passkeys, an authenticator app, codes by mail or SMS, and codes for
//! the day when these are lost.
//!
//! Invariants: a passkey's question is answered once; the app's secret is sealed with its owner's key; each of its codes works once, also when it comes
//! twice at the same moment; a code that was sent is good for who asked for it, for ten minutes and five tries;
//! recovery codes are shown once and kept as hashes; each works once.

pub mod channels;
pub mod jobs;
mod letters;
pub mod model;
pub mod passkeys;
pub mod recovery;
pub mod sent;
pub mod totp;
mod store;

pub use store::copy;
