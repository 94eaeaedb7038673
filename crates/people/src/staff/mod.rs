//! Staff: what members of staff may do, and what they do about other members.
//!
//! Invariants: every act names its reason and stands in the audit log with it; nobody acts on themselves, nor on
//! somebody who may do what they may not; nobody gives what they do not have; there is always an operator; the member
//! is told.

pub mod dead_jobs;
pub mod events;
pub mod jobs;
mod letters;
pub mod looking;
pub mod members;
pub mod model;
pub mod roles;
mod store;
pub mod suspensions;

pub use store::copy;
