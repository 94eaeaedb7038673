//! What the sandbox keeps of a payment: a share and a fixed part, as card providers do.

use kernel::Money;
use kernel::money::MoneyError;

/// 2.9 %.
pub const FEE_BASIS_POINTS: i64 = 290;
/// In hundredths of the currency's major unit: 0.30 EUR, 0.300 KWD; a currency without decimals has none.
pub const FEE_FIXED_HUNDREDTHS: i64 = 30;

/// The fee for a payment of `amount`, never more than it. Errors: overflow.
pub fn fee(amount: Money) -> Result<Money, MoneyError> {
    let fixed = FEE_FIXED_HUNDREDTHS * amount.currency.minor_per_major() / 100;
    let fee = amount.basis_points(FEE_BASIS_POINTS)?.plus(Money::new(fixed, amount.currency))?;
    Ok(Money::new(fee.amount.min(amount.amount), amount.currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(amount: i64, currency: &str) -> i64 {
        fee(Money::new(amount, currency.parse().unwrap())).unwrap().amount
    }

    #[test]
    fn follows_the_currencys_decimals() {
        assert_eq!(of(10_570, "EUR"), 337); // 306.53 + 30
        assert_eq!(of(12_000, "JPY"), 348);
        assert_eq!(of(100_000, "KWD"), 3_200);
        assert_eq!(of(20, "EUR"), 20);
    }
}
