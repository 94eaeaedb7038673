//! What people type into the forms of rules: shares, days, places.

use kernel::{Currency, Money, TaxPlace, Wrong};
use market::approvals::day::Day;

/// Basis points of a percentage: "8" is 800, "8.25" is 825. It has two decimals, as an amount of euros.
pub(super) fn share(text: &str) -> Result<i64, Wrong> {
    if text.trim().is_empty() {
        return Ok(0);
    }
    Money::parse(text.trim().trim_end_matches('%'), Currency::EUR)
        .map(|it| it.amount)
        .ok_or(Wrong::NotANumber)
}

/// Millionths of a percentage with four decimals at most: "19" is 190000, "8.875" is 88750.
pub(super) fn millionths(text: &str) -> Result<i32, Wrong> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() {
        return Err(Wrong::Required);
    }
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = (1..=3).contains(&whole.len()) && decimals.len() <= 4;
    if !fits || !are_digits(whole) || !are_digits(decimals) {
        return Err(Wrong::NotANumber);
    }
    format!("{whole}{decimals:0<4}").parse().map_err(|_| Wrong::NotANumber)
}

/// A day as "2026-03-01".
pub(super) fn day(text: &str) -> Result<Day, Wrong> {
    if text.trim().is_empty() {
        return Err(Wrong::Required);
    }
    text.trim().parse().map_err(|_| Wrong::Because("wrong-day"))
}

/// A day, or nothing.
pub(super) fn maybe_day(text: &str) -> Result<Option<Day>, Wrong> {
    if text.trim().is_empty() { Ok(None) } else { day(text).map(Some) }
}

/// A country or a part of one.
pub(super) fn place(text: &str) -> Result<TaxPlace, Wrong> {
    let text = text.trim().to_ascii_uppercase();
    if text.is_empty() {
        return Err(Wrong::Required);
    }
    TaxPlace::parse(&text).ok_or(Wrong::Because("wrong-tax-place"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_two_decimals_and_rates_four() {
        assert_eq!((share(""), share("8"), share("8,25 %")), (Ok(0), Ok(800), Ok(825)));
        assert_eq!(
            (share("x"), share("8.255")),
            (Err(Wrong::NotANumber), Ok(825_500)),
            "the rule says that it is too much"
        );
        assert_eq!(
            (millionths("19"), millionths("8.875"), millionths("0")),
            (Ok(190_000), Ok(88_750), Ok(0))
        );
        for bad in ["-1", "1.00001", "1000.0", "x", "1.2.3", "."] {
            assert_eq!(millionths(bad), Err(Wrong::NotANumber), "{bad}");
        }
        assert_eq!(millionths(" "), Err(Wrong::Required));
    }

    #[test]
    fn places_and_days() {
        assert_eq!(place(" de "), Ok(TaxPlace::parse("DE").unwrap()));
        assert_eq!(place("Germany"), Err(Wrong::Because("wrong-tax-place")));
        assert_eq!((maybe_day(""), day("")), (Ok(None), Err(Wrong::Required)));
        assert_eq!(day("1.3.2026"), Err(Wrong::Because("wrong-day")));
        assert_eq!(day("2026-03-01").unwrap().to_string(), "2026-03-01");
    }
}
