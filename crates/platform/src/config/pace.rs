//! How often something may be done, as people write it: "10 at once, 10 a minute".

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const BURST_MAX: u32 = 1_000_000;
const PER_MINUTE_MAX: u32 = 10_000_000;

/// A bucket's size and how fast it fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pace {
    /// How many at once.
    pub burst: u32,
    /// How many a minute after that.
    pub per_minute: u32,
}

/// It is not written as a pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a pace; write for instance: 10 at once, 10 a minute (at most {BURST_MAX} at once and {PER_MINUTE_MAX} a minute)"
)]
pub struct NotAPace;

impl Pace {
    pub const fn new(burst: u32, per_minute: u32) -> Self {
        Self { burst, per_minute }
    }

    /// So many times as much.
    #[must_use]
    pub const fn times(self, multiplier: u32) -> Self {
        Self::new(self.burst.saturating_mul(multiplier), self.per_minute.saturating_mul(multiplier))
    }

    /// Seconds in which an empty bucket is full again, rounded up, at least 1.
    pub fn window_s(self) -> u64 {
        (u64::from(self.burst) * 60).div_ceil(u64::from(self.per_minute.max(1))).max(1)
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at once, {} a minute", self.burst, self.per_minute)
    }
}

impl FromStr for Pace {
    type Err = NotAPace;

    fn from_str(text: &str) -> Result<Self, NotAPace> {
        let (burst, rest) = text.trim().split_once(" at once, ").ok_or(NotAPace)?;
        let per_minute = rest.strip_suffix(" a minute").ok_or(NotAPace)?;
        let number = |text: &str, max: u32| {
            text.trim().parse::<u32>().ok().filter(|n| (1..=max).contains(n)).ok_or(NotAPace)
        };
        Ok(Self::new(number(burst, BURST_MAX)?, number(per_minute, PER_MINUTE_MAX)?))
    }
}

impl TryFrom<String> for Pace {
    type Error = NotAPace;

    fn try_from(text: String) -> Result<Self, NotAPace> {
        text.parse()
    }
}

impl From<Pace> for String {
    fn from(pace: Pace) -> Self {
        pace.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_written_in_words() {
        let pace = Pace::new(300, 3600);
        assert_eq!(pace.to_string().parse::<Pace>(), Ok(pace));
        for bad in [
            "",
            "10",
            "10 at once",
            "0 at once, 10 a minute",
            "10 at once, -1 a minute",
            "1 at once, 1 an hour",
        ] {
            assert_eq!(bad.parse::<Pace>(), Err(NotAPace), "{bad:?}");
        }
    }

    #[test]
    fn the_window_is_the_time_to_fill_an_empty_bucket() {
        assert_eq!(Pace::new(10, 10).window_s(), 60);
        assert_eq!(Pace::new(300, 3600).window_s(), 5);
        assert_eq!(Pace::new(1, 1000).window_s(), 1);
        assert_eq!(Pace::new(10, 10).times(u32::MAX).burst, u32::MAX);
    }
}
