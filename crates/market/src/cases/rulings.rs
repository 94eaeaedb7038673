//! What staff decides, and why. Kept in the step of the order that carries it, so that there is none without the other.

use super::events::CaseRuled;
use super::model::{NewRuling, Ruling, Verdict};
use super::rules::lock_open;
use super::store;
use kernel::{MemberId, OrderId, Refusal};
use platform::{Reader, Tx, audit, events};
use serde_json::json;

/// Keeps a decision. Errors: `Conflict` with `case-closed`, `case-own` for a side of it, `case-other-reviewer` for who
/// had to do with what is appealed.
pub async fn keep(tx: &mut Tx, order: OrderId, new: &NewRuling) -> Result<(), Refusal> {
    let case = lock_open(tx, order).await?;
    let people = [Some(new.by), new.seconded_by];
    if people.into_iter().flatten().any(|who| case.side_of(who).is_some()) {
        return Err(Refusal::Conflict("case-own"));
    }
    let before = store::rulings(tx, case.id, case.currency).await?;
    let n: i16 = if new.is_final { 2 } else { 1 };
    if !people.into_iter().flatten().all(|who| is_new(&before, who)) {
        return Err(Refusal::Conflict("case-other-reviewer"));
    }
    store::insert_ruling(tx, case.id, n, new).await?;
    let detail = json!({ "order": order, "n": n, "outcome": new.verdict.name(),
        "amount": new.refund.map(|refund| refund.amount), "second": new.seconded_by });
    audit::write(tx, Some(new.by), "cases.rule", ("case", case.id.0), detail).await?;
    let event = CaseRuled { case: case.id, order, n, verdict: new.verdict };
    Ok(events::append(tx, &event).await?)
}

/// What was decided about an order's open case, the first first.
pub async fn of_order(reader: &mut Reader, order: OrderId) -> Result<Vec<Ruling>, Refusal> {
    match store::newest(reader, order).await?.filter(|case| case.is_open()) {
        Some(case) => Ok(store::rulings(reader, case.id, case.currency).await?),
        None => Ok(Vec::new()),
    }
}

/// Whether somebody had nothing to do with these decisions.
pub fn is_new(before: &[Ruling], who: MemberId) -> bool {
    before.iter().all(|it| it.by != who && it.seconded_by != Some(who))
}

impl Ruling {
    /// Whether it gives the buyer anything.
    pub fn pays_buyer(&self) -> bool {
        self.verdict != Verdict::Release
    }
}
