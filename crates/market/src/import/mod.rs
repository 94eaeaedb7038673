//! Import and export: a catalogue in, a catalogue out, in one format (NDJSON, or CSV by its header).
//!
//! Invariants: a good row is kept whatever its neighbours are; a row with an external id that the seller has is
//! an update, so doing it twice changes nothing; a bad row is reported with its line and what is wrong.

pub mod row;
pub mod rules;
pub mod export;
