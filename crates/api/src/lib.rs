//! Floor 5: the API for programs, under /api/v1. Thin: a handler reads, calls a rule and answers.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

mod bounds;
mod shapes;
mod query;
mod doc;
mod refuse;
mod puzzle;
mod about;
mod accounts;
mod keys;
mod catalog;
mod listings;
mod search;
mod carts;
mod payments;
mod documents;
mod payouts;
mod orders;
mod cases;
mod openapi;
mod table;
#[cfg(test)]
mod described;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod walk;

pub use table::{openapi, routes};
