//! Whether the books agree with the orders: what is held for an order follows from the state it is in, and from what went
//! back of it.

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
    (!is_right(row)).then(|| {
        let Expected { number, state, escrow, in_transit, due, disputed, .. } = row;
        let (total, back, taken) = (row.total_amount, row.refunded_amount, row.charged_back_amount);
        format!(
            "order {number} is {state} with a total of {total}, of which {back} went back and {taken} was taken, but escrow \
             holds {escrow}, refunds in transit {in_transit}, owed {due}, disputed {disputed}"
        )
    })
}

fn is_right(row: &Expected) -> bool {
    let held = (row.escrow, row.in_transit, row.due);
    let last = row.last_refund;
    // What a refund that came back left stays owed until somebody has paid it another way.
    let at_rest = row.escrow == 0 && row.in_transit == 0 && (row.due == 0 || row.due == row.bounced);
    let at_the_bank = (0..=row.total_amount).contains(&row.disputed);
    at_the_bank
        && match row.state.as_str() {
            state if is_held(state) => held == (row.total_amount, 0, 0),
            "refunding" | "partial_refunding" => held == (0, last, 0),
            // A bank that took it back too has paid the buyer what was owed.
            "refund_stuck" | "partial_stuck" => {
                let paid_by_bank = row.charged_back_amount > 0 && (0..=last).contains(&row.due);
                let stuck = paid_by_bank && row.escrow == 0 && row.in_transit == 0;
                held == (0, last, 0) || held == (0, 0, last) || stuck
            }
            _ => at_rest,
        }
}

/// States in which all of the buyer's money is held, of every version.
pub fn is_held(state: &str) -> bool {
    matches!(
        state,
        "paid"
            | "shipped"
            | "delivered"
            | "return_requested"
            | "return_approved"
            | "return_shipped"
            | "return_inspection"
            | "claim_open"
            | "replacement_due"
            | "replacement_sent"
            | "claim_review"
            | "ruled_refund"
            | "ruled_release"
            | "ruled_partial"
            | "appeal_refund"
            | "appeal_release"
            | "appeal_partial"
    )
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::is_held;
    use process::Effect;

    /// Every state from which a step settles what is held is one in which it is.
    #[test]
    fn what_is_settled_was_held() {
        let settles = |effect: &Effect| matches!(effect.as_str(), "settle_release" | "settle_split");
        for version in 1..=table::NEWEST {
            for row in
                table::order(version).transitions().iter().filter(|row| row.effects.iter().any(settles))
            {
                assert!(is_held(&row.from), "{}", row.from);
            }
        }
    }
}
