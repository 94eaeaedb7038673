//! The proofs, one small function each; a proof returns its faults, none if it holds.

pub(crate) mod paths;
pub(crate) mod shape;
pub(crate) mod words;
