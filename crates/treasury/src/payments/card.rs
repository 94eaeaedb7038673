//! A card as somebody typed it. It passes through memory to a provider that takes cards, and nowhere else:
//! it is never stored, and printing it gives `***`.

use kernel::{FieldErrors, Moment, Wrong};
use serde::Deserialize;
use std::fmt;

/// What stands on a card.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    number: String,
    exp_month: u8,
    exp_year: u16,
    cvc: String,
}

/// The parts of a checked card that may be kept and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub last4: String,
    pub brand: &'static str,
}

impl Card {
    /// Digits of a number (ISO/IEC 7812-1).
    pub const DIGITS_MIN: usize = 12;
    pub const DIGITS_MAX: usize = 19;
    /// Digits of a code: most networks have three.
    pub const CODE_MIN: usize = 3;
    pub const CODE_MAX: usize = 4;

    /// `number` may hold spaces and dashes; a year under 100 is one of this century.
    pub fn new(number: impl Into<String>, exp_month: u8, exp_year: u16, cvc: impl Into<String>) -> Self {
        Self { number: number.into(), exp_month, exp_year, cvc: cvc.into() }
    }

    /// The digits alone.
    pub(super) fn digits(&self) -> String {
        self.number.chars().filter(|c| !matches!(c, ' ' | '-')).collect()
    }

    /// Month and year, as they were typed.
    pub(super) const fn date(&self) -> (u8, u16) {
        (self.exp_month, self.exp_year)
    }

    /// Checks what can be checked without asking a bank: the number's length and check digit (ISO/IEC 7812,
    /// Luhn), the date, the length of the code. A card is good until the end of its month. Fields are named
    /// as in a body `{"card": {…}}`.
    pub fn check(&self, now: Moment) -> Result<Face, FieldErrors> {
        let mut errors = FieldErrors::none();
        let digits = self.digits();
        if digits.is_empty() {
            errors.add("card/number", Wrong::Required);
        } else if !(Self::DIGITS_MIN..=Self::DIGITS_MAX).contains(&digits.len()) || !passes_luhn(&digits) {
            errors.add("card/number", Wrong::Because("card-number-wrong"));
        }
        self.check_date(now, &mut errors);
        let brand = brand_of(&digits);
        let code = self.cvc.trim();
        let length = if brand == "amex" { Self::CODE_MAX } else { Self::CODE_MIN };
        if code.is_empty() {
            errors.add("card/cvc", Wrong::Required);
        } else if code.len() != length || !code.bytes().all(|b| b.is_ascii_digit()) {
            errors.add("card/cvc", Wrong::Because("card-cvc-wrong"));
        }
        errors.check()?;
        Ok(Face { last4: digits[digits.len() - 4..].to_owned(), brand })
    }

    fn check_date(&self, now: Moment, errors: &mut FieldErrors) {
        let year =
            if self.exp_year < 100 { 2000 + i32::from(self.exp_year) } else { i32::from(self.exp_year) };
        if !(1..=12).contains(&self.exp_month) {
            errors.add("card/exp_month", Wrong::Because("card-month-wrong"));
        } else if year > now.year() + 50 {
            errors.add("card/exp_year", Wrong::Because("card-year-wrong"));
        } else if year < now.year() {
            errors.add("card/exp_year", Wrong::Because("card-expired"));
        } else if year == now.year() && self.exp_month < u8::from(now.month()) {
            errors.add("card/exp_month", Wrong::Because("card-expired"));
        }
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// ISO/IEC 7812-1, annex B: every second digit from the right is doubled, the digits' sum ends in 0.
fn passes_luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (place, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
    }
    sum % 10 == 0
}

/// By the first digits, as the networks publish them.
fn brand_of(digits: &str) -> &'static str {
    let first = |n: usize| digits.get(..n).and_then(|d| d.parse::<u32>().ok()).unwrap_or(0);
    match (first(1), first(2), first(4)) {
        (4, _, _) => "visa",
        (_, 51..=55, _) | (_, _, 2221..=2720) => "mastercard",
        (_, 34 | 37, _) => "amex",
        _ => "card",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: Moment = datetime!(2026-05-31 23:00 UTC);

    fn wrong(card: &Card) -> Vec<String> {
        let errors = card.check(NOW).expect_err("wrong");
        errors.iter().map(|(field, wrong)| format!("{field} {wrong:?}")).collect()
    }

    #[test]
    fn a_good_card_shows_its_face_only() {
        let card = Card::new("4242 4242-4242 4242", 5, 26, "123");
        assert_eq!(card.check(NOW), Ok(Face { last4: "4242".to_owned(), brand: "visa" }));
        assert_eq!(Card::new("378282246310005", 1, 2027, "1234").check(NOW).unwrap().brand, "amex");
        assert_eq!(Card::new("5555555555554444", 1, 2027, "123").check(NOW).unwrap().brand, "mastercard");
        assert_eq!(format!("{card:?}"), "***");
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(
            wrong(&Card::new("4242424242424241", 6, 2026, "123")),
            ["card/number Because(\"card-number-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("424242", 6, 2026, "123")),
            ["card/number Because(\"card-number-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242x24242424242", 6, 2026, "123")),
            ["card/number Because(\"card-number-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("４２４２424242424242", 6, 2026, "123")),
            ["card/number Because(\"card-number-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242424242424242", 4, 2026, "123")),
            ["card/exp_month Because(\"card-expired\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242424242424242", 4, 2025, "123")),
            ["card/exp_year Because(\"card-expired\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242424242424242", 13, 2026, "123")),
            ["card/exp_month Because(\"card-month-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242424242424242", 12, 2099, "123")),
            ["card/exp_year Because(\"card-year-wrong\")"]
        );
        assert_eq!(
            wrong(&Card::new("4242424242424242", 12, 2026, "12")),
            ["card/cvc Because(\"card-cvc-wrong\")"]
        );
        assert_eq!(wrong(&Card::new("", 12, 2026, "")), ["card/number Required", "card/cvc Required"]);
    }
}
