//! Acts of staff that wait until a second person agrees, where the settings ask for one.
//!
//! Invariants: who agrees is not who asked, is not whom it concerns, and may do it themselves; both still may when it is
//! done, and the act passes every rule once more then; it is done once, or not at all; asking, agreeing, declining,
//! withdrawing and the end of the time stand in the audit log.
//!
//! A new kind of act is a line of `Act`, of `perform`, and of the settings (`SecondPerson`).

mod calls;
mod concern;
pub mod day;
pub mod desk;
pub mod jobs;
mod letters;
pub mod model;
mod own;
mod money;
mod refunds;
pub mod rules;
mod store;
