//! The program from outside, in stories: each test has a town of its own (`testkit::Town`), and its name says what
//! the program does. One binary, a folder for each slice.

mod accounts;
mod carts;
mod import;
mod ledger;
mod listings;
mod notifications;
mod orders;
mod payments;
mod races;
mod search;
