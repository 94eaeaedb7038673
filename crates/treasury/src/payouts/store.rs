//! The SQL of payouts.

pub mod accounts;
pub mod converting;
pub mod copy;
pub mod debts;
pub mod payouts;
pub mod settlements;
pub mod shown;
pub mod tiers;
pub mod verify;

/// What asking the database comes to.
pub(super) type Done<T> = Result<T, sqlx::Error>;
