//! What stands on the accounts, for people who look into the books: the sums of each sort, and the accounts that hold something.

mod store;

use crate::accounts::Account;
use kernel::{Currency, Moment, Money};
use platform::Reader;

/// The accounts of one sort in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Letter and name, as in the chart: `L:escrow`.
    pub name: String,
    /// How many were ever opened, and how many of them hold something now.
    pub accounts: i64,
    pub holding: i64,
    /// All of them together, the natural side positive.
    pub money: Money,
}

/// One account, and what stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number: accounts are listed by it, the newest first.
    pub id: i64,
    pub account: Account,
    /// With the currency.
    pub code: String,
    /// The natural side positive.
    pub money: Money,
    pub opened_at: Moment,
}

/// Every sort of account that there is one of, by name and currency.
///
/// # Errors
/// The database fails.
pub async fn sums(reader: &mut Reader) -> Result<Vec<Sum>, sqlx::Error> {
    store::sums(reader).await
}

/// Accounts of a sort that hold something, the newest first: `limit` of them, those before `before` if given.
///
/// # Errors
/// The database fails.
pub async fn holding(
    reader: &mut Reader,
    name: &str,
    currency: Currency,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Standing>, sqlx::Error> {
    store::holding(reader, name, currency, before, limit).await
}

/// An account by its code, if it was ever opened.
///
/// # Errors
/// The database fails.
pub async fn find(reader: &mut Reader, code: &str) -> Result<Option<Standing>, sqlx::Error> {
    store::find(reader, code).await
}
