//! Taxes: who owes what where on a sale. An engine decides; its decision is frozen into the order, and what is collected
//! follows it.
//!
//! Invariant: a decision is never changed. What goes back later is counted by it.

pub mod engine;
pub mod model;
pub mod rates;
pub mod liability;
pub mod registrations;
pub mod vat_id;
pub mod profile;
pub mod deciding;
pub mod exposure;
pub mod day;
pub mod table;
pub mod rules;
pub mod sellers;
mod store;

pub use day::{day_in, midnight_in};
pub use engine::{Engine, Nothing};
pub use model::{Assessed, Decision, Liable, Part, PartKind, Question, SellerClass, TaxError, VatId};
pub use registrations::{Registration, Scheme, own_rates, register, registrations, set_rate};
pub use rules::{Owed, forget, keep, of_order, owed};
pub use sellers::{Seller, sellers};
pub use table::Table;
