//! Posting, and looking into the books. Everything is written by `ledger.post`, the database's own function.

use crate::accounts::Account;
use crate::entry::Entry;
use kernel::{Currency, Moment, Money, Refusal};
use platform::db::refused_by;
use platform::jobs::{Job, Outcome};
use platform::{Db, Reader, Tx, checkpoints};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// The number of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EntryId(pub i64);

/// Why an entry was not posted. The transaction is spoilt and must be given up.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// A strict account does not hold that much.
    #[error("the entry would overdraw an account: {0}")]
    Overdraft(#[source] sqlx::Error),
    /// The key was used for another entry.
    #[error("the entry's key was used before for something else: {0}")]
    KeyMeansOneThing(#[source] sqlx::Error),
    /// Another rule of the ledger forbids it: see the name of the constraint.
    #[error("the ledger refuses the entry: {0}")]
    Forbidden(#[source] sqlx::Error),
    /// The database could not be asked.
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for PostError {
    fn from(error: sqlx::Error) -> Self {
        match refused_by(&error) {
            Some("balances_no_overdraft") => Self::Overdraft(error),
            Some("entries_key_means_one_thing") => Self::KeyMeansOneThing(error),
            Some(_) => Self::Forbidden(error),
            None => Self::Database(error),
        }
    }
}

impl From<PostError> for Refusal {
    fn from(error: PostError) -> Self {
        Self::broken(error)
    }
}

/// What stands on an account; its natural side is positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    pub account: Account,
    pub money: Money,
}

/// A posted line, for people who look into an order's books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedLine {
    pub entry: EntryId,
    /// As in `EntryKind::as_str`.
    pub kind: String,
    pub at: Moment,
    pub provider_ref: Option<String>,
    pub account: Account,
    /// Debits positive, credits negative.
    pub amount: Money,
}

/// Posts an entry in the caller's transaction. Posting it again changes nothing and answers the same number.
pub async fn post(tx: &mut Tx, entry: &Entry) -> Result<EntryId, PostError> {
    if checkpoints::skips(entry.kind().as_str()) {
        return Ok(EntryId(0));
    }
    let lines: Vec<_> = entry
        .lines()
        .iter()
        .map(|l| json!({ "account": l.account.code(l.amount.currency), "amount": l.amount.amount }))
        .collect();
    let id = sqlx::query_scalar!(
        r#"select ledger.post($1, $2, $3, $4, $5, $6) as "id!""#,
        entry.key(),
        entry.kind().as_str(),
        entry.subject(),
        entry.provider_ref(),
        entry.at(),
        serde_json::Value::Array(lines)
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(EntryId(id))
}

/// What stands on an account, its natural side positive; zero if nothing was ever booked on it.
pub async fn balance_of(
    reader: &mut Reader,
    account: &Account,
    currency: Currency,
) -> Result<Money, sqlx::Error> {
    let code = account.code(currency);
    let amount = sqlx::query_scalar!(r#"select ledger.balance_of($1) as "amount!""#, code)
        .fetch_one(reader.conn())
        .await?;
    Ok(Money::new(amount, currency))
}

/// All accounts of an order or member, in the order in which they were opened.
pub async fn balances_of_owner(
    reader: &mut Reader,
    owner: impl Into<Uuid>,
) -> Result<Vec<Balance>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.code, ledger.balance_of(a.code) as "amount!" from ledger.accounts a
           where a.owner_id = $1 order by a.account_id"#,
        owner.into()
    )
    .fetch_all(reader.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let (account, currency) = known(&row.code)?;
            Ok(Balance { account, money: Money::new(row.amount, currency) })
        })
        .collect()
}

/// Whether there is an entry of this key.
pub async fn is_posted(reader: &mut Reader, key: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from ledger.entries where key = $1) as "is!""#, key)
        .fetch_one(reader.conn())
        .await
}

/// Every line about an order, oldest first.
pub async fn lines_of(reader: &mut Reader, subject: impl Into<Uuid>) -> Result<Vec<BookedLine>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select e.entry_id, e.kind, e.occurred_at, e.provider_ref, a.code, l.amount
           from ledger.entries e join ledger.lines l using (entry_id) join ledger.accounts a using (account_id)
           where e.subject = $1 order by e.entry_id, l.n"#,
        subject.into()
    )
    .fetch_all(reader.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let (account, currency) = known(&row.code)?;
            Ok(BookedLine {
                entry: EntryId(row.entry_id),
                kind: row.kind,
                at: row.occurred_at,
                provider_ref: row.provider_ref,
                account,
                amount: Money::new(row.amount, currency),
            })
        })
        .collect()
}

/// The account of a code that the database knows.
pub(crate) fn known(code: &str) -> Result<(Account, Currency), sqlx::Error> {
    Account::parse(code).ok_or_else(|| sqlx::Error::Decode(format!("unknown ledger account {code}").into()))
}

/// Now and then: moves the snapshots of append-only accounts forward, so that their balances stay cheap to ask.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RollBalances {}

impl Job for RollBalances {
    const KIND: &'static str = "ledger.roll_balances";
}

impl RollBalances {
    /// Does it. Running it at any time, or twice, changes no balance.
    pub async fn run(db: &Db) -> Outcome {
        let mut tx = db.begin().await?;
        sqlx::query!("select ledger.roll()").execute(tx.conn()).await?;
        Ok(tx.commit().await?)
    }
}
