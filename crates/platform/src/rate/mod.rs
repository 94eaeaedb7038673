//! How often somebody may do something: a bucket for each class and key, in this process or shared in Redis.
//!
//! Invariants: both give the same answers, because both follow the rule of `cell`; when Redis does not answer the
//! buckets of this process do, so that nobody is shut out and nobody guesses unhindered. The key is the caller's
//! choice: an address or a member.

mod buckets;
mod cell;
mod shared;
#[cfg(test)]
mod tests;

use crate::config::{Config, Limits, Pace};
use crate::crypto::Key;
use buckets::Buckets;
use cell::Cell;
use kernel::Moment;
use shared::Shared;

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
    pub const ALL: [Self; 7] =
        [Self::Browse, Self::Search, Self::Write, Self::SignIn, Self::Upload, Self::Money, Self::Plain];

    /// Its name in the settings, in headers and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::Search => "search",
            Self::Write => "write",
            Self::SignIn => "sign_in",
            Self::Upload => "upload",
            Self::Money => "money",
            Self::Plain => "plain",
        }
    }

    const fn of(self, limits: &Limits) -> Pace {
        match self {
            Self::Browse => limits.browse,
            Self::Search => limits.search,
            Self::Write => limits.write,
            Self::SignIn => limits.sign_in,
            Self::Upload => limits.upload,
            Self::Money => limits.money,
            Self::Plain => limits.plain,
        }
    }
}

/// What a bucket of its owner's own pace is called in header fields.
pub const QUOTA: &str = "quota";

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

/// `redis.url` is not the address of a Redis server. The address itself is not told: it may hold a password.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("redis.url is not the address of a Redis server")]
pub struct BadAddress;

/// All buckets.
#[derive(Debug)]
pub struct Limiter {
    limits: Limits,
    local: Buckets,
    shared: Option<Shared>,
}

impl Limiter {
    /// In this process.
    pub fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), local: Buckets::new(), shared: None }
    }

    /// As the settings say: shared if they name a Redis server. `key` hides whose buckets they are.
    ///
    /// # Errors
    /// [`BadAddress`]. Whether the server answers is not asked.
    pub fn load(config: &Config, key: &Key) -> Result<Self, BadAddress> {
        let url = config.redis.url.as_ref();
        let shared = url.map(|url| Shared::new(url.reveal(), key)).transpose().map_err(|_| BadAddress)?;
        Ok(Self { shared, ..Self::new(&config.limits) })
    }

    /// How often a class may be done.
    pub const fn pace(&self, class: Rate) -> Pace {
        // 0 would let nobody do anything.
        let multiplier = if self.limits.multiplier == 0 { 1 } else { self.limits.multiplier };
        class.of(&self.limits).times(multiplier)
    }

    /// Takes one from the bucket of `key` in `class`.
    ///
    /// # Errors
    /// [`TooMany`]; nothing is taken then.
    pub async fn check(&self, class: Rate, key: &str, now: Moment) -> Result<Allowance, TooMany> {
        self.take(class.name(), key, self.pace(class), now).await
    }

    /// Takes one from the bucket of `key` that somebody has given a pace of their own. The multiplier does not raise
    /// it.
    ///
    /// # Errors
    /// [`TooMany`]; nothing is taken then.
    pub async fn check_quota(&self, pace: Pace, key: &str, now: Moment) -> Result<Allowance, TooMany> {
        self.take(QUOTA, key, pace, now).await
    }

    /// `kind` keeps the buckets of one key apart.
    async fn take(&self, kind: &str, key: &str, pace: Pace, now: Moment) -> Result<Allowance, TooMany> {
        let (cell, now) = (Cell::of(pace), kernel::moment::to_micros(now));
        let taken = match &self.shared {
            Some(shared) => shared.take(kind, key, cell, now).await,
            None => None,
        };
        if self.shared.is_some() && taken.is_none() {
            metrics::counter!("tradeplus_limits_alone_total").increment(1);
        }
        let taken = taken.unwrap_or_else(|| self.local.take(kind, key, cell, now));
        cell.answer(taken, now)
    }
}
