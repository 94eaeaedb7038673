//! Floor 2: the marketplace's books, in double entry.
//!
//! Debits are positive, credits negative, amounts are minor units, and every entry sums to zero in each of its
//! currencies. The database keeps these rules by itself (`migrations/0002_ledger.sql`, `0020_ledger_whole.sql`); this crate says in types
//! what the marketplace books, and proves from outside that the books are right.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

pub mod accounts;
pub mod entry;
pub mod flows;
pub mod store;
pub mod cover;
pub mod seal;
pub mod show;
pub mod books;
pub mod statement;
pub mod takings;
pub mod verify;
pub mod ages;

pub use accounts::{Account, AccountKind, OwnedBy};
pub use entry::{Entry, EntryError, EntryKind, Line};
pub use store::{
    Balance, BookedLine, EntryId, PostError, RollBalances, balance_of, balances_of_owner, is_posted,
    lines_of, post,
};
pub use verify::{Report, verify};
