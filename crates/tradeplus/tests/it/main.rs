//! The program from outside, in stories: each test has a town of its own (`testkit::Town`), and its name says what
//! the program does. One binary, a folder for each slice.

mod ledger;
mod payments;
mod orders;
