//! Search: listings as documents of the text engine.
//!
//! Invariants: the index follows the events and nothing else; it can be thrown away at any time and fills itself
//! again from the database while the old one goes on answering; results need no SQL.

pub mod model;
mod document;
pub mod rules;
pub mod jobs;
