//! Keeping what was decided.

use super::model::Decision;
use super::store;
use kernel::{MemberId, OrderId, Refusal};
use platform::{Reader, Tx};
use std::collections::HashMap;

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

/// What of an order's taxes the marketplace owes, by what they are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Items and shipping.
    pub goods: i64,
    pub buyer_fee: i64,
    pub commission: i64,
}

/// The taxes of orders that the marketplace owes, minor units of each order's currency. Orders without any are left out.
pub async fn owed(reader: &mut Reader, orders: &[OrderId]) -> Result<HashMap<OrderId, Owed>, Refusal> {
    let all = store::owed(reader, orders).await?;
    let owed = |(order, [goods, buyer_fee, commission]): (OrderId, [i64; 3])| {
        (order, Owed { goods, buyer_fee, commission })
    };
    Ok(all.into_iter().map(owed).collect())
}

/// Forgets who a seller is for the tax office. They must be being erased.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_profile(tx, member).await?)
}
