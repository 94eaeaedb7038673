//! Cases: problems with orders, talked about by both sides, and decided by staff if they do not agree.

pub mod leaving;
mod store;

pub use store::copy;
