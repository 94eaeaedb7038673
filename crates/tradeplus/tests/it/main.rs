//! The program from outside, in stories: each test has a town of its own (`testkit::Town`), and its name says what
//! the program does. One binary, a folder for each slice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod carts;
mod closing;
mod import;
mod ledger;
mod listings;
mod notifications;
mod orders;
mod pages;
mod payments;
mod programs;
mod races;
mod search;
mod signin;
mod strangers;
mod web;
