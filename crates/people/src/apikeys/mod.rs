//! API keys: with them a program acts for a member without their password.
//!
//! Invariants: a key is shown once and kept only as its SHA-256; it can do what its scopes say and nothing else; it ends
//! by itself within a year; it never proves who somebody is, so it opens nothing that asks for that; a key that somebody
//! else has found is worth nothing from the moment they say so.

pub mod jobs;
mod letters;
pub mod model;
pub mod rules;
mod secret;
mod store;

pub use secret::Secret;
pub use store::copy;
