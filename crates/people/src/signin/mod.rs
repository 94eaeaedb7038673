//! Signing in: from what somebody shows to who they are.
//!
//! Invariants: nothing is opened before every factor was shown, by whatever way somebody comes; a password or code is
//! counted as a try before it is looked at; a code that was sent is good for the attempt that asked for it; a known and an unknown address cost the same work and get the same answer.

mod again;
pub mod jobs;
pub mod last;
pub mod model;
pub mod provider;
pub mod rules;
mod store;
pub mod unproven;
