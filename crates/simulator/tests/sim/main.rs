//! The simulator on books in memory, asked as a program would ask the real providers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod asking;
mod disputes;
mod faults;
mod flight;
mod keys;
mod lists;
mod money;
mod paystack;
mod property;
mod scene;
mod serving;
mod stripe;
