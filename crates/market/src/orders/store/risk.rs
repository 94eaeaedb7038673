//! The SQL of deals that look odd.

use super::super::risk::Risk;
use super::{Done, Locked};
use kernel::{MemberId, Moment, OrderId};
use platform::{Reader, Tx};
use sqlx::types::Json;

/// Paid deals of a buyer and a seller since then.
pub(in crate::orders) async fn deals_between(
    r: &mut Reader,
    (buyer, seller): (MemberId, MemberId),
    since: Moment,
) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from orders
           where buyer_id = $1 and seller_id = $2 and created_at > $3 and paid_at is not null"#,
        buyer.0,
        seller.0,
        since
    )
    .fetch_one(r.conn())
    .await
}

/// What somebody bought and paid for since then, and how many of these were refunded, whole or in part.
pub(in crate::orders) async fn refunds_of(
    r: &mut Reader,
    buyer: MemberId,
    since: Moment,
) -> Done<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) as "bought!", count(*) filter (where refunded_amount > 0) as "refunded!" from orders
           where buyer_id = $1 and created_at > $2 and paid_at is not null"#,
        buyer.0,
        since
    )
    .fetch_one(r.conn())
    .await?;
    Ok((row.bought, row.refunded))
}

pub(in crate::orders) async fn keep(tx: &mut Tx, order: &Locked, risk: &Risk) -> Done<()> {
    sqlx::query!("update orders set risk = $2 where order_id = $1", order.id.0, Json(risk) as _)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in crate::orders) async fn find(r: &mut Reader, order: OrderId) -> Done<Risk> {
    let found =
        sqlx::query_scalar!(r#"select risk as "risk: Json<Risk>" from orders where order_id = $1"#, order.0)
            .fetch_optional(r.conn())
            .await?;
    Ok(found.map(|risk| risk.0).unwrap_or_default())
}
