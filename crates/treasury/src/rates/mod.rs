//! Rates between currencies: amounts are shown by them, with their date, and never charged.
//!
//! Invariant: without a rate nothing is shown.

mod ecb;
pub mod model;
pub mod rules;
mod store;

pub use model::{Imported, Rate, Shown, Table};
pub use rules::{import, on};
