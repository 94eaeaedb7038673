//! Floor 5: the API for programs, under /api/v1. Thin: a handler reads, calls a rule and answers.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

mod about;
mod accounts;
mod carts;
mod catalog;
mod doc;
#[cfg(test)]
mod fixture;
mod listings;
mod openapi;
mod orders;
mod payments;
mod query;
mod refuse;
mod search;
mod shapes;
mod table;
#[cfg(test)]
mod walk;

pub use table::{openapi, routes};
