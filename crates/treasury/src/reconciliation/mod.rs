//! Whether what we booked is what providers say: their statements line by line, and their balances in sum.
//!
//! Invariants: a line is explained by entries of ours, or booked because it is the provider's own, or stands in suspense with a
//! ticket; an entry that the statement does not have goes to suspense too, the other way round. So what the books hold at a
//! provider is what the provider holds, but for what is on its way, and that is named. Whatever is explained late leaves
//! suspense by itself. Everything may be done again, and cut anywhere: lines are known by their names, entries by their keys.

pub mod events;
pub mod jobs;
mod kinds;
mod matching;
pub mod model;
pub mod own;
mod reading;
pub mod rules;
mod sellers;
pub mod solvency;
mod store;
mod sums;
pub mod suspense;
mod working;

pub use model::{Compared, Finding, FindingKind, Held, Report, Run, Suspended, Was, Why};
