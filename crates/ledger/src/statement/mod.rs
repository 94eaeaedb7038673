//! What the marketplace owes a seller, from one day to another: what is payable and what is kept back, less what they owe.

mod store;

use crate::accounts::Account;
use crate::store::EntryId;
use kernel::{Currency, MemberId, Moment, Money, Refusal};
use platform::Reader;
use uuid::Uuid;

/// One change of what the seller is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    pub entry: EntryId,
    /// As in `EntryKind::as_str`.
    pub kind: String,
    /// The order, settlement, debt or payout.
    pub subject: Uuid,
    pub at: Moment,
    /// Payable, reserve, or what they owe.
    pub account: Account,
    /// Positive if the seller is due more.
    pub amount: Money,
}

/// A seller's statement in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What the seller was due when it begins; negative if they owed more.
    pub opening: Money,
    /// Oldest first.
    pub lines: Vec<StatementLine>,
    /// `opening` and all lines.
    pub closing: Money,
}

/// The seller's statement of all that happened from `from` and before `to`.
///
/// # Errors
/// The database fails; the sums overflow.
pub async fn of_seller(
    reader: &mut Reader,
    member: MemberId,
    currency: Currency,
    from: Moment,
    to: Moment,
) -> Result<Statement, Refusal> {
    let opening = store::due_before(reader, member, currency, from).await?;
    let lines = store::lines(reader, member, currency, from, to).await?;
    let changes = lines.iter().map(|line| line.amount);
    let closing = Money::sum(currency, std::iter::once(opening).chain(changes))?;
    Ok(Statement { opening, lines, closing })
}
