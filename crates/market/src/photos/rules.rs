//! Keeping pictures.

use super::model::Photo;
use super::store;
use bytes::Bytes;
use futures_util::future::try_join_all;
use images::{PictureRefused, Prepared, Studio};
use kernel::{ListingId, PhotoId, Refusal};
use platform::objects::Objects;
use platform::{Reader, Tx};

/// A picture whose renditions are stored but which belongs to nothing yet.
#[derive(Debug)]
pub struct Kept {
    pub key: String,
    prepared: Prepared,
}

/// Decodes, cleans and stores a picture under `folder/{random}`. No transaction is open meanwhile; a picture
/// that is never attached is swept away with its folder. Errors: the field `photo` says what is wrong with it.
pub async fn keep(
    studio: &Studio,
    objects: &Objects,
    folder: &str,
    id: PhotoId,
    bytes: Bytes,
) -> Result<Kept, Refusal> {
    let prepared =
        studio.prepare(bytes).await.map_err(|e: PictureRefused| Refusal::field("photo", e.wrong()))?;
    let key = format!("{folder}/{id}");
    // All at once: each waits for the disk.
    let puts = prepared.renditions.iter().flat_map(|it| {
        let files = [("webp", it.webp.clone(), "image/webp"), ("jpg", it.jpeg.clone(), "image/jpeg")];
        let base = format!("{key}/{}", it.width);
        files.map(|(ending, bytes, kind)| {
            let name = format!("{base}.{ending}");
            async move { objects.put(&name, bytes, kind).await }
        })
    });
    try_join_all(puts).await.map_err(Refusal::broken)?;
    Ok(Kept { key, prepared })
}

impl Kept {
    /// What is known of it, under a name.
    pub(crate) fn photo(&self, id: PhotoId, alt: &str) -> Photo {
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        Photo {
            id,
            key: self.key.clone(),
            width: side(self.prepared.width),
            height: side(self.prepared.height),
            widths: self.prepared.renditions.iter().map(|it| side(it.width)).collect(),
            thumbhash: self.prepared.thumbhash.clone(),
            colour: self.prepared.colour.clone(),
            alt: alt.to_owned(),
        }
    }
}

/// Attaches a kept picture as the listing's last photo. The caller holds the listing's lock.
pub async fn attach(
    tx: &mut Tx,
    listing: ListingId,
    id: PhotoId,
    kept: &Kept,
    alt: &str,
) -> Result<Photo, Refusal> {
    let photo = kept.photo(id, alt);
    store::insert(tx, listing, &photo).await?;
    Ok(photo)
}

/// The photos of a listing, in order.
pub async fn of(reader: &mut Reader, listing: ListingId) -> Result<Vec<Photo>, Refusal> {
    Ok(store::of(reader, listing).await?)
}

/// The photos of many listings, in order within each.
pub async fn of_many(
    reader: &mut Reader,
    listings: &[ListingId],
) -> Result<Vec<(ListingId, Photo)>, Refusal> {
    Ok(store::of_many(reader, listings).await?)
}

/// Puts a photo at `position` (0 is first) and moves the others. Errors: `NotFound`.
pub async fn place(tx: &mut Tx, listing: ListingId, id: PhotoId, position: usize) -> Result<(), Refusal> {
    let mut order: Vec<PhotoId> = store::of(tx, listing).await?.into_iter().map(|p| p.id).collect();
    let from = order.iter().position(|p| *p == id).ok_or(Refusal::NotFound)?;
    let moved = order.remove(from);
    order.insert(position.min(order.len()), moved);
    Ok(store::set_order(tx, listing, &order).await?)
}

/// Takes a photo away and closes the gap. Its files stay for the undo and are swept later.
pub async fn detach(tx: &mut Tx, listing: ListingId, id: PhotoId) -> Result<(), Refusal> {
    if !store::delete(tx, listing, id).await? {
        return Err(Refusal::NotFound);
    }
    let order: Vec<PhotoId> = store::of(tx, listing).await?.into_iter().map(|p| p.id).collect();
    Ok(store::set_order(tx, listing, &order).await?)
}

/// Forgets the photos of these listings. Their files are the caller's to delete.
pub async fn forget(tx: &mut Tx, listings: &[ListingId]) -> Result<(), Refusal> {
    Ok(store::delete_of(tx, listings).await?)
}
