//! Floor 1: machines. The only crate that opens sockets and files.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

pub mod chance;
pub mod checkpoints;
#[cfg(test)]
mod scratch;
pub mod config;
pub mod telemetry;
pub mod cluster;
pub mod db;
pub mod migrate;
#[cfg(test)]
mod fixture;
pub mod events;
pub mod jobs;
pub mod idempotency;
pub mod crypto;
pub mod rate;
pub mod objects;
pub mod archive;
pub mod audit;
pub mod vault;
pub mod mail;
pub mod outgoing;
pub mod atlas;
pub mod sms;
#[cfg(test)]
mod certificates;

pub use db::{Db, Reader, Rows, Tx};
