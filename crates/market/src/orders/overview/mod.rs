//! What staff looks at: an order by its number, the orders that need a person, whether the books are right.

pub mod money;
mod store;

use super::verify;
use crate::cases::model::Kind;
use crate::payouts;
use kernel::{MemberId, Moment, Money, OrderId, Refusal};
use ledger::verify::names;
use platform::Reader;
use platform::objects::Objects;
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

/// A case that is open, in a list of staff.
#[derive(Clone, Debug)]
pub struct CaseGlance {
    pub order: OrderId,
    pub number: String,
    pub state: String,
    pub total: Money,
    /// When silence has its say.
    pub due: Option<Moment>,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub kind: Kind,
    pub opened_at: Moment,
    /// Who of the staff looks at it.
    pub taken_by: Option<MemberId>,
    /// Whether it waits for a decision of staff.
    pub is_ours: bool,
}

impl CaseGlance {
    /// Whether somebody is a side of it: they see that it is there, and decide nothing.
    pub fn is_of(&self, member: MemberId) -> bool {
        self.buyer == member || self.seller == member
    }
}

/// Open cases: those that wait for a decision of staff first, then by age; at most 100.
pub async fn cases(reader: &mut Reader) -> Result<Vec<CaseGlance>, Refusal> {
    Ok(store::open_cases(reader, SHOWN_MAX).await?)
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

/// Checks every invariant of the ledger, that its chain is the one that was anchored, and that the orders and what is on its way to
/// sellers agree with it: the page of staff and the command show this one list.
pub async fn books(reader: &mut Reader, objects: &Objects) -> Result<ledger::Report, Refusal> {
    let mut report = ledger::verify(reader).await?;
    report.add(names::ANCHOR, ledger::seal::against_anchor(reader, objects).await?);
    let (_, wrong) = verify::check(reader).await?;
    report.add("every order's money is where its state says", wrong);
    for (name, wrong) in payouts::verify::check(reader).await? {
        report.add(name, wrong);
    }
    Ok(report)
}
