//! Amounts as Stripe counts them. Most currencies have the decimals that ISO 4217 gives them; the others stand here.

use super::super::provider::ProviderError;
use kernel::{Currency, Money};

/// Decimals at Stripe, where they are others than in ISO 4217. Króna and shilling lost theirs, but Stripe's amounts
/// of them did not; ariary are counted whole.
const DECIMALS: &[(&str, u32)] = &[("ISK", 2), ("UGX", 2), ("MGA", 0)];

/// The least that Stripe charges, in our minor units.
const SMALLEST: &[(&str, i64)] = &[
    ("AED", 200),
    ("AUD", 50),
    ("BRL", 50),
    ("CAD", 50),
    ("CHF", 50),
    ("CZK", 1500),
    ("DKK", 250),
    ("EUR", 50),
    ("GBP", 30),
    ("HKD", 400),
    ("HUF", 17_500),
    ("INR", 50),
    ("JPY", 50),
    ("MXN", 1000),
    ("MYR", 200),
    ("NOK", 300),
    ("NZD", 50),
    ("PLN", 200),
    ("RON", 200),
    ("SEK", 300),
    ("SGD", 50),
    ("THB", 1000),
    ("USD", 50),
];

fn decimals(currency: Currency) -> u32 {
    DECIMALS.iter().find(|(code, _)| *code == currency.code()).map_or(currency.exponent(), |(_, d)| *d)
}

/// The least that can be paid, minor units.
pub(super) fn smallest(currency: Currency) -> i64 {
    SMALLEST.iter().find(|(code, _)| *code == currency.code()).map_or(1, |(_, least)| *least)
}

/// What amounts are multiples of, minor units.
pub(super) fn step(currency: Currency) -> i64 {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    match theirs {
        3 => 10,
        _ => 10_i64.pow(ours.saturating_sub(theirs)),
    }
}

/// Stripe's number for an amount. Errors: `Invalid` for what it cannot count; nothing is rounded.
pub(super) fn to_stripe(money: Money) -> Result<i64, ProviderError> {
    let refused = || ProviderError::invalid(format!("an amount of {} that cannot be sent", money.currency));
    let (ours, theirs) = (money.currency.exponent(), decimals(money.currency));
    // The last of three decimals has to be 0.
    if money.amount <= 0 || (theirs == 3 && money.amount % 10 != 0) {
        return Err(refused());
    }
    if theirs >= ours {
        return money.amount.checked_mul(10_i64.pow(theirs - ours)).ok_or_else(refused);
    }
    let step = 10_i64.pow(ours - theirs);
    if money.amount % step == 0 { Ok(money.amount / step) } else { Err(refused()) }
}

/// As [`to_stripe`], for what goes to a bank: forints and Taiwan dollars go there whole.
pub(super) fn to_bank(money: Money) -> Result<i64, ProviderError> {
    let amount = to_stripe(money)?;
    if matches!(money.currency.code(), "HUF" | "TWD") && amount % 100 != 0 {
        return Err(ProviderError::invalid(format!("a part of one {} to a bank", money.currency)));
    }
    Ok(amount)
}

/// A currency as Stripe writes it.
pub(super) fn currency(code: &str) -> Option<Currency> {
    code.to_ascii_uppercase().parse().ok()
}

/// Our minor units for a number of Stripe's, which may be negative. Fractions of ours do not occur: króna and shilling
/// are multiples of a hundred there.
pub(super) fn minor(amount: i64, currency: Currency) -> Option<i64> {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    if ours >= theirs {
        amount.checked_mul(10_i64.pow(ours - theirs))
    } else {
        let step = 10_i64.pow(theirs - ours);
        (amount % step == 0).then(|| amount / step)
    }
}

/// An amount as Stripe says it. Errors: `Unknown` for one that we cannot count.
pub(super) fn money(amount: i64, code: &str) -> Result<Money, ProviderError> {
    currency(code)
        .and_then(|currency| minor(amount, currency).map(|amount| Money::new(amount, currency)))
        .ok_or_else(|| ProviderError::Unknown("an amount that cannot be read".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(amount: i64, code: &str) -> Option<i64> {
        to_stripe(Money::new(amount, code.parse().unwrap())).ok()
    }

    #[test]
    fn three_decimals_go_out_in_tens() {
        assert_eq!(sent(1230, "KWD"), Some(1230));
        assert_eq!(sent(1234, "KWD"), None);
    }

    #[test]
    fn zero_decimal_currencies_go_out_whole() {
        assert_eq!(
            (sent(500, "JPY"), sent(500, "ISK"), sent(500, "UGX")),
            (Some(500), Some(50_000), Some(50_000))
        );
        assert_eq!((sent(500, "MGA"), sent(550, "MGA")), (Some(5), None));
    }

    #[test]
    fn what_comes_back_is_what_was_sent() {
        for currency in Currency::all() {
            let money = Money::new(123_000, currency);
            assert_eq!(minor(to_stripe(money).unwrap(), currency), Some(123_000), "{currency}");
        }
        assert_eq!(super::money(-12_300, "isk").unwrap(), Money::new(-123, "ISK".parse().unwrap()));
        assert!(super::money(12_350, "isk").is_err() && super::money(1, "xxx").is_err());
    }

    #[test]
    fn nothing_and_less_is_not_sent() {
        assert_eq!((sent(0, "EUR"), sent(-1, "EUR"), sent(i64::MAX, "ISK")), (None, None, None));
        assert!(to_bank(Money::new(12_345, "HUF".parse().unwrap())).is_err());
        assert_eq!(to_bank(Money::new(12_300, "HUF".parse().unwrap())).ok(), Some(12_300));
    }
}
