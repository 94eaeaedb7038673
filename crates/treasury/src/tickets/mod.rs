//! Tickets: something that a person must look at.
//!
//! Invariant: of one thing there is one open ticket, known by its key. Reporting it again counts it up and never fails the
//! deal that it is about.

pub mod events;
pub mod jobs;
mod letters;
pub mod model;
pub mod rules;
mod store;

pub use model::{Filter, Kind, NewTicket, Subject, Ticket};
pub use rules::{close, close_by, counts, find, list, open, take, was_opened};
