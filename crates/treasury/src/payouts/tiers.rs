//! How far a seller is trusted, and what that means for their money.

use kernel::Money;
use kernel::money::MoneyError;

/// A step of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    pub number: i16,
    /// Days that a sale waits after its release.
    pub hold_days: i64,
    /// The same for a parcel with a number.
    pub tracked_days: i64,
    /// Basis points of the seller's part that are kept back, and for how many days.
    pub reserve_bp: i64,
    pub reserve_days: i64,
    /// The dearest thing they may sell, and the most in thirty days: major units of the marketplace's currency.
    pub listing_max: Option<i64>,
    pub month_max: Option<i64>,
}

const TIERS: [Tier; 4] = [
    Tier {
        number: 0,
        hold_days: 14,
        tracked_days: 7,
        reserve_bp: 1_000,
        reserve_days: 90,
        listing_max: Some(200),
        month_max: Some(500),
    },
    of(1, 7, 1_000, 60),
    of(2, 3, 500, 30),
    of(3, 0, 0, 0),
];

const fn of(number: i16, hold_days: i64, reserve_bp: i64, reserve_days: i64) -> Tier {
    let (listing_max, month_max) = (None, None);
    Tier { number, hold_days, tracked_days: hold_days, reserve_bp, reserve_days, listing_max, month_max }
}

impl Tier {
    /// Who has just begun to sell.
    pub const NEW: Self = TIERS[0];

    /// The step of that number; what is not known is trusted least.
    pub fn numbered(number: i16) -> Self {
        TIERS.into_iter().find(|tier| tier.number == number).unwrap_or(Self::NEW)
    }
}

/// What of a seller's part is kept back for a while. Errors: overflow.
pub fn reserve_of(tier: &Tier, seller_part: Money) -> Result<Money, MoneyError> {
    seller_part.basis_points(tier.reserve_bp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    #[test]
    fn trust_only_shortens_and_lessens() {
        for (n, tier) in (0_i16..).zip(TIERS) {
            assert_eq!(Tier::numbered(n), tier);
            assert!(tier.tracked_days <= tier.hold_days);
        }
        for pair in TIERS.windows(2) {
            assert!(pair[0].hold_days >= pair[1].hold_days && pair[0].reserve_days >= pair[1].reserve_days);
            assert!(pair[0].reserve_bp >= pair[1].reserve_bp);
        }
        assert_eq!(Tier::numbered(9), Tier::NEW);
        let part = Money::new(9_005, Currency::EUR);
        assert_eq!(reserve_of(&Tier::NEW, part), Ok(Money::new(900, Currency::EUR)));
    }
}
