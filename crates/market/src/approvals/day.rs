//! A day without a time, as acts keep it: `2026-03-01`.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use time::Date;

/// A day where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

/// The text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

impl std::error::Error for NoDay {}

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day: write it as 2026-03-01")
    }
}

impl FromStr for Day {
    type Err = NoDay;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = time::macros::format_description!("[year]-[month]-[day]");
        Date::parse(text, form).map(Self).map_err(|_| NoDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_as_it_went() {
        for text in ["2026-03-01", "2028-02-29"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in ["", "2026-02-29", "1.3.2026", "2026-3-1", "2026-03-01T00:00"] {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }
}
