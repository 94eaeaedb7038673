//! Opening a case, talking in it, taking it, closing it. Who may see an order's case is asked by the order.

use super::events::{CaseClosed, CaseOpened, CaseSaid, CaseTaken};
use super::model::{Case, NewCase, Outcome, Side, Statement, Whole};
use super::{proposals, store};
use kernel::{CaseEntryId, CaseId, MemberId, OrderId, Refusal};
use platform::{Reader, Tx, audit, events};
use serde_json::json;

/// Opens a case for an order, with what the buyer says. The caller holds the order's lock. Errors: the field
/// `data/problem`; one is open already, which the order's table keeps from happening.
pub async fn open(tx: &mut Tx, new: &NewCase) -> Result<CaseId, Refusal> {
    let case = store::insert(tx, new).await?;
    if let Some(words) = &new.words {
        let words = Statement::read(words).map_err(|wrong| Refusal::field("data/problem", wrong))?;
        store::insert_entry(tx, case, Side::Buyer, Some(new.buyer), words.as_str()).await?;
    }
    events::append(tx, &CaseOpened { case, order: new.order }).await?;
    Ok(case)
}

/// Says something in a case that is open, for one's side: a [`Statement`], or nothing where photos say it. Errors:
/// `Conflict("case-closed")`.
pub async fn say(
    tx: &mut Tx,
    order: OrderId,
    (side, by): (Side, MemberId),
    words: &str,
) -> Result<(Case, CaseEntryId), Refusal> {
    let case = lock_open(tx, order).await?;
    let entry = store::insert_entry(tx, case.id, side, Some(by), words).await?;
    events::append(tx, &CaseSaid { case: case.id, order, entry, side }).await?;
    Ok((case, entry))
}

/// Somebody of the staff looks at it from now on; who did before does not any more. Errors: `NotFound` when none is
/// open; `Conflict("case-own")` for a side of it.
pub async fn take(tx: &mut Tx, order: OrderId, by: MemberId) -> Result<(), Refusal> {
    let case = store::lock_open(tx, order).await?.ok_or(Refusal::NotFound)?;
    if case.side_of(by).is_some() {
        return Err(Refusal::Conflict("case-own"));
    }
    if case.taken_by == Some(by) {
        return Ok(());
    }
    store::take(tx, case.id, by).await?;
    let detail = json!({ "order": order, "from": case.taken_by });
    audit::write(tx, Some(by), "cases.take", ("case", case.id.0), detail).await?;
    Ok(events::append(tx, &CaseTaken { case: case.id, order }).await?)
}

/// Closes an order's case, if one is open; what was offered in it is off. The caller holds the order's lock.
pub async fn close(tx: &mut Tx, order: OrderId, outcome: Outcome) -> Result<(), Refusal> {
    let Some(case) = store::lock_open(tx, order).await? else { return Ok(()) };
    proposals::end_all(tx, &case).await?;
    store::close(tx, case.id, outcome).await?;
    Ok(events::append(tx, &CaseClosed { case: case.id, order, outcome }).await?)
}

/// The newest case of an order, without asking who looks.
pub async fn of_order(reader: &mut Reader, order: OrderId) -> Result<Option<Whole>, Refusal> {
    let Some(case) = store::newest(reader, order).await? else { return Ok(None) };
    let entries = store::entries(reader, case.id).await?;
    let proposals = store::proposals(reader, case.id, case.currency).await?;
    let rulings = store::rulings(reader, case.id, case.currency).await?;
    Ok(Some(Whole { case, entries, proposals, rulings }))
}

/// The open case of an order, locked until the transaction ends. Errors: `Conflict("case-closed")`.
pub(super) async fn lock_open(tx: &mut Tx, order: OrderId) -> Result<Case, Refusal> {
    store::lock_open(tx, order).await?.ok_or(Refusal::Conflict("case-closed"))
}
