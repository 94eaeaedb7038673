//! Amounts as people of a language write them (Unicode CLDR 47: decimal, group and currency patterns).

use super::Say;
use crate::{Currency, Money};

impl Say {
    /// "€1,234.50" in English, "1.234,50 €" in German.
    pub fn money(&self, money: Money) -> String {
        let (group, point) = self.separators();
        let number = grouped(&money.decimal(), group, point);
        let symbol = symbol(money.currency);
        match self.lang().code() {
            "en" => match number.strip_prefix('-') {
                Some(rest) => format!("-{}{rest}", spaced(symbol)),
                None => format!("{}{number}", spaced(symbol)),
            },
            _ => format!("{number}\u{a0}{symbol}"),
        }
    }

    /// A whole number with thousands grouped.
    pub fn number(&self, n: impl TryInto<i64>) -> String {
        let (group, point) = self.separators();
        grouped(&n.try_into().unwrap_or(i64::MAX).to_string(), group, point)
    }

    /// A decimal number ("1.4") with the language's point.
    pub fn decimal(&self, text: &str) -> String {
        let (group, point) = self.separators();
        grouped(text, group, point)
    }

    fn separators(self) -> (char, char) {
        match self.lang().code() {
            "en" => (',', '.'),
            _ => ('.', ','),
        }
    }
}

fn grouped(plain: &str, group: char, point: char) -> String {
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// A code in letters is set apart from the number, a sign is not.
fn spaced(symbol: &str) -> String {
    if symbol.chars().all(|c| c.is_ascii_alphabetic()) {
        format!("{symbol}\u{a0}")
    } else {
        symbol.to_owned()
    }
}

fn symbol(currency: Currency) -> &'static str {
    const SIGNS: &[(&str, &str)] = &[
        ("EUR", "€"),
        ("USD", "$"),
        ("GBP", "£"),
        ("JPY", "¥"),
        ("INR", "₹"),
        ("KRW", "₩"),
        ("NGN", "₦"),
        ("UAH", "₴"),
        ("VND", "₫"),
        ("ILS", "₪"),
        ("PHP", "₱"),
        ("TRY", "₺"),
        ("PLN", "zł"),
        ("CZK", "Kč"),
        ("CAD", "CA$"),
        ("AUD", "A$"),
        ("NZD", "NZ$"),
        ("BRL", "R$"),
        ("MXN", "MX$"),
        ("CNY", "CN¥"),
    ];
    SIGNS.iter().find(|(code, _)| *code == currency.code()).map_or_else(|| code_of(currency), |(_, s)| s)
}

/// The code as a static text, by looking it up among all codes.
fn code_of(currency: Currency) -> &'static str {
    use std::sync::LazyLock;
    static CODES: LazyLock<Vec<String>> =
        LazyLock::new(|| Currency::all().iter().map(|c| c.code().to_owned()).collect());
    CODES.iter().find(|c| *c == currency.code()).map_or("", String::as_str)
}
