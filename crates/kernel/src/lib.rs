//! Floor 0: the values every other floor speaks in. No I/O, no async, no clock of its own.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

pub mod moment;
pub mod dice;
pub mod ids;
pub mod money;
pub mod tax_place;
pub mod say;
pub mod field;
pub mod text;
pub mod regions;
pub mod page;
pub mod refusal;
pub mod limits;

pub use dice::Dice;
pub use field::{FieldErrors, Wrong};
pub use ids::*;
pub use moment::{Clock, Moment};
pub use money::{Currency, Money};
pub use page::{Cursor, Page};
pub use refusal::Refusal;
pub use say::{Lang, Say};
pub use tax_place::TaxPlace;
