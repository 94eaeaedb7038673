//! Whether what is owed is there: the one answer for the hourly watch, the pages of staff and the comparisons.

use super::store::sums as store;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Money, Refusal, TicketId};
use ledger::cover::{self, Cover};
use platform::{Reader, Tx};
use serde_json::json;
use std::collections::BTreeMap;
use time::Duration;

/// How long there is for putting in what is missing.
const DUE: Duration = Duration::days(1);

/// How the marketplace stands in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub cover: Cover,
    /// What may lack meanwhile, minor units: what providers kept of payments whose orders are still held is earned when they are
    /// released; and what is owed in one currency and held in another instead.
    pub ahead: i64,
}

impl Standing {
    /// What others are due and nobody holds, if anything is.
    pub fn missing(&self) -> Option<Money> {
        let left = self.cover.margin().amount.saturating_add(self.ahead);
        (left < 0).then(|| Money::new(left.saturating_neg(), self.cover.currency))
    }
}

/// Every currency in which something is held or owed, in alphabetical order.
pub async fn standing(reader: &mut Reader) -> Result<Vec<Standing>, Refusal> {
    let mut ahead: BTreeMap<Currency, i64> = store::fees_ahead(reader).await?.into_iter().collect();
    for (currency, open) in store::positions(reader).await? {
        *ahead.entry(currency).or_default() += open;
    }
    let all = cover::by_currency(reader).await?;
    let with = |cover: Cover| Standing { ahead: ahead.get(&cover.currency).copied().unwrap_or(0), cover };
    Ok(all.into_iter().map(with).collect())
}

/// A ticket for each currency in which something is missing, once; what is there again closes its own.
pub async fn tell(tx: &mut Tx) -> Result<Vec<(Standing, TicketId)>, Refusal> {
    let mut short = Vec::new();
    for it in standing(tx).await? {
        let key = format!("cover:{}", it.cover.currency);
        let Some(missing) = it.missing() else {
            tickets::close(tx, &key, "providers hold what is owed again").await?;
            continue;
        };
        let new = NewTicket {
            kind: Kind::Cover,
            key: &key,
            subject: Subject::Nothing,
            amount: Some(missing),
            detail: json!({ "held": it.cover.held, "owed": it.cover.owed, "ahead": it.ahead }),
            due: DUE,
        };
        let ticket = tickets::open(tx, &new).await?;
        short.push((it, ticket));
    }
    Ok(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_earned_later_is_not_missing() {
        let cover =
            Cover { currency: Currency::EUR, held: 4_825, owed: 5_000, earned: 0, spent: 175, taken: 0 };
        let it = Standing { cover, ahead: 175 };
        assert_eq!(it.missing(), None);
        let worse = Standing { ahead: 135, ..it };
        assert_eq!(worse.missing(), Some(Money::new(40, Currency::EUR)));
    }
}
