//! A payment for several orders that is disputed is shared by them, to the last unit.

use kernel::{Money, Refusal};

/// An order, by what may be lost of it: what it cost, and what of that is left.
#[derive(Clone, Copy, Debug)]
pub struct Stake {
    pub total: Money,
    pub left: Money,
}

/// Each order's part of an amount, in their order: by what is left of each; where nothing is left of any, by what they cost.
/// Errors: there are no orders; overflow.
pub fn split(amount: Money, stakes: &[Stake]) -> Result<Vec<Money>, Refusal> {
    let weigh = |of: fn(&Stake) -> Money| -> Vec<u64> {
        stakes.iter().map(|stake| of(stake).amount.max(0).unsigned_abs()).collect()
    };
    let mut weights = weigh(|stake| stake.left);
    if weights.iter().all(|weight| *weight == 0) {
        weights = weigh(|stake| stake.total);
    }
    Ok(amount.split(&weights)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    fn of(amount: i64, stakes: &[(i64, i64)]) -> Vec<i64> {
        let stakes: Vec<Stake> =
            stakes.iter().map(|(total, left)| Stake { total: eur(*total), left: eur(*left) }).collect();
        split(eur(amount), &stakes).unwrap().into_iter().map(|part| part.amount).collect()
    }

    #[test]
    fn the_parts_are_the_whole() {
        assert_eq!(of(10_001, &[(3_334, 3_334), (3_334, 3_334), (3_333, 3_333)]), [3_334, 3_334, 3_333]);
        assert_eq!(of(100, &[(1, 1), (1, 1), (1, 1)]), [34, 33, 33]);
        assert_eq!(of(500, &[(1_000, 0), (1_000, 1_000)]), [0, 500], "what went back is not taken again");
        assert_eq!(of(500, &[(1_000, 0), (3_000, 0)]), [125, 375], "somebody has to bear it");
        assert!(split(eur(1), &[]).is_err());
    }
}
