//! The program from outside, in stories: each test has a town of its own (`testkit::Town`), and its name says what
//! the program does. One binary, a folder for each slice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod apikeys;
mod asvs;
mod carts;
mod closing;
mod exceptions;
mod holds;
mod import;
mod kept;
mod ledger;
mod listings;
mod matrix;
mod notifications;
mod orders;
mod pages;
mod payments;
mod payouts;
mod privacy;
mod programs;
mod races;
mod safety;
mod scene;
mod search;
mod signin;
mod simulator;
mod staff;
mod strangers;
mod taxes;
mod tickets;
mod web;
