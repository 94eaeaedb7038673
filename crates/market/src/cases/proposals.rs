//! What the sides offer each other. The case's row is the lock: two answers to two proposals come one after the other.

use super::events::{CaseProposed, CaseUnproposed};
use super::jobs::Lapse;
use super::model::{Case, Offer, PROPOSAL_LIFE, Proposal, Side};
use super::rules::lock_open;
use super::{store, table};
use kernel::{Money, OrderId, ProposalId, Refusal, Wrong};
use platform::{Tx, events, jobs};

/// Offers something to the other side; what one's own side offered before is off. A part names its amount, and nothing
/// else does. Errors: `Conflict("case-closed")`; the field `amount`.
pub async fn make(
    tx: &mut Tx,
    order: OrderId,
    side: Side,
    offer: Offer,
    refund: Option<Money>,
) -> Result<ProposalId, Refusal> {
    if (offer == Offer::Partial) != refund.is_some() {
        return Err(Refusal::field("amount", Wrong::Required));
    }
    if refund.is_some_and(|refund| refund.amount < 1) {
        return Err(Refusal::field("amount", Wrong::TooSmall { min: 1 }));
    }
    let case = lock_open(tx, order).await?;
    for before in open(tx, &case).await?.into_iter().filter(|it| it.side == side) {
        end(tx, &before, "replace").await?;
    }
    let ends_at = tx.now() + PROPOSAL_LIFE;
    let proposal = store::insert_proposal(tx, case.id, side, offer, refund, ends_at).await?;
    jobs::schedule(tx, &Lapse::key(proposal), &Lapse { order, proposal }, ends_at).await?;
    events::append(tx, &CaseProposed { case: case.id, order, proposal, side }).await?;
    Ok(proposal)
}

/// Takes back what one's own side offers. Errors: `Conflict("proposal-gone")`.
pub async fn withdraw(tx: &mut Tx, order: OrderId, side: Side, id: ProposalId) -> Result<(), Refusal> {
    let found = find(tx, order, id).await?.1;
    if found.side != side {
        return Err(Refusal::Conflict("proposal-gone"));
    }
    end(tx, &found, "withdraw").await
}

/// Refuses what the other side offers; the case goes on. Errors: `Conflict("proposal-gone")`.
pub async fn refuse(tx: &mut Tx, order: OrderId, side: Side, id: ProposalId) -> Result<(), Refusal> {
    let (case, found) = find(tx, order, id).await?;
    if found.side == side {
        return Err(Refusal::Conflict("proposal-gone"));
    }
    end(tx, &found, "refuse").await?;
    tell(tx, &case, &found, "refuse").await
}

/// The other side's proposal of that kind that waits for an answer of `side`. Errors: `Conflict("proposal-gone")`, also
/// for one's own.
pub async fn answerable(
    tx: &mut Tx,
    order: OrderId,
    side: Side,
    id: Option<ProposalId>,
    offer: Offer,
) -> Result<Proposal, Refusal> {
    let id = id.ok_or(Refusal::Conflict("proposal-gone"))?;
    let (_, found) = find(tx, order, id).await?;
    let fits = found.offer == offer && found.side != side;
    if fits { Ok(found) } else { Err(Refusal::Conflict("proposal-gone")) }
}

/// Accepts it. What that means for the order is in the order's table; the caller has asked [`answerable`].
pub async fn accept(tx: &mut Tx, order: OrderId, id: ProposalId) -> Result<(), Refusal> {
    let found = find(tx, order, id).await?.1;
    end(tx, &found, "accept").await
}

/// Nobody answered in time. Nothing happens to one that is not open any more.
pub(super) async fn lapse(tx: &mut Tx, order: OrderId, id: ProposalId) -> Result<(), Refusal> {
    match find(tx, order, id).await {
        Ok((case, found)) => {
            end(tx, &found, "lapse").await?;
            tell(tx, &case, &found, "lapse").await
        }
        Err(Refusal::Conflict(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// What both sides offer is off: the order went another way, where nobody can accept it.
pub async fn end_of_order(tx: &mut Tx, order: OrderId) -> Result<(), Refusal> {
    match store::lock_open(tx, order).await? {
        Some(case) => end_all(tx, &case).await,
        None => Ok(()),
    }
}

pub(super) async fn end_all(tx: &mut Tx, case: &Case) -> Result<(), Refusal> {
    for proposal in open(tx, case).await? {
        end(tx, &proposal, "lapse").await?;
    }
    Ok(())
}

async fn open(tx: &mut Tx, case: &Case) -> Result<Vec<Proposal>, Refusal> {
    let mut all = store::proposals(tx, case.id, case.currency).await?;
    all.retain(Proposal::is_open);
    Ok(all)
}

/// One that is open, and its case, which is locked.
async fn find(tx: &mut Tx, order: OrderId, id: ProposalId) -> Result<(Case, Proposal), Refusal> {
    let case = store::lock_open(tx, order).await?.ok_or(Refusal::Conflict("proposal-gone"))?;
    let found = open(tx, &case).await?.into_iter().find(|it| it.id == id);
    Ok((case, found.ok_or(Refusal::Conflict("proposal-gone"))?))
}

async fn end(tx: &mut Tx, proposal: &Proposal, step: &str) -> Result<(), Refusal> {
    let row = table::step(step).ok_or_else(|| Refusal::broken(format!("proposals have no step {step}")))?;
    store::end_proposal(tx, proposal.id, &row.to).await?;
    Ok(jobs::cancel(tx, &Lapse::key(proposal.id)).await?)
}

async fn tell(tx: &mut Tx, case: &Case, proposal: &Proposal, step: &str) -> Result<(), Refusal> {
    let state = table::step(step).map(|row| row.to.clone()).unwrap_or_default();
    let event = CaseUnproposed {
        case: case.id,
        order: case.order,
        proposal: proposal.id,
        side: proposal.side,
        state,
    };
    Ok(events::append(tx, &event).await?)
}
