//! Who loses something when nobody does anything.

use super::model::Side;
use time::Duration;

/// How long before a deadline they are told of it.
pub const REMINDED: Duration = Duration::hours(24);

/// The sides that silence costs something in a state: money, the sale, or the last word.
pub fn losers(state: &str) -> &'static [Side] {
    match state {
        "paid" | "claim_open" | "return_requested" | "return_inspection" | "replacement_due"
        | "ruled_refund" => &[Side::Seller],
        "delivered" | "return_approved" | "ruled_release" => &[Side::Buyer],
        "ruled_partial" => &[Side::Buyer, Side::Seller],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn they_are_states_that_wait_for_longer_than_that() {
        let mut told = 0;
        for version in 1..=table::NEWEST {
            let table = table::order(version);
            for state in table.states().iter().filter(|state| !losers(&state.name).is_empty()) {
                let after = table.timer(&state.name).and_then(|row| row.after);
                assert!(after > Some(REMINDED), "{}", state.name);
                told += 1;
            }
        }
        assert_eq!(told, 3 + 10);
    }
}
