//! The books for people who look into them: an order's, a member's, an account's.

mod store;

use crate::accounts::Account;
use crate::entry::Line;
use crate::store::EntryId;
use kernel::{MemberId, Moment, Money, OrderId};
use platform::Reader;
use std::fmt;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// A posted entry, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    pub entry: EntryId,
    pub key: String,
    /// As in `EntryKind::as_str`.
    pub kind: String,
    /// What it is about: an order, a settlement, a payout.
    pub subject: Uuid,
    pub at: Moment,
    pub provider_ref: Option<String>,
    pub lines: Vec<Line>,
}

impl Booked {
    /// What the entry changes on an account, its natural side positive, in each currency that it has there.
    pub fn on(&self, account: &Account) -> Vec<Money> {
        let mut sums: Vec<Money> = Vec::new();
        for line in self.lines.iter().filter(|l| l.account == *account) {
            let signed = line.amount.amount.saturating_mul(account.kind().natural_sign());
            match sums.iter_mut().find(|sum| sum.currency == line.amount.currency) {
                Some(sum) => sum.amount = sum.amount.saturating_add(signed),
                None => sums.push(Money::new(signed, line.amount.currency)),
            }
        }
        sums
    }
}

/// Everything about an order, oldest first: what names it, and what moved its accounts. `with` are other numbers that belong to it,
/// its settlements for instance.
///
/// # Errors
/// The database fails.
pub async fn of_order(
    reader: &mut Reader,
    order: OrderId,
    with: &[Uuid],
) -> Result<Vec<Booked>, sqlx::Error> {
    let mut about = vec![order.0];
    about.extend(with);
    let ids = store::about(reader, &about).await?;
    store::whole(reader, &ids).await
}

/// What moved a member's accounts, newest first: `limit` entries, those before `before` if given.
///
/// # Errors
/// The database fails.
pub async fn of_member(
    reader: &mut Reader,
    member: MemberId,
    before: Option<EntryId>,
    limit: i64,
) -> Result<Vec<Booked>, sqlx::Error> {
    let ids = store::of_owner(reader, member.0, before, limit).await?;
    newest_first(reader, &ids).await
}

/// What moved an account, by its code, newest first; as [`of_member`]. Nothing if it was never opened.
///
/// # Errors
/// The database fails.
pub async fn of_account(
    reader: &mut Reader,
    code: &str,
    before: Option<EntryId>,
    limit: i64,
) -> Result<Vec<Booked>, sqlx::Error> {
    let ids = store::of_account(reader, code, before, limit).await?;
    newest_first(reader, &ids).await
}

async fn newest_first(reader: &mut Reader, ids: &[i64]) -> Result<Vec<Booked>, sqlx::Error> {
    let mut all = store::whole(reader, ids).await?;
    all.reverse();
    Ok(all)
}

/// The entry on one line, then its lines: debits left, credits right.
impl fmt::Display for Booked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.format(&Rfc3339).unwrap_or_else(|_| self.at.unix_timestamp().to_string());
        write!(f, "{at}  {}  {} ({})", self.entry.0, self.kind, self.key)?;
        if let Some(reference) = &self.provider_ref {
            write!(f, "  {reference}")?;
        }
        for Line { account, amount } in &self.lines {
            let (money, account) =
                (Money::new(amount.amount.saturating_abs(), amount.currency), account.to_string());
            let (debit, credit) = match amount.amount > 0 {
                true => (money.decimal(), String::new()),
                false => (String::new(), money.decimal()),
            };
            write!(f, "\n    {account:<72} {debit:>14} {credit:>14} {}", amount.currency)?;
        }
        Ok(())
    }
}
