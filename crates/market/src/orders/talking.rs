//! What the sides of an order say and offer each other in its case, and who of the staff looks at it. What moves the order
//! is a step of its table; what is here moves nothing.

use super::casework;
use super::model::{Order, Side};
use super::rules::{may_move, side};
use super::store;
use crate::accounts::model::Member;
use crate::cases::model::{self as case, Case, Evidence, Offer, Statement, Whole};
use crate::cases::{photos, proposals, rules as cases};
use bytes::Bytes;
use images::Studio;
use kernel::{EvidenceId, OrderId, ProposalId, Refusal, Wrong};
use platform::objects::Objects;
use platform::{Db, Reader, Tx};

/// The state in which the sides can agree on something.
const TALKING: &str = "claim_open";

/// An order's case for its sides, and for staff that sees orders. Errors: `NotFound`, also when there is none.
pub async fn show(reader: &mut Reader, viewer: &Member, id: OrderId) -> Result<Whole, Refusal> {
    seen(reader, viewer, id).await?;
    cases::of_order(reader, id).await?.ok_or(Refusal::NotFound)
}

/// A photo of an order's case, for the same. Errors: `NotFound`.
pub async fn photo(
    reader: &mut Reader,
    viewer: &Member,
    id: OrderId,
    photo: EvidenceId,
) -> Result<Evidence, Refusal> {
    seen(reader, viewer, id).await?;
    photos::find(reader, id, photo).await?.ok_or(Refusal::NotFound)
}

/// Shows photos in the open case, with a few words or without. Errors: `NotFound` for strangers, for staff that does not
/// decide, and when there is no case; `Conflict("case-closed")`; the fields `words` and `photo`.
pub async fn show_photos(
    db: &Db,
    (studio, objects): (&Studio, &Objects),
    by: &Member,
    id: OrderId,
    (words, files): (&str, Vec<Bytes>),
) -> Result<Case, Refusal> {
    let mut reader = db.read().await?;
    let (_, speaks) = party(&mut reader, by, id).await?;
    let found = cases::of_order(&mut reader, id).await?.ok_or(Refusal::NotFound)?.case;
    drop(reader);
    if !found.is_open() {
        return Err(Refusal::Conflict("case-closed"));
    }
    if files.is_empty() {
        return Err(Refusal::field("photo", Wrong::Required));
    }
    let words = match words.trim() {
        "" => String::new(),
        words => said(words)?.into_string(),
    };
    let prepared = photos::prepare(db, (studio, objects), found.id, files).await?;
    let mut tx = db.begin().await?;
    let (case, entry) = cases::say(&mut tx, id, (speaks, by.id), &words).await?;
    photos::attach(&mut tx, (case.id, speaks), entry, &prepared).await?;
    tx.commit().await?;
    Ok(case)
}

/// Says something in the open case. Errors as [`show_photos`].
pub async fn say(tx: &mut Tx, by: &Member, id: OrderId, words: &str) -> Result<Case, Refusal> {
    let (_, speaks) = party(tx, by, id).await?;
    if cases::of_order(tx, id).await?.is_none() {
        return Err(Refusal::NotFound);
    }
    let words = said(words)?;
    Ok(cases::say(tx, id, (speaks, by.id), words.as_str()).await?.0)
}

fn said(words: &str) -> Result<Statement, Refusal> {
    Statement::read(words).map_err(|wrong| Refusal::field("words", wrong))
}

/// Offers something to the other side, while the two talk. `amount` is what goes back of a part, minor units. Errors:
/// `NotFound` for who is no side; `Conflict("case-not-talking")`; the field `amount`.
pub async fn propose(
    tx: &mut Tx,
    by: &Member,
    id: OrderId,
    offer: Offer,
    amount: Option<i64>,
) -> Result<ProposalId, Refusal> {
    let (order, speaks) = talker(tx, by, id).await?;
    let refund = match offer {
        Offer::Partial => Some(casework::said(&order, amount, "amount")?),
        Offer::Return | Offer::Replacement => None,
    };
    proposals::make(tx, id, speaks, offer, refund).await
}

/// Takes back what one offers. Errors: as [`propose`]; `Conflict("proposal-gone")`.
pub async fn withdraw(tx: &mut Tx, by: &Member, id: OrderId, proposal: ProposalId) -> Result<(), Refusal> {
    let (_, speaks) = talker(tx, by, id).await?;
    proposals::withdraw(tx, id, speaks, proposal).await
}

/// Refuses what the other side offers. Errors: as [`withdraw`].
pub async fn refuse(tx: &mut Tx, by: &Member, id: OrderId, proposal: ProposalId) -> Result<(), Refusal> {
    let (_, speaks) = talker(tx, by, id).await?;
    proposals::refuse(tx, id, speaks, proposal).await
}

/// Staff that decides looks at an order's case from now on. Errors: `NotFound` for others; `Conflict("case-own")`.
pub async fn take(tx: &mut Tx, by: &Member, id: OrderId) -> Result<(), Refusal> {
    let order = seen(tx, by, id).await?;
    if order.side_of(by.id).is_some() {
        return Err(Refusal::Conflict("case-own"));
    }
    if !may_move(by, Side::Staff) {
        return Err(Refusal::NotFound);
    }
    cases::take(tx, id, by.id).await
}

/// An order that `viewer` may see.
async fn seen(reader: &mut Reader, viewer: &Member, id: OrderId) -> Result<Order, Refusal> {
    let order = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    match side(&order, viewer) {
        Some(_) => Ok(order),
        None => Err(Refusal::NotFound),
    }
}

/// An order, and for whom somebody speaks in its case.
async fn party(reader: &mut Reader, by: &Member, id: OrderId) -> Result<(Order, case::Side), Refusal> {
    let order = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let stands = side(&order, by).filter(|stands| may_move(by, *stands)).ok_or(Refusal::NotFound)?;
    let speaks = match stands {
        Side::Buyer => case::Side::Buyer,
        Side::Seller => case::Side::Seller,
        Side::Staff => case::Side::Staff,
    };
    Ok((order, speaks))
}

/// The same for the two sides alone, with the order locked, and while they can agree on something.
async fn talker(tx: &mut Tx, by: &Member, id: OrderId) -> Result<(Order, case::Side), Refusal> {
    store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let (order, speaks) = party(tx, by, id).await?;
    match (speaks, order.state.as_str()) {
        (case::Side::Staff, _) => Err(Refusal::NotFound),
        (_, TALKING) => Ok((order, speaks)),
        _ => Err(Refusal::Conflict("case-not-talking")),
    }
}
