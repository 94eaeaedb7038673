//! Whether providers hold what is owed, and what the marketplace may take of it for itself.
//!
//! Cover is no invariant: a provider's fee leaves at the payment and is earned at the release, so an operator who put nothing
//! in is a little short by design. Money of the company's own closes the gap (`flows::topped_up`).

mod store;

use crate::EntryError;
use crate::flows::{self, AtProvider};
use crate::store::{EntryId, PostError};
use kernel::{Currency, Money, Refusal};
use platform::{Reader, Tx};

/// How the marketplace stands in one currency; minor units, natural sides positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub currency: Currency,
    /// What providers hold, and what card networks hold while a dispute is undecided. Sellers' own accounts at a provider are theirs.
    pub held: i64,
    /// What buyers, sellers and tax offices are due of it.
    pub owed: i64,
    /// All earnings since ever.
    pub earned: i64,
    /// All expenses since ever.
    pub spent: i64,
    /// What stands on the company's account: taken, less what was put in and what was paid from there.
    pub taken: i64,
}

impl Cover {
    /// What is held beyond what is owed; negative if something is missing.
    pub const fn margin(&self) -> Money {
        Money::new(self.held.saturating_sub(self.owed), self.currency)
    }

    /// What the marketplace may take: never more than was earned, and never what others are due.
    pub fn takeable(&self) -> Money {
        let own = self.earned.saturating_sub(self.spent).saturating_sub(self.taken);
        Money::new(own.min(self.margin().amount).max(0), self.currency)
    }
}

/// Every currency in which something is held or owed, in alphabetical order.
///
/// # Errors
/// The database fails.
pub async fn by_currency(reader: &mut Reader) -> Result<Vec<Cover>, sqlx::Error> {
    store::by_currency(reader).await
}

/// Why earnings were not taken. The transaction must be given up.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// Only this much may be taken.
    #[error("only {} {} may be taken: the rest is earned later, or belongs to others", .0.decimal(), .0.currency)]
    TooMuch(Money),
    #[error(transparent)]
    Entry(#[from] EntryError),
    #[error(transparent)]
    Post(#[from] PostError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<TakeError> for Refusal {
    fn from(error: TakeError) -> Self {
        Self::broken(error)
    }
}

/// J14: books earnings that go to the company's account, if they are the marketplace's. One at a time, so that two
/// takings cannot both see the same money.
///
/// # Errors
/// [`TakeError::TooMuch`] with what may be taken; otherwise as `post`.
pub async fn take(tx: &mut Tx, at: AtProvider<'_>, amount: Money) -> Result<EntryId, TakeError> {
    let entry = flows::earnings_taken(at, amount, tx.now())?;
    store::lock_taking(tx).await?;
    if !store::is_posted(tx, entry.key()).await? {
        let all = store::by_currency(tx).await?;
        let here = all.iter().find(|cover| cover.currency == amount.currency);
        let may = here.map_or(Money::zero(amount.currency), Cover::takeable);
        if amount.amount > may.amount {
            return Err(TakeError::TooMuch(may));
        }
    }
    Ok(crate::store::post(tx, &entry).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover() -> Cover {
        Cover { currency: Currency::EUR, held: 1_000, owed: 700, earned: 500, spent: 50, taken: 0 }
    }

    #[test]
    fn takes_what_was_earned_and_leaves_what_is_owed() {
        assert_eq!(cover().takeable().amount, 300, "others are due the rest");
        assert_eq!(Cover { held: 5_000, ..cover() }.takeable().amount, 450, "no more was earned");
        assert_eq!(Cover { held: 5_000, taken: 400, ..cover() }.takeable().amount, 50);
        assert_eq!(Cover { owed: 1_100, ..cover() }.takeable().amount, 0);
        assert_eq!(Cover { owed: 1_100, ..cover() }.margin().amount, -100);
    }
}
