use super::*;
use proptest::prelude::*;

const EUR: Currency = Currency::EUR;

fn jpy() -> Currency {
    "JPY".parse().unwrap()
}

#[test]
fn knows_the_decimals_of_currencies() {
    assert_eq!(EUR.exponent(), 2);
    assert_eq!(jpy().exponent(), 0);
    assert_eq!("KWD".parse::<Currency>().unwrap().exponent(), 3);
    assert_eq!("eur".parse::<Currency>(), Err(UnknownCurrency));
    assert_eq!("XYZ".parse::<Currency>(), Err(UnknownCurrency));
}

#[test]
fn reads_what_people_type() {
    for (typed, minor) in [
        ("12", 1200),
        ("12.5", 1250),
        ("12,50", 1250),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1 234", 123_400),
        ("1,234", 123_400),
        ("0.05", 5),
        (".5", 50),
    ] {
        assert_eq!(Money::parse(typed, EUR), Some(Money::new(minor, EUR)), "{typed}");
    }
    for typed in ["", "-1", "12.345.6x", "abc", "1e9", "∞", "99999999999999999999"] {
        assert_eq!(Money::parse(typed, EUR), None, "{typed}");
    }
    assert_eq!(Money::parse("1,234", jpy()), Some(Money::new(1234, jpy())));
    assert_eq!(Money::parse("1,00,000", EUR), Some(Money::new(10_000_000, EUR)), "lakhs");
    let kwd: Currency = "KWD".parse().unwrap();
    assert_eq!(Money::parse("1.234", kwd), Some(Money::new(1_234, kwd)));
    for (typed, currency) in
        [("12.50", jpy()), ("12,5", jpy()), ("1.2345", EUR), ("1.2345", kwd), (",123", jpy()), ("0.105", EUR)]
    {
        assert_eq!(Money::parse(typed, currency), None, "{typed}: not as many decimals");
    }
}

#[test]
fn refuses_to_mix_and_to_overflow() {
    assert_eq!(Money::new(1, EUR).plus(Money::new(1, jpy())), Err(MoneyError::Mixed(EUR, jpy())));
    assert_eq!(Money::new(i64::MAX, EUR).plus(Money::new(1, EUR)), Err(MoneyError::Overflow));
    assert_eq!(Money::new(1, EUR).split(&[0, 0]), Err(MoneyError::NoWeights));
}

#[test]
fn rounds_half_to_even() {
    let five_percent = |minor| Money::new(minor, EUR).basis_points(500).unwrap().amount;
    assert_eq!(five_percent(50), 2); // 2.5
    assert_eq!(five_percent(70), 4); // 3.5
    assert_eq!(five_percent(51), 3); // 2.55
}

proptest! {
    #[test]
    fn parts_sum_to_the_whole_and_stay_within_a_unit(
        amount in 0_i64..1_000_000_000_000,
        weights in proptest::collection::vec(0_u64..1_000_000, 1..12),
    ) {
        prop_assume!(weights.iter().any(|w| *w > 0));
        let parts = Money::new(amount, EUR).split(&weights).unwrap();
        prop_assert_eq!(parts.iter().map(|p| p.amount).sum::<i64>(), amount);
        let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = u128::from(amount.unsigned_abs()) * u128::from(*weight);
            let got = u128::from(part.amount.unsigned_abs()) * total;
            prop_assert!(got.abs_diff(exact) < total);
        }
    }

    #[test]
    fn a_written_amount_is_read_back(amount in 0_i64..1_000_000_000_000) {
        for currency in [EUR, jpy(), "KWD".parse().unwrap()] {
            let money = Money::new(amount, currency);
            prop_assert_eq!(Money::parse(&money.decimal(), currency), Some(money));
        }
    }
}
