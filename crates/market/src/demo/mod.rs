//! The demo: a marketplace that looks alive, made by the same rules that serve people: members, listings with
//! pictures, orders, payouts and chargebacks in many states. What it says stands in `data/demo`.

mod script;
mod stories;
pub mod deals;
pub mod rules;
