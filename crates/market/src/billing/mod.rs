//! Which documents are due: it follows what happens to orders, refunds, disputes and payouts.
//!
//! Invariants: every amount is read, from what an order froze at sale and from the books, and none is counted anew; a cause
//! is that of one document, so news may be heard again; no more is credited than a document said; what cannot be
//! written is a ticket, and keeps nobody else's documents waiting.

pub mod model;
mod parties;
mod sales;
mod commission;
mod credits;
mod statements;
mod store;
pub mod rules;
pub mod jobs;

pub use model::Terms;
