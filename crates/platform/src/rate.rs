//! How often somebody may do something: token buckets in this process, one for each class and key.
//!
//! Invariants: memory is bounded, whatever keys are sent; what is forgotten to make room are the buckets that
//! are fullest, which matter least. The key is the caller's choice: an address (`key_of`) or a member.

use kernel::Moment;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// What kind of request it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rate {
    /// Looking at pages.
    Browse,
    /// Searching and suggestions, which cost more.
    Search,
    /// Changing something.
    Write,
    /// Passwords, codes and links sent by mail.
    SignIn,
    /// Photos.
    Upload,
    /// Orders, payments, refunds.
    Money,
    /// Health checks, assets, webhooks: only against floods.
    Plain,
}

impl Rate {
    /// How many at once, and how many a minute after that.
    pub const fn policy(self) -> Policy {
        let (burst, per_minute) = match self {
            Self::Browse => (300, 3600),
            Self::Search => (120, 1200),
            Self::Write => (60, 120),
            Self::SignIn => (10, 10),
            Self::Upload => (60, 60),
            Self::Money => (20, 30),
            Self::Plain => (1000, 12_000),
        };
        Policy { burst, per_minute }
    }
}

/// A bucket's size and how fast it fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub burst: u32,
    pub per_minute: u32,
}

/// It may be done. The numbers are those of the `RateLimit` header fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the bucket is full again, rounded up.
    pub reset_s: u32,
}

/// It was done too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts; retry in {retry_after_s} s")]
pub struct TooMany {
    pub limit: u32,
    /// Seconds until one more is allowed, rounded up, at least 1.
    pub retry_after_s: u32,
}

impl From<TooMany> for kernel::Refusal {
    fn from(refused: TooMany) -> Self {
        Self::TooMany { retry_after_s: refused.retry_after_s }
    }
}

/// The key of an address: one IPv4 address, or the /64 network of an IPv6 address, which is what one customer
/// of a provider gets (RFC 6177).
pub fn key_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

const SHARDS: usize = 16;
/// Buckets of one shard; with 16 shards about 100,000 keys in some 4 MB.
const BUCKETS_MAX: usize = 6_400;

/// For each key the moment when its bucket is full again, microseconds since the epoch.
type Shard = HashMap<u64, i64>;

/// All buckets of this process.
#[derive(Debug)]
pub struct Limiter {
    shards: [Mutex<Shard>; SHARDS],
    /// Keyed by chance, so that nobody can aim at another's bucket.
    hasher: RandomState,
    multiplier: u32,
}

impl Limiter {
    /// `multiplier` raises every size and speed (`limits.multiplier`); 0 counts as 1.
    pub fn new(multiplier: u32) -> Self {
        let shards = std::array::from_fn(|_| Mutex::default());
        Self { shards, hasher: RandomState::new(), multiplier: multiplier.max(1) }
    }

    /// Takes one from the bucket of `key` in `class`.
    ///
    /// The bucket is kept as the moment it will be full again (generic cell rate algorithm, ITU-T I.371): one
    /// request moves that moment on by the time it takes to refill one, and it may not lie further ahead than
    /// the whole bucket.
    ///
    /// # Errors
    /// [`TooMany`]; nothing is taken then.
    pub fn check(&self, class: Rate, key: &str, now: Moment) -> Result<Allowance, TooMany> {
        let Policy { burst, per_minute } = class.policy();
        let limit = burst.saturating_mul(self.multiplier);
        let refill = 60_000_000 / i64::from(per_minute.saturating_mul(self.multiplier)).max(1);
        let capacity = refill.max(1).saturating_mul(i64::from(limit));
        let (now, hash) = (kernel::moment::to_micros(now), self.hasher.hash_one((class, key)));
        let shard = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        let mut shard = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = shard.get(&hash).copied().unwrap_or(now).max(now) + refill.max(1);
        if full_at - now > capacity {
            let wait = full_at - now - capacity;
            return Err(TooMany { limit, retry_after_s: seconds(wait).max(1) });
        }
        if shard.len() >= BUCKETS_MAX && !shard.contains_key(&hash) {
            make_room(&mut shard, now);
        }
        shard.insert(hash, full_at);
        let remaining = (capacity - (full_at - now)) / refill.max(1);
        Ok(Allowance {
            limit,
            remaining: u32::try_from(remaining).unwrap_or(0),
            reset_s: seconds(full_at - now),
        })
    }
}

/// Forgets full buckets, and if that is not enough, the fuller half of the others.
fn make_room(shard: &mut Shard, now: i64) {
    shard.retain(|_, full_at| *full_at > now);
    if shard.len() >= BUCKETS_MAX {
        let mut moments: Vec<i64> = shard.values().copied().collect();
        let middle = moments.len() / 2;
        let (_, median, _) = moments.select_nth_unstable(middle);
        let median = *median;
        let mut spare = middle;
        shard.retain(|_, full_at| {
            let goes = *full_at <= median && spare > 0;
            spare -= usize::from(goes);
            !goes
        });
    }
}

fn seconds(micros: i64) -> u32 {
    u32::try_from(u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    const START: Moment = time::macros::datetime!(2026-01-01 12:00 UTC);

    #[test]
    fn a_burst_passes_and_then_it_trickles() {
        let limiter = Limiter::new(1);
        for left in (0..10).rev() {
            let allowed = limiter.check(Rate::SignIn, "a", START).unwrap();
            assert_eq!((allowed.limit, allowed.remaining), (10, left));
        }
        assert_eq!(limiter.check(Rate::SignIn, "a", START), Err(TooMany { limit: 10, retry_after_s: 6 }));
        assert!(limiter.check(Rate::SignIn, "b", START).is_ok(), "another key");
        assert!(limiter.check(Rate::Browse, "a", START).is_ok(), "another class");
        let later = START + Duration::seconds(6);
        assert_eq!(limiter.check(Rate::SignIn, "a", later).unwrap().reset_s, 60);
        assert!(limiter.check(Rate::SignIn, "a", later).is_err());
        let rested = START + Duration::minutes(5);
        assert_eq!(limiter.check(Rate::SignIn, "a", rested).unwrap().remaining, 9);
    }

    #[test]
    fn a_network_of_ipv6_is_one_key() {
        let key = |text: &str| key_of(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn a_clock_that_goes_back_frees_nothing_and_breaks_nothing() {
        let limiter = Limiter::new(1);
        for _ in 0..10 {
            limiter.check(Rate::SignIn, "a", START).unwrap();
        }
        let refused = limiter.check(Rate::SignIn, "a", START - Duration::seconds(60)).unwrap_err();
        assert_eq!(refused.retry_after_s, 66);
    }

    #[test]
    fn the_multiplier_raises_size_and_speed() {
        let limiter = Limiter::new(1_000_000);
        for _ in 0..20_000 {
            limiter.check(Rate::SignIn, "a", START).unwrap();
        }
    }

    #[test]
    fn memory_is_bounded_and_the_worst_are_remembered() {
        let limiter = Limiter::new(1);
        for _ in 0..10 {
            limiter.check(Rate::SignIn, "worst", START).unwrap();
        }
        for i in 0..(SHARDS * BUCKETS_MAX * 2) {
            limiter.check(Rate::SignIn, &i.to_string(), START).unwrap();
        }
        let kept: usize = limiter.shards.iter().map(|s| s.lock().unwrap().len()).sum();
        assert!(kept <= SHARDS * BUCKETS_MAX, "{kept}");
        assert!(limiter.check(Rate::SignIn, "worst", START).is_err());
    }
}
