//! Floor 3, below the market: people, how they prove who they are, and what slows others down who try to be them.
//!
//! A slice uses only slices that stand above it here.

pub mod permissions;
pub mod accounts;
pub mod banks;
pub mod kept;
pub mod guessing;
pub mod factors;
pub mod apikeys;
pub mod pressure;
pub mod oidc;
pub mod signin;
pub mod staff;
