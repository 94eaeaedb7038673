//! A seller who leaves: hidden first, then erased a few listings at a time.

use super::rules::tell;
use super::store::{self, erase};
use crate::photos::rules as photos;
use kernel::{ListingId, MemberId, Refusal};
use platform::{Reader, Tx};

/// Pauses everything that is live. Answers what, to be resumed if they stay.
pub async fn pause_all(tx: &mut Tx, seller: MemberId) -> Result<Vec<ListingId>, Refusal> {
    let paused = erase::pause_all(tx, seller).await?;
    for id in &paused {
        tell(tx, *id).await?;
    }
    Ok(paused)
}

/// The seller stays: what was paused for them is live again.
pub async fn resume(tx: &mut Tx, seller: MemberId, ids: &[ListingId]) -> Result<(), Refusal> {
    for id in erase::resume(tx, seller, ids).await? {
        tell(tx, id).await?;
    }
    Ok(())
}

/// The next listings that still say something, at most `limit`.
pub async fn to_erase(reader: &mut Reader, seller: MemberId, limit: i64) -> Result<Vec<ListingId>, Refusal> {
    Ok(erase::to_erase(reader, seller, limit).await?)
}

/// Takes words, place, photos and history of these listings away. Their photos' files are the caller's to delete
/// before.
pub async fn erase(tx: &mut Tx, ids: &[ListingId]) -> Result<(), Refusal> {
    store::lock_in_order(tx, ids).await?;
    photos::forget(tx, ids).await?;
    erase::blank(tx, ids).await?;
    for id in ids {
        tell(tx, *id).await?;
    }
    Ok(())
}
