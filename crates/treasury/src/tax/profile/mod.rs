//! Who a seller is for the tax office: as a person or as a business, where they live, and the numbers by which they are known
//! there.
//!
//! Invariants: what names a person is readable with the member's key alone; nobody on the staff sees it but in a report that
//! the law asks for; nothing is paid out to a seller who has sold as much as must be reported and has not said it, and they
//! read why.

pub mod kept;
pub mod model;
pub mod rules;

pub use model::{Address, Birth, Details, Overdue, Said, Standing};
pub use rules::{copy, open, overdue, set, standing};
