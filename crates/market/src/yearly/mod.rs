//! What tax offices are told once a year: of sellers in the European Union by DAC7 (Directive (EU) 2021/514), of those in the
//! United States on Form 1099-K.
//!
//! Invariants: every sum is counted from the books, never from orders. A report is made once: what is wrong in it is mended
//! by the next one, which names what it mends. Its file lies sealed, and its hash beside it.

pub mod model;
pub mod rules;
pub mod gather;
mod xml;
pub mod dac7;
pub mod form_1099k;
mod store;
pub mod telling;
pub mod making;
pub mod own;
mod letters;
pub mod jobs;
pub mod leaving;

pub use gather::gather;
