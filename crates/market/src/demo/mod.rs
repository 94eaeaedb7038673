//! The demo: a marketplace that looks alive, made by the same rules that serve people: members, listings with
//! pictures, orders in every state. What it says stands in `data/demo`.

mod script;
mod deals;
pub mod rules;
