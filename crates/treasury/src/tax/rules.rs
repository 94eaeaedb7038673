//! Keeping what was decided.

use super::model::Decision;
use super::store;
use kernel::{MemberId, OrderId, Refusal};
use platform::{Reader, Tx};

/// Freezes the decisions about a new order. Once: they are never changed.
pub async fn keep(tx: &mut Tx, order: OrderId, decisions: &[Decision]) -> Result<(), Refusal> {
    for (n, decision) in (1_i16..).zip(decisions) {
        store::insert(tx, order, n, decision).await?;
    }
    Ok(())
}

/// The decisions about an order, as they were kept.
pub async fn of_order(reader: &mut Reader, order: OrderId) -> Result<Vec<Decision>, Refusal> {
    Ok(store::of_order(reader, order).await?)
}

/// Forgets who a seller is for the tax office. They must be being erased.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_profile(tx, member).await?)
}
