//! The wiring: from settings to a running product, and everything that can be asked of it.

pub mod books;
pub mod plain;
pub mod routes;
pub mod start;
