//! Whether the books agree with the orders: what is held for an order follows from the state it is in.

use super::store::{self, Expected};
use kernel::{OrderId, Refusal};
use platform::Reader;
use uuid::Uuid;

/// Orders checked at once.
const BATCH: i64 = 5_000;

/// Checks every order against its own accounts. Answers how many were checked, and a sentence for each that
/// is wrong.
pub async fn check(reader: &mut Reader) -> Result<(u64, Vec<String>), Refusal> {
    let (mut after, mut checked, mut wrong) = (OrderId(Uuid::nil()), 0, Vec::new());
    loop {
        let rows = store::against_ledger(reader, after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok((checked, wrong)) };
        after = last.order_id;
        checked += rows.len() as u64;
        wrong.extend(rows.iter().filter_map(fault));
    }
}

fn fault(row: &Expected) -> Option<String> {
    let held = (row.escrow, row.in_transit, row.due);
    let total = row.total_amount;
    let right = match row.state.as_str() {
        "paid" | "shipped" | "delivered" | "claim_open" | "claim_review" => held == (total, 0, 0),
        "refunding" => held == (0, total, 0),
        "refund_stuck" => held == (0, total, 0) || held == (0, 0, total),
        _ => held == (0, 0, 0),
    };
    (!right).then(|| {
        let (escrow, transit, due) = held;
        format!(
            "order {} is {} with a total of {total}, but escrow holds {escrow}, refunds in transit {transit}, owed {due}",
            row.number, row.state
        )
    })
}
