//! What both sides said about a problem with an order.

use super::Done;
use kernel::{Moment, OrderId};
use platform::Reader;

pub(in crate::chargebacks) struct Said {
    pub side: String,
    pub words: String,
    pub at: Moment,
}

/// The first one first.
pub(in crate::chargebacks) async fn of_order(r: &mut Reader, order: OrderId) -> Done<Vec<Said>> {
    sqlx::query_as!(
        Said,
        r#"select e.side, e.words, e.at from case_entries e join cases c using (case_id)
           where c.order_id = $1 and e.words <> '' order by e.at, e.entry_id"#,
        order.0
    )
    .fetch_all(r.conn())
    .await
}
