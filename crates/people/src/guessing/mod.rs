//! Guessing: who tries passwords and codes one after the other gets slower and slower.
//!
//! Invariants: a try is counted before it is looked at, so trying many at once does not help; an address without an
//! account is slowed down like one with; whoever guesses from elsewhere does not slow down a browser in which the
//! owner was signed in before, nor the links that the owner gets by mail; nobody is ever locked out for good.

pub mod model;
pub mod rules;
mod store;
