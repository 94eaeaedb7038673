//! What was typed into a form whose sender had to sign in first, or to show again who they are: kept for an hour, to be
//! shown in that form again.
//!
//! Invariants: it is its owner's, sealed with their key, and nobody else is shown any of it; it is shown on the page it
//! was typed on, and never sent by itself.

pub mod model;
pub mod rules;
mod store;
