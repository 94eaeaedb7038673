//! The SQL of what staff looks at.

use super::Glance;
use kernel::{Currency, MemberId, Moment, Money, OrderId};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn exists(r: &mut Reader, id: OrderId) -> Done<bool> {
    sqlx::query_scalar!(r#"select exists (select from orders where order_id = $1) as "is!""#, id.0)
        .fetch_one(r.conn())
        .await
}

pub(super) async fn by_number(r: &mut Reader, number: &str) -> Done<Option<OrderId>> {
    sqlx::query_scalar!(r#"select order_id as "id: OrderId" from orders where number = $1"#, number)
        .fetch_optional(r.conn())
        .await
}

struct Row {
    order_id: OrderId,
    number: String,
    buyer_id: MemberId,
    seller_id: MemberId,
    state: String,
    state_since: Moment,
    timer_at: Option<Moment>,
    total_amount: i64,
    currency: Currency,
}

impl From<Row> for Glance {
    fn from(row: Row) -> Self {
        Self {
            id: row.order_id,
            number: row.number,
            buyer: row.buyer_id,
            seller: row.seller_id,
            state: row.state,
            state_since: row.state_since,
            due: row.timer_at,
            total: Money::new(row.total_amount, row.currency),
        }
    }
}

/// Orders in the states that ask for a decision, and those whose timer is older than `late`.
pub(super) async fn needing_staff(r: &mut Reader, late: Moment, limit: i64) -> Done<Vec<Glance>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select order_id as "order_id: OrderId", number, buyer_id as "buyer_id: MemberId",
             seller_id as "seller_id: MemberId", state, state_since, timer_at, total_amount,
             currency as "currency: Currency"
           from orders where timer_at is not null and (state in ('claim_review', 'refund_stuck') or timer_at < $1)
           order by state_since, order_id limit $2"#,
        late,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn states(r: &mut Reader) -> Done<Vec<(String, i64)>> {
    let rows = sqlx::query!(r#"select state, count(*) as "n!" from orders group by state order by state"#)
        .fetch_all(r.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.n)).collect())
}
