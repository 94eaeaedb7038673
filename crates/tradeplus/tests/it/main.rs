//! The program from outside, in stories: each test has a town of its own (`testkit::Town`), and its name says what
//! the program does. One binary, a folder for each slice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod apikeys;
mod asvs;
mod carts;
mod cases;
mod chargebacks;
mod closing;
mod commands;
mod currencies;
mod demo;
mod documents;
mod exceptions;
mod holds;
mod import;
mod kept;
mod ledger;
mod listings;
mod long;
mod matrix;
mod notifications;
mod orders;
mod pages;
mod payments;
mod payouts;
mod privacy;
mod programs;
mod providers;
mod races;
mod reconciliation;
mod safety;
mod rings;
mod scene;
mod search;
mod signin;
mod simulator;
mod staff;
mod strangers;
mod taxes;
mod tickets;
mod web;
