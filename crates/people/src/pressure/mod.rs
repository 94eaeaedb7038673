//! Pressure: when very many sign in wrongly, open accounts or ask for links, those forms carry a puzzle, which costs
//! a person a second and a machine that tries millions its electricity.
//!
//! Invariants: a puzzle counts once, for one kind of form, for ten minutes, and needs nobody else's service; a browser
//! in which the owner was signed in before, and passkeys, never need one; who has no JavaScript waits half a minute
//! instead, one at a time in each network; operators hear when it begins and when it ends.

pub mod jobs;
mod letters;
pub mod model;
pub mod rules;
mod store;
