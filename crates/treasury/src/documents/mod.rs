//! Documents: receipts, invoices, credit notes and statements, numbered without gaps, kept as they were.
//!
//! Invariants: a number is taken in the transaction that keeps its document, so a rolled-back one leaves no gap; one cause
//! makes one document; what a document says never changes, and is corrected by a credit note alone; the file is made from
//! what is kept and from nothing else, so the same document is the same bytes.

pub mod model;
pub mod body;
mod numbers;
pub mod words;
mod sheet;
pub mod press;
pub mod events;
mod store;
pub mod rules;
pub mod wishes;
mod letters;
pub mod jobs;
pub mod check;

pub use body::{Body, Content, Corrected, Line, Note, Paid, Party, TaxSum, Transfer, What};
pub use model::{Document, Head, Issuer, Kind, New};
pub use paper::{Block, Cell, Sheet as Paper};
pub use press::Press;
pub use rules::{find, issue, labelled, left_of, of_cause, of_order, of_payout, page, pdf, show};
pub use sheet::lay_out;
pub use store::copy;
pub use words::Tongue;
