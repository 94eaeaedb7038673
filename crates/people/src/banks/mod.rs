//! Where a member's money goes: an account at a bank, by its international number (IBAN, ISO 13616), or, in some countries
//! whose banks have no such numbers, by bank and number.
//!
//! Invariants: who owns the account and its number are readable with the member's key alone; another account than the
//! first waits before it is used, also after one was removed, and the one before is used meanwhile; its owner is told at
//! every address that was theirs until lately; taking a change back needs nothing but the link of that mail or a
//! sign-in; nobody on the staff sees any of it.

mod iban;
mod local;
pub mod jobs;
mod letters;
pub mod model;
pub mod rules;
mod store;
