//! What staff looks at: an order by its number, the orders that need a person, whether the books are right.

mod store;

use super::verify;
use kernel::{MemberId, Moment, Money, OrderId, Refusal};
use platform::Reader;
use time::Duration;

/// Orders shown at once.
const SHOWN_MAX: i64 = 100;

/// How long after its time a timer may still be on its way before a person should look.
const LATE: Duration = Duration::minutes(10);

/// An order in a list of staff.
#[derive(Clone, Debug)]
pub struct Glance {
    pub id: OrderId,
    pub number: String,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub state: String,
    pub state_since: Moment,
    /// When silence has its say, if it has one.
    pub due: Option<Moment>,
    pub total: Money,
}

/// The order with this id or number; letters in either case, spaces and dashes do not matter.
pub async fn find(reader: &mut Reader, text: &str) -> Result<Option<OrderId>, Refusal> {
    if let Ok(id) = text.trim().parse() {
        return Ok(store::exists(reader, id).await?.then_some(id));
    }
    let number: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(store::by_number(reader, &number.to_ascii_uppercase()).await?)
}

/// The orders that wait for a decision of staff, or whose timer should have had its say long ago; those that
/// wait longest first, at most 100.
pub async fn needing_staff(reader: &mut Reader) -> Result<Vec<Glance>, Refusal> {
    let late = reader.now() - LATE;
    Ok(store::needing_staff(reader, late, SHOWN_MAX).await?)
}

/// How many orders there are in each state.
pub async fn states(reader: &mut Reader) -> Result<Vec<(String, i64)>, Refusal> {
    Ok(store::states(reader).await?)
}

/// Checks every invariant of the ledger, and that the orders agree with it.
pub async fn books(reader: &mut Reader) -> Result<ledger::Report, Refusal> {
    let mut report = ledger::verify(reader).await?;
    let (_, wrong) = verify::check(reader).await?;
    report.add("every order's money is where its state says", wrong);
    Ok(report)
}
