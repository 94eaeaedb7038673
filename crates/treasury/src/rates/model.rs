//! Rates, and counting by them: whole numbers only, half to even.

use kernel::{Currency, Money};
use std::collections::BTreeMap;
use time::Date;

/// Decimals that a rate is kept with: those of `fx_rates.rate`.
const DECIMALS: usize = 10;
const ONE: i128 = 10_i128.pow(10);

/// Units of a currency for one euro, in ten thousand millionths. More than nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(i128);

impl Rate {
    /// Reads `1.1172`: digits, a point, at most ten decimals. `None` for anything else, and for nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = (1..=10).contains(&whole.len()) && decimals.len() <= DECIMALS;
        if !fits || !digits(whole) || !digits(decimals) {
            return None;
        }
        let scaled: i128 = format!("{whole}{decimals:0<DECIMALS$}").parse().ok()?;
        (scaled > 0).then_some(Self(scaled))
    }

    /// As PostgreSQL reads it.
    pub fn decimal(self) -> String {
        format!("{}.{:0>width$}", self.0 / ONE, self.0 % ONE, width = DECIMALS)
    }

    /// Whether another is more than `percent` away.
    pub fn is_far_from(self, other: Self, percent: i128) -> bool {
        (self.0 - other.0).abs() * 100 > other.0 * percent
    }
}

/// What of a day's file was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub day: Date,
    /// Rates that were not there before.
    pub kept: usize,
    /// Which of them are far from the day before.
    pub far: Vec<Currency>,
}

/// An amount in another currency, by the rate of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub money: Money,
    /// The older day of the rates that it was counted by.
    pub day: Date,
}

/// The newest rates of a day: for each currency its rate to the euro, and from when it is.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub(super) rates: BTreeMap<Currency, (Rate, Date)>,
}

impl Table {
    /// An amount in another currency. `None` without a rate, and for the currency that it has already.
    pub fn show(&self, money: Money, into: Currency) -> Option<Shown> {
        if money.currency == into {
            return None;
        }
        let (from, to) = (self.rate(money.currency), self.rate(into));
        let (day, (from, to)) = match (from?, to?) {
            ((from, Some(a)), (to, Some(b))) => (a.min(b), (from, to)),
            ((from, Some(day)), (to, None)) | ((from, None), (to, Some(day))) => (day, (from, to)),
            ((_, None), (_, None)) => return None,
        };
        let times = to.0.checked_mul(i128::from(into.minor_per_major()))?;
        let by = from.0.checked_mul(i128::from(money.currency.minor_per_major()))?;
        let amount = half_even(i128::from(money.amount).checked_mul(times)?, by);
        Some(Shown { money: Money::new(i64::try_from(amount).ok()?, into), day })
    }

    /// Every currency that amounts can be shown in, in alphabetical order.
    pub fn currencies(&self) -> Vec<Currency> {
        let mut all: Vec<Currency> = self.rates.keys().copied().collect();
        if !all.is_empty() {
            all.push(Currency::EUR);
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The euro is itself on every day.
    fn rate(&self, currency: Currency) -> Option<(Rate, Option<Date>)> {
        if currency == Currency::EUR {
            return Some((Rate(ONE), None));
        }
        self.rates.get(&currency).map(|(rate, day)| (*rate, Some(*day)))
    }
}

/// `by` is more than nothing.
fn half_even(amount: i128, by: i128) -> i128 {
    let (quotient, rest) = (amount.div_euclid(by), amount.rem_euclid(by));
    let up = match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => quotient % 2 != 0,
        std::cmp::Ordering::Less => false,
    };
    quotient + i128::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const DAY: Date = date!(2026 - 10 - 30);

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().unwrap())
    }

    fn table(rates: &[(&str, &str)]) -> Table {
        let rate = |(code, rate): &(&str, &str)| {
            (code.parse::<Currency>().unwrap(), (Rate::parse(rate).unwrap(), DAY))
        };
        Table { rates: rates.iter().map(rate).collect() }
    }

    #[test]
    fn yen_and_dinar() {
        let table = table(&[("JPY", "175.68"), ("KWD", "0.3421"), ("USD", "1.1172")]);
        let show = |money, into: &str| table.show(money, into.parse().unwrap()).map(|it| it.money.amount);
        assert_eq!(show(money(10_000, "EUR"), "JPY"), Some(17_568), "no decimals");
        assert_eq!(show(money(10_000, "EUR"), "KWD"), Some(34_210), "three of them");
        assert_eq!(show(money(17_568, "JPY"), "EUR"), Some(10_000));
        assert_eq!(show(money(1_000, "KWD"), "JPY"), Some(514), "1 / 0.3421 × 175.68 = 513.53…");
        assert_eq!(show(money(1, "EUR"), "EUR"), None);
        assert_eq!(show(money(1, "EUR"), "CHF"), None, "no rate is known");
        assert_eq!(show(money(i64::MAX, "EUR"), "JPY"), None, "more than can be counted");
        let day = table.show(money(1, "USD"), Currency::EUR).unwrap().day;
        assert_eq!(day, DAY);
    }

    #[test]
    fn there_and_back_is_not_free() {
        let table = table(&[("JPY", "175.68")]);
        let jpy: Currency = "JPY".parse().unwrap();
        let there = table.show(money(100, "EUR"), jpy).unwrap().money;
        assert_eq!(there, money(176, "JPY"));
        assert_eq!(table.show(there, Currency::EUR).unwrap().money, money(100, "EUR"));
        let cent = table.show(money(1, "JPY"), Currency::EUR).unwrap().money;
        assert_eq!(cent, money(1, "EUR"));
        assert_eq!(table.show(cent, jpy).unwrap().money, money(2, "JPY"), "nobody promised one");
    }

    #[test]
    fn halves_go_to_the_even() {
        for (amount, by, due) in [(5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (8, 3, 3), (7, 3, 2)] {
            assert_eq!(half_even(amount, by), due, "{amount} / {by}");
        }
    }

    #[test]
    fn rates_come_back_as_they_went() {
        for (text, decimal) in
            [("1.1172", "1.1172000000"), ("175", "175.0000000000"), ("0.0000000001", "0.0000000001")]
        {
            let rate = Rate::parse(text).unwrap();
            assert_eq!(rate.decimal(), decimal);
            assert_eq!(Rate::parse(decimal), Some(rate));
        }
        for text in ["", "0", "0.00", "-1", "1e3", "1,5", "N/A", "1.00000000001", "12345678901"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
        let (one, more) = (Rate::parse("1").unwrap(), Rate::parse("1.31").unwrap());
        assert!(more.is_far_from(one, 30) && !one.is_far_from(more, 30));
    }
}
