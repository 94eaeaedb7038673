//! What deals mean for somebody who leaves. Orders stay for both sides, and for the books; they do not name who left.

use super::store::erase;
use kernel::{ListingId, MemberId, Refusal};
use platform::{Reader, Tx};

pub use super::store::erase::{Open, Sale};

/// Orders of a member, bought or sold, that are not at their end; at most `limit`.
pub async fn open(reader: &mut Reader, member: MemberId, limit: i64) -> Result<Vec<Open>, Refusal> {
    Ok(erase::open(reader, member, limit).await?)
}

/// The latest sales of a member whose money was released to them; at most `limit`.
pub async fn released(reader: &mut Reader, member: MemberId, limit: i64) -> Result<Vec<Sale>, Refusal> {
    Ok(erase::released(reader, member, limit).await?)
}

/// Takes addresses, numbers of parcels and what they wrote out of a member's orders. They must be being erased.
pub async fn forget_words(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(erase::blank(tx, member).await?)
}

/// The photos of these listings are gone: orders show none any more.
pub async fn forget_photos(tx: &mut Tx, listings: &[ListingId]) -> Result<(), Refusal> {
    Ok(erase::forget_photos(tx, listings).await?)
}
