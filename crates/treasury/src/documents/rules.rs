//! Issuing documents, and reading them.

use super::body::{self, Body, LAYOUT};
use super::events::Issued;
use super::model::{Document, Head, New};
use super::numbers;
use super::press::Press;
use super::store::{self, Place};
use super::words::Tongue;
use kernel::{Cursor, DocumentId, MemberId, Money, OrderId, Page, PayoutId, Refusal, Wrong};
use people::accounts::model::Member;
use people::permissions::Permission;
use platform::objects::Objects;
use platform::{Reader, Tx, events};

/// Issues a document: number, document and fact in the caller's transaction. A cause that has one keeps it. Errors: the sums
/// of the content are no sums.
pub async fn issue(tx: &mut Tx, new: &New) -> Result<DocumentId, Refusal> {
    if let Some(there) = store::of_cause(tx, &new.cause).await? {
        return Ok(there.id);
    }
    new.content.check().map_err(Refusal::broken)?;
    let series = numbers::series(new.kind);
    let year = i16::try_from(new.day.year()).map_err(Refusal::broken)?;
    let number = store::take_number(tx, new.issuer, series, year).await?;
    let label = numbers::label(new.issuer, series, year, number);
    let body = Body {
        layout: LAYOUT,
        kind: new.kind,
        label: label.clone(),
        day: new.day.to_string(),
        content: new.content.clone(),
    };
    let said = serde_json::to_value(&body).map_err(Refusal::broken)?;
    let place = Place { series, year, number, label: &label };
    let document = store::insert(tx, new, &place, &said, &body::hash(&said)).await?;
    let issued = Issued { document, for_member: new.for_member, kind: new.kind.name().to_owned() };
    events::append(tx, &issued).await?;
    Ok(document)
}

/// The document of a cause, if there is one.
pub async fn of_cause(reader: &mut Reader, cause: &str) -> Result<Option<Head>, Refusal> {
    Ok(store::of_cause(reader, cause).await?)
}

/// What credit notes left of a document's total.
pub async fn left_of(reader: &mut Reader, document: &Head) -> Result<Money, Refusal> {
    let credited = store::credited(reader, document.id).await?;
    Ok(document.total.minus(Money::new(credited, document.total.currency))?)
}

/// A document without asking who looks: for jobs. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: DocumentId) -> Result<Document, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

fn may_see(document: &Head, viewer: &Member) -> bool {
    document.is_of(viewer.id) || viewer.may(Permission::DocumentsSee)
}

/// A document as its reader, its issuer or staff sees it. Errors: `NotFound`, also for everybody else.
pub async fn show(reader: &mut Reader, viewer: &Member, id: DocumentId) -> Result<Document, Refusal> {
    let head = store::head(reader, id).await?.filter(|head| may_see(head, viewer));
    match head {
        Some(_) => find(reader, id).await,
        None => Err(Refusal::NotFound),
    }
}

/// Somebody's documents, and those made in their name, newest first. Errors: the field `cursor`.
pub async fn page(
    reader: &mut Reader,
    member: MemberId,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<Head>, Refusal> {
    let before = match after {
        Some(cursor) => Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", Wrong::BadShape))?),
        None => None,
    };
    let rows = store::page(reader, member, before, i64::try_from(limit + 1).unwrap_or(i64::MAX)).await?;
    Ok(Page::cut(rows, limit, |head| head.id.to_string()))
}

/// The document of this number ("C-2026-000017", in either case), if somebody may see it.
pub async fn labelled(
    reader: &mut Reader,
    viewer: &Member,
    label: &str,
) -> Result<Option<DocumentId>, Refusal> {
    let label = label.trim().to_ascii_uppercase();
    if label.is_empty() || !label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Ok(None);
    }
    let head = store::labelled(reader, &label).await?;
    Ok(head.filter(|head| may_see(head, viewer)).map(|head| head.id))
}

/// The documents about an order that somebody may see, oldest first.
pub async fn of_order(reader: &mut Reader, viewer: &Member, order: OrderId) -> Result<Vec<Head>, Refusal> {
    let all = store::of_order(reader, order).await?;
    Ok(all.into_iter().filter(|head| may_see(head, viewer)).collect())
}

/// The documents about a payout that somebody may see, oldest first.
pub async fn of_payout(reader: &mut Reader, viewer: &Member, payout: PayoutId) -> Result<Vec<Head>, Refusal> {
    let all = store::of_payout(reader, payout).await?;
    Ok(all.into_iter().filter(|head| may_see(head, viewer)).collect())
}

/// The file of a document in a language: the one that is kept, or one made now, which in the document's own language is the
/// same. No connection is held meanwhile.
pub async fn pdf(
    objects: &Objects,
    press: &Press,
    document: &Document,
    tongue: Tongue,
) -> Result<Vec<u8>, Refusal> {
    if let Some(file) = document.file.as_ref().filter(|_| tongue == document.head.tongue) {
        let kept = objects.get(&file.key).await?;
        if let Some(bytes) = kept.filter(|bytes| body::digest(bytes).as_slice() == file.hash) {
            return Ok(bytes.to_vec());
        }
    }
    Ok(press.print(&document.body, tongue).await?.bytes)
}
