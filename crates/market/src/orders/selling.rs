//! Who sold what, for slices that count sellers' money.

use super::store::selling as store;
use kernel::{MemberId, Moment, OrderId, Refusal};
use platform::Reader;
use std::collections::HashMap;

/// The sellers of orders. An order that does not exist has none.
pub async fn sellers_of(
    reader: &mut Reader,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, MemberId>, Refusal> {
    Ok(store::sellers_of(reader, orders).await?)
}

/// Whether somebody sold something since a moment, however it ended.
pub async fn sold_since(reader: &mut Reader, seller: MemberId, since: Moment) -> Result<bool, Refusal> {
    Ok(store::sold_since(reader, seller, since).await?)
}
