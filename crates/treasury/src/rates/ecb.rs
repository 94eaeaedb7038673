//! The euro reference rates, as the European Central Bank publishes them each working day: a few elements `Cube` with
//! the attributes `time`, `currency` and `rate`. Anything else refuses the whole file.

use super::model::Rate;
use kernel::Currency;
use std::sync::LazyLock;
use time::Date;

/// Why a file is not one of rates.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a file of the European Central Bank's rates: {0}")]
pub struct NotRates(String);

/// The rates of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub day: Date,
    /// Without currencies that the marketplace does not know.
    pub rates: Vec<(Currency, Rate)>,
}

/// What comes with the program, so that amounts can be shown before anything was read.
pub static EMBEDDED: LazyLock<Day> = LazyLock::new(|| Day {
    day: time::macros::date!(2026 - 10 - 30),
    rates: include_str!("../../data/ecb-2026-10-30.csv").lines().filter_map(line).collect(),
});

fn line(line: &str) -> Option<(Currency, Rate)> {
    let (code, rate) = line.split_once(',')?;
    Some((code.parse().ok()?, Rate::parse(rate)?))
}

/// Reads a file. Errors: [`NotRates`].
pub fn read(xml: &str) -> Result<Day, NotRates> {
    let wrong = |what: &str| NotRates(what.chars().take(80).collect());
    let (mut day, mut rates) = (None, Vec::new());
    for tag in xml.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').ok_or_else(|| wrong("a tag without an end"))?;
        let tag = tag.trim_end_matches('/').trim_end();
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let around = name.starts_with('?') || name.starts_with("gesmes:") || name.starts_with("/gesmes:");
        if around || name == "/Cube" {
            continue;
        }
        if name != "Cube" {
            return Err(wrong(tag));
        }
        match attributes_of(attributes).ok_or_else(|| wrong(tag))?.as_slice() {
            [] => {}
            [("time", text)] if day.is_none() => day = Some(date(text).ok_or_else(|| wrong(tag))?),
            [("currency", code), ("rate", rate)] if day.is_some() => {
                let rate = Rate::parse(rate).ok_or_else(|| wrong(tag))?;
                if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                    return Err(wrong(tag));
                }
                if let Ok(currency) = code.parse::<Currency>() {
                    rates.push((currency, rate));
                }
            }
            _ => return Err(wrong(tag)),
        }
    }
    match day {
        Some(day) if !rates.is_empty() => Ok(Day { day, rates }),
        _ => Err(wrong("no rates")),
    }
}

/// Names and values, in their order: `name='value'` or `name="value"`.
fn attributes_of(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let quote = after.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (value, after) = after.get(1..)?.split_once(quote)?;
        found.push((name.trim(), value));
        rest = after.trim_start();
    }
    Some(found)
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const FILE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns=\"http://x\">\n\
        <gesmes:subject>Reference rates</gesmes:subject>\n<Cube>\n<Cube time='2026-11-02'>\n\
        <Cube currency='USD' rate='1.1200'/>\n<Cube currency=\"JPY\" rate=\"176.1\" />\n\
        <Cube currency='XYZ' rate='2'/>\n</Cube>\n</Cube>\n</gesmes:Envelope>";

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let read_in = read(FILE).unwrap();
        assert_eq!(read_in.day, date!(2026 - 11 - 02));
        let codes: Vec<String> = read_in.rates.iter().map(|(currency, _)| currency.to_string()).collect();
        assert_eq!(codes, ["USD", "JPY"]);
        for (old, new) in [
            ("1.1200", "-1"),
            ("1.1200", "0"),
            ("'USD'", "'usd'"),
            ("time='2026-11-02'", "time='2026-13-02'"),
            ("<Cube>", "<script>"),
            ("<Cube currency='USD'", "<Cube currency='USD' more='1'"),
            ("</gesmes:Envelope>", "</gesmes:Envelope"),
        ] {
            assert!(read(&FILE.replace(old, new)).is_err(), "{new}");
        }
        assert!(read("").is_err() && read("<html>").is_err());
    }

    #[test]
    fn the_embedded_rates_are_whole() {
        let lines =
            include_str!("../../data/ecb-2026-10-30.csv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(EMBEDDED.rates.len(), lines.count());
        assert!(EMBEDDED.rates.len() >= 25);
    }
}
