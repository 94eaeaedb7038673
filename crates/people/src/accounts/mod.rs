//! Accounts: who people are and how they prove it.
//!
//! Invariants: an address belongs to one account; a password is kept only as argon2id; a session or token is
//! kept only as its SHA-256; the same answer for known and unknown addresses; a refresh token that is used a
//! second time ends its whole family.

pub mod devices;
pub mod emails;
pub mod events;
pub mod handles;
pub mod jobs;
pub mod leaving;
pub mod letters;
pub mod model;
pub mod notices;
mod password;
pub mod rules;
pub mod sessions;
mod store;
pub mod tokens;

pub use store::copy;
