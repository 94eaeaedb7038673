//! Carts: what somebody means to buy. A visitor's cart is known by a cookie and joins the member's at sign-in.
//!
//! Invariants: a cart promises nothing, so its stock is checked at checkout; a listing stands in it once.

pub mod model;
pub mod rules;
mod store;

pub use store::copy;
