//! Behaviour of the proofs and of the tables that the market ships.

mod numbers;
mod order;
mod parts;
mod refusals;
mod table;
mod walks;
