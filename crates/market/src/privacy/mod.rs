//! Privacy: the register of personal data, a copy of everything for its owner, and leaving for good.
//!
//! Invariants: a copy holds its owner's data and nobody else's, and is deleted after a week; nobody leaves while a
//! deal is open or money is owed to them; who leaves is hidden at once, can take it back for a while, and is erased
//! step by step, each step one transaction that is done once; what stays names nobody.

pub mod register;
pub mod model;
mod store;
pub mod letters;
pub mod files;
pub mod copy;
pub mod leaving;
mod erasing;
pub mod jobs;
