//! The photos of one's own listing: add, put in order, take away.

use super::rules::{lock_mine, tell};
use super::store;
use crate::accounts::model::Member;
use crate::photos::model::Photo;
use crate::photos::rules::{self as photos, Kept};
use bytes::Bytes;
use images::Studio;
use kernel::ids::Id;
use kernel::limits::PHOTOS_MAX;
use kernel::{ListingId, PhotoId, Refusal, Wrong};
use platform::objects::Objects;
use platform::{Db, Tx};

/// Cleans, stores and attaches an upload. Errors: `NotFound` for somebody else's listing; the field `photo`
/// says what is wrong with the file, or that there are too many.
pub async fn add(
    db: &Db,
    (studio, objects): (&Studio, &Objects),
    by: &Member,
    listing: ListingId,
    bytes: Bytes,
) -> Result<Photo, Refusal> {
    let found = store::find(&mut db.read().await?, listing).await?.filter(|l| l.seller == by.id);
    found.ok_or(Refusal::NotFound)?;
    let id = PhotoId::new(db.now(), db.dice());
    let kept = photos::keep(studio, objects, &format!("listings/{listing}"), id, bytes).await?;
    let mut tx = db.begin().await?;
    let photo = attach(&mut tx, by, listing, id, &kept).await?;
    tx.commit().await?;
    Ok(photo)
}

/// Attaches a picture that is kept already. Errors as `add`.
pub async fn attach(
    tx: &mut Tx,
    by: &Member,
    listing: ListingId,
    id: PhotoId,
    kept: &Kept,
) -> Result<Photo, Refusal> {
    let mine = lock_mine(tx, by.id, listing).await?;
    if photos::of(tx, listing).await?.len() >= PHOTOS_MAX {
        return Err(Refusal::field("photo", Wrong::Because("picture-too-many")));
    }
    let photo = photos::attach(tx, mine.id, id, kept, "").await?;
    tell(tx, listing).await?;
    Ok(photo)
}

/// Puts a photo at `position` (0 is the one that lists show).
pub async fn place(
    tx: &mut Tx,
    by: &Member,
    listing: ListingId,
    photo: PhotoId,
    position: usize,
) -> Result<(), Refusal> {
    lock_mine(tx, by.id, listing).await?;
    photos::place(tx, listing, photo, position).await?;
    tell(tx, listing).await
}

/// Takes a photo away.
pub async fn remove(tx: &mut Tx, by: &Member, listing: ListingId, photo: PhotoId) -> Result<(), Refusal> {
    lock_mine(tx, by.id, listing).await?;
    photos::detach(tx, listing, photo).await?;
    tell(tx, listing).await
}
