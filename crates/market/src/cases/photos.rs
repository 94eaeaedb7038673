//! Photos that show a problem. What is stored was encoded anew from its pixels: it does not say where somebody lives. The
//! hash of what was sent is kept, so that it can be told later whether a file is the one.

use super::model::{Evidence, PHOTOS_AT_ONCE, PHOTOS_KEPT, PHOTOS_MAX, Side};
use super::store;
use crate::photos::rules::{self as photos, Kept};
use bytes::Bytes;
use images::Studio;
use kernel::ids::Id;
use kernel::{CaseEntryId, CaseId, EvidenceId, OrderId, PhotoId, Refusal, Wrong};
use platform::objects::Objects;
use platform::{Db, Reader, Tx};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Photos whose pictures are deleted in one unit of work.
const BATCH: i64 = 100;

/// A photo whose pictures are stored but which belongs to nothing yet.
#[derive(Debug)]
pub struct Prepared {
    id: EvidenceId,
    kept: Kept,
    original: Vec<u8>,
}

/// Cleans and stores the photos of a statement. No transaction is open meanwhile; what is never attached is swept away
/// with the case's folder. Errors: the field `photo`.
pub async fn prepare(
    db: &Db,
    (studio, objects): (&Studio, &Objects),
    case: CaseId,
    files: Vec<Bytes>,
) -> Result<Vec<Prepared>, Refusal> {
    if files.len() > PHOTOS_AT_ONCE {
        return Err(Refusal::field("photo", Wrong::TooMany { max: PHOTOS_AT_ONCE }));
    }
    let mut prepared = Vec::new();
    for bytes in files {
        let original = Sha256::digest(&bytes).to_vec();
        let id = EvidenceId::new(db.now(), db.dice());
        let kept = photos::keep(studio, objects, &folder(case), PhotoId(id.0), bytes).await?;
        prepared.push(Prepared { id, kept, original });
    }
    Ok(prepared)
}

/// Where a case's photos lie.
fn folder(case: CaseId) -> String {
    format!("evidence/{case}")
}

/// Attaches photos to what one side has just said; the case is locked. Errors: the field `photo`, too many of one side.
pub async fn attach(
    tx: &mut Tx,
    (case, side): (CaseId, Side),
    entry: CaseEntryId,
    prepared: &[Prepared],
) -> Result<(), Refusal> {
    let before = store::count_photos(tx, case, side).await?;
    if usize::try_from(before).unwrap_or(usize::MAX).saturating_add(prepared.len()) > PHOTOS_MAX {
        return Err(Refusal::field("photo", Wrong::TooMany { max: PHOTOS_MAX }));
    }
    for (position, one) in (0_i16..).zip(prepared) {
        let picture = one.kept.photo(PhotoId(one.id.0), "");
        store::insert_photo(tx, entry, position, &picture, &one.original).await?;
    }
    Ok(())
}

/// A photo of an order's cases.
pub async fn find(reader: &mut Reader, order: OrderId, id: EvidenceId) -> Result<Option<Evidence>, Refusal> {
    Ok(store::photo(reader, order, id).await?)
}

/// Deletes pictures of cases that ended long ago, files before rows. Answers whether there were any.
pub(super) async fn forget_old(db: &Db, objects: &Objects) -> Result<bool, Refusal> {
    let mut reader = db.read().await?;
    let before = reader.now() - PHOTOS_KEPT;
    let old = store::old_photos(&mut reader, before, BATCH).await?;
    drop(reader);
    if old.is_empty() {
        return Ok(false);
    }
    // The whole folder: what was sent and never attached lies there too.
    let folders: BTreeSet<&str> =
        old.iter().filter_map(|(_, key)| key.rsplit_once('/')).map(|(folder, _)| folder).collect();
    for folder in folders {
        objects.delete_prefix(folder).await?;
    }
    let ids: Vec<EvidenceId> = old.into_iter().map(|(id, _)| id).collect();
    let mut tx = db.begin().await?;
    store::delete_photos(&mut tx, &ids).await?;
    tx.commit().await?;
    Ok(true)
}
