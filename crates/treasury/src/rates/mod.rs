//! Rates between currencies: amounts are shown by them, with their date, and never charged.
//!
//! Invariant: without a rate nothing is shown.

pub mod board;
mod ecb;
pub mod jobs;
pub mod model;
pub mod rules;
mod store;

pub use board::Board;
pub use model::{Imported, Rate, Shown, Table};
pub use rules::{import, is_old, newest, on, tell_old};
