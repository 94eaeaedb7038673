//! Photos: pictures of things, kept as clean renditions in the object store.
//!
//! Invariants: what is stored was decoded and encoded again by us, so nothing of the upload's metadata or tail
//! survives; positions of a listing's photos run 0, 1, 2 … without gaps. Who may change them is the listings'
//! business.

pub mod jobs;
pub mod model;
pub mod rules;
mod store;

pub use store::copy;
