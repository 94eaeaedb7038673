//! Who sold what.

use super::Done;
use kernel::{MemberId, Moment, OrderId};
use platform::Reader;
use std::collections::HashMap;

pub(in crate::orders) async fn sellers_of(
    r: &mut Reader,
    orders: &[OrderId],
) -> Done<HashMap<OrderId, MemberId>> {
    let ids: Vec<uuid::Uuid> = orders.iter().map(|order| order.0).collect();
    let rows = sqlx::query!(
        r#"select order_id as "order: OrderId", seller_id as "seller: MemberId" from orders where order_id = any($1)"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.order, row.seller)).collect())
}

pub(in crate::orders) async fn sold_since(r: &mut Reader, seller: MemberId, since: Moment) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists(select from orders where seller_id = $1 and created_at >= $2) as "sold!""#,
        seller.0,
        since
    )
    .fetch_one(r.conn())
    .await
}
