//! What staff does about chargebacks: looking, writing what the bank is shown, sending it, giving in, and refunding what a bank
//! only asks about. Nobody does it about a deal of their own.

use super::evidence::{self, FIELDS};
use super::model::{By, Chargeback, Glance, Piece, Share, Shown, Words};
use super::{fire, store, table};
use crate::accounts::model::Member;
use crate::orders::charged_back as orders;
use crate::permissions::Permission;
use crate::staff::model::Reason;
use kernel::{ChargebackId, FieldErrors, MemberId, Money, Refusal};
use platform::{Reader, Tx, audit};
use serde_json::json;

/// Chargebacks that are listed at once.
const LISTED: i64 = 200;

/// Those that are open, or those that are over.
pub async fn list(reader: &mut Reader, open: bool) -> Result<Vec<Glance>, Refusal> {
    Ok(store::desk::list(reader, open, LISTED).await?)
}

/// How many wait for an answer of ours.
pub async fn waiting(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::desk::waiting(reader).await?)
}

/// One with everything about it. Errors: `NotFound`, also for who may not answer them.
pub async fn show(reader: &mut Reader, viewer: &Member, id: ChargebackId) -> Result<Shown, Refusal> {
    may(viewer)?;
    let chargeback = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let shares = store::shares::of(reader, id).await?;
    let is_own = is_side(&shares, viewer.id);
    let evidence = evidence::of(reader, &chargeback).await?;
    let steps = store::desk::steps(reader, id).await?;
    Ok(Shown { chargeback, shares, evidence, steps, is_own })
}

/// What it is about, for who has to agree to an act: the amount, and both sides of each order. Errors: `NotFound`.
pub async fn stake(reader: &mut Reader, id: ChargebackId) -> Result<(Money, Vec<MemberId>), Refusal> {
    let it = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let shares = store::shares::of(reader, id).await?;
    Ok((it.amount, shares.iter().flat_map(|share| [share.buyer, share.seller]).collect()))
}

/// Writes what the bank is shown: a field and its words each; no words take a field away. Errors: `NotFound`;
/// `Conflict("chargeback-own")`; `Conflict("chargeback-answered")`; the fields.
pub async fn write(
    tx: &mut Tx,
    by: &Member,
    id: ChargebackId,
    typed: &[(&str, &str)],
) -> Result<(), Refusal> {
    let it = lock(tx, by, id).await?;
    if !it.can_be_written() {
        return Err(Refusal::Conflict("chargeback-answered"));
    }
    let known = evidence::of(tx, &it).await?;
    let mut errors = FieldErrors::none();
    for (field, words) in typed.iter().filter(|(field, _)| FIELDS.contains(field)) {
        let before = known.iter().find(|piece| piece.field == *field);
        if words.trim().is_empty() {
            store::desk::remove_piece(tx, id, field).await?;
        } else if let Some(words) = errors.take(field, Words::read(words))
            && before.is_none_or(|piece| piece.words != words.as_str())
        {
            let piece = Piece { field: (*field).to_owned(), words: words.into_string(), by: Some(by.id) };
            store::desk::put_piece(tx, id, &piece).await?;
        }
    }
    Ok(errors.check()?)
}

/// Has everything sent that is written, once and for all. Errors: `NotFound`; `Conflict` with `chargeback-own`,
/// `chargeback-step`, `chargeback-answered`, `chargeback-no-evidence`.
pub async fn submit(tx: &mut Tx, by: &Member, id: ChargebackId, base_url: &str) -> Result<(), Refusal> {
    let mut it = lock(tx, by, id).await?;
    let step = if it.state == "inquiry" { "answer_inquiry" } else { "submit" };
    take(tx, &mut it, by, step, None, base_url).await?;
    let detail = json!({ "payment": it.payment, "round": it.round });
    Ok(audit::write(tx, Some(by.id), "chargebacks.submit", ("chargeback", id.0), detail).await?)
}

/// The buyer is right: the provider is told so, and the money is lost. Errors as [`submit`].
pub async fn accept(
    tx: &mut Tx,
    by: &Member,
    id: ChargebackId,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let mut it = lock(tx, by, id).await?;
    take(tx, &mut it, by, "accept", Some(why), base_url).await?;
    let detail = json!({ "payment": it.payment, "reason": why.as_str() });
    Ok(audit::write(tx, Some(by.id), "chargebacks.accept", ("chargeback", id.0), detail).await?)
}

/// Gives the buyer everything back that the bank asks about, before it takes it. Errors as [`submit`];
/// `Conflict("chargeback-part")` when it is about a part only, `Conflict("chargeback-order-elsewhere")` when an order cannot be
/// refunded from where it is.
pub async fn refund_inquiry(
    tx: &mut Tx,
    by: &Member,
    id: ChargebackId,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let mut it = lock(tx, by, id).await?;
    take(tx, &mut it, by, "refund_inquiry", Some(why), base_url).await?;
    let detail = json!({ "payment": it.payment, "reason": why.as_str() });
    let object = ("chargeback", id.0);
    Ok(audit::write(tx, Some(by.id), "chargebacks.refund_inquiry", object, detail).await?)
}

async fn take(
    tx: &mut Tx,
    it: &mut Chargeback,
    by: &Member,
    step: &str,
    why: Option<&Reason>,
    base_url: &str,
) -> Result<(), Refusal> {
    let row = table::chargeback().transition(&it.state, step);
    let row = row.ok_or(Refusal::Conflict("chargeback-step"))?;
    fire::fire(tx, it, row, By::staff(by.id), why, base_url).await
}

/// With the orders of its payment. Errors: `NotFound`; `Conflict("chargeback-own")`.
async fn lock(tx: &mut Tx, by: &Member, id: ChargebackId) -> Result<Chargeback, Refusal> {
    may(by)?;
    let seen = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    orders::lock(tx, seen.payment).await?;
    if is_side(&store::shares::of(tx, id).await?, by.id) {
        return Err(Refusal::Conflict("chargeback-own"));
    }
    store::lock(tx, id).await?.ok_or(Refusal::NotFound)
}

fn may(who: &Member) -> Result<(), Refusal> {
    if who.may(Permission::ChargebacksManage) { Ok(()) } else { Err(Refusal::NotFound) }
}

fn is_side(shares: &[Share], who: MemberId) -> bool {
    shares.iter().any(|share| share.buyer == who || share.seller == who)
}
