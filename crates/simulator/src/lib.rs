//! A payment provider that moves no money: it speaks as Stripe and as Paystack, keeps its own books, has a clock that can
//! be moved and a plan of what goes wrong. Within the product it is the sandbox; by itself it is a server for tests.
//!
//! What it answers fits the providers' official descriptions. It knows nothing of the marketplace.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

// The largest answers are written as JSON in one piece.
#![recursion_limit = "512"]

pub mod books;
pub mod problem;
pub mod asked;
pub mod cards;
pub mod faults;
pub mod courier;
pub mod world;
pub mod hooks;
pub mod keys;
pub mod money;
pub mod stripe;
pub mod paystack;
pub mod due;
pub mod door;
pub mod control;
pub mod answer;
pub mod serve;

pub use answer::answer;
pub use asked::{Answered, Arrival, Asked};
pub use cards::cards;
pub use faults::{Fault, Planned};
pub use world::{Setup, World};
