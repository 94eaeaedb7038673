//! Listings: what a person offers for money, for things, or for both; from draft to sold.
//!
//! Invariants: only its seller changes it; a live one has all that a buyer must know; promised pieces never
//! exceed what is there (`listings_stock_not_oversold`); every change that a search must know of is an event.

pub mod events;
pub mod model;
pub mod edit;
pub mod views;
mod row;
mod store;
pub mod rules;
pub mod external;
pub mod leaving;
pub mod photos;
pub mod stock;
pub mod suspended;

pub use store::copy;
