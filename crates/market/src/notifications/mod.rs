//! Notifications: telling people what happened to their deals. Reads events; nothing below knows of it.
//!
//! Invariants: a letter is queued in the transaction that moves the reader's bookmark, so each event is told
//! once; a letter never holds an address or a card.

pub mod letters;
pub mod jobs;
