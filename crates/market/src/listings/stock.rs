//! The stock: promised, sold, given back. Callers go through their listings in the order of ids, so that two
//! checkouts of the same things wait for each other instead of deadlocking.

use super::rules::tell;
use super::store;
use kernel::{ListingId, Refusal};
use platform::{Tx, checkpoints};

/// Locks several listings in the order of their ids, before something is done to each.
pub async fn lock(tx: &mut Tx, ids: &[ListingId]) -> Result<(), Refusal> {
    Ok(store::lock_in_order(tx, ids).await?)
}

/// Promises pieces to an order. Errors: `Conflict("sold-out")` when fewer are free.
pub async fn reserve(tx: &mut Tx, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    checkpoints::reach("stock.reserve").await;
    if !store::reserve(tx, id, pieces).await? {
        return Err(Refusal::Conflict("sold-out"));
    }
    checkpoints::reach("stock.reserved").await;
    tell(tx, id).await
}

/// Promised pieces are paid.
pub async fn commit(tx: &mut Tx, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    store::commit_reserved(tx, id, pieces).await?;
    tell(tx, id).await
}

/// Promised pieces are free again.
pub async fn release(tx: &mut Tx, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    store::release(tx, id, pieces).await?;
    tell(tx, id).await
}

/// Paid pieces never left, or came back.
pub async fn restock(tx: &mut Tx, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    store::restock(tx, id, pieces).await?;
    tell(tx, id).await
}
