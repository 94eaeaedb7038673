//! The rule of a bucket: pure, and the only one. Redis does the same three steps in its own language.

use super::{Allowance, TooMany};
use crate::config::Pace;

/// A bucket is kept as the moment it will be full again (generic cell rate algorithm, ITU-T I.371): one request
/// moves that moment on by the time it takes to refill one, and it may not lie further ahead than the whole bucket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Microseconds to refill one, at least 1.
    pub refill: i64,
    /// Microseconds to refill all.
    pub capacity: i64,
    limit: u32,
}

/// What one request did to a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// It may be done. If not, nothing is kept of it.
    pub fits: bool,
    /// When the bucket is full again with this request in it, microseconds since the epoch.
    pub full_at: i64,
}

impl Cell {
    pub(super) fn of(pace: Pace) -> Self {
        let refill = (60_000_000 / i64::from(pace.per_minute).max(1)).max(1);
        Self { refill, capacity: refill.saturating_mul(i64::from(pace.burst)), limit: pace.burst }
    }

    /// Takes one. `kept`: when the bucket was full again until now; `now`: microseconds since the epoch.
    pub(super) fn take(self, kept: Option<i64>, now: i64) -> Taken {
        let full_at = kept.unwrap_or(now).max(now) + self.refill;
        Taken { fits: full_at - now <= self.capacity, full_at }
    }

    /// What is said of it.
    pub(super) fn answer(self, taken: Taken, now: i64) -> Result<Allowance, TooMany> {
        let ahead = taken.full_at - now;
        if !taken.fits {
            let wait = seconds(ahead - self.capacity).max(1);
            return Err(TooMany { limit: self.limit, retry_after_s: wait });
        }
        let remaining = u32::try_from((self.capacity - ahead) / self.refill).unwrap_or(0);
        Ok(Allowance { limit: self.limit, remaining, reset_s: seconds(ahead) })
    }
}

fn seconds(micros: i64) -> u32 {
    u32::try_from(u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000)).unwrap_or(u32::MAX)
}
