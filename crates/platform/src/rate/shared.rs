//! Buckets that several processes share, in Redis.
//!
//! Redis is told what time it is, so that every process and every test counts by one clock. When it does not answer
//! it is left alone for a second, and the buckets of this process count.

use super::cell::{Cell, Taken};
use crate::crypto::{Key, Signer};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// `Cell::take`, in one step that nobody can come between. Moments are whole microseconds, which the numbers of Lua
/// hold exactly until the year 2255. A bucket is forgotten a minute after it is full: clocks of two machines differ.
const TAKE: &str = "
local now, refill, capacity = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = tonumber(redis.call('GET', KEYS[1]) or ARGV[1])
local full_at = math.max(kept, now) + refill
if full_at - now > capacity then
  return {0, full_at}
end
local life = math.ceil((full_at - now) / 1000) + 60000
redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', string.format('%.0f', life))
return {1, full_at}";

/// How long a request may wait for Redis: longer, and counting would cost more than it protects. A test that compares
/// answers wants them from Redis, on a machine however busy.
const ANSWER: Duration = Duration::from_millis(if cfg!(test) { 30_000 } else { 100 });
const CONNECT: Duration = Duration::from_millis(if cfg!(test) { 30_000 } else { 250 });
/// How long Redis is left alone after it did not answer.
const REST: Duration = Duration::from_secs(1);

pub(super) struct Shared {
    client: Client,
    /// Addresses of people do not stand in Redis: its keys are signatures of them.
    names: Signer,
    link: tokio::sync::Mutex<Option<MultiplexedConnection>>,
    /// Set while Redis does not answer: when it is asked again.
    rests_until: Mutex<Option<Instant>>,
}

impl Shared {
    /// Connects when it is first asked.
    pub(super) fn new(url: &str, key: &Key) -> RedisResult<Self> {
        Ok(Self {
            client: Client::open(url)?,
            names: Signer::new(key, "rate"),
            link: tokio::sync::Mutex::default(),
            rests_until: Mutex::default(),
        })
    }

    /// Takes one from the bucket of `key` in `kind`. `None`: Redis does not answer.
    pub(super) async fn take(&self, kind: &str, key: &str, cell: Cell, now: i64) -> Option<Taken> {
        if self.rests() {
            return None;
        }
        match self.ask(kind, key, cell, now).await {
            Ok(taken) => {
                if taken.is_some() {
                    self.works();
                }
                taken
            }
            Err(error) => {
                self.rest(&error);
                *self.link.lock().await = None;
                None
            }
        }
    }

    async fn ask(&self, kind: &str, key: &str, cell: Cell, now: i64) -> RedisResult<Option<Taken>> {
        let Some(mut link) = self.link().await? else { return Ok(None) };
        let name = format!("tradeplus:rate:{}:{}", kind, self.names.sign(key.as_bytes()));
        let (fits, full_at): (i64, i64) = redis::cmd("EVAL")
            .arg(TAKE)
            .arg(1)
            .arg(name)
            .arg(now)
            .arg(cell.refill)
            .arg(cell.capacity)
            .query_async(&mut link)
            .await?;
        Ok(Some(Taken { fits: fits == 1, full_at }))
    }

    /// The connection, made if there is none. `None`: somebody else just tried in vain.
    async fn link(&self) -> RedisResult<Option<MultiplexedConnection>> {
        let mut link = self.link.lock().await;
        if let Some(link) = link.as_ref() {
            return Ok(Some(link.clone()));
        }
        if self.rests() {
            return Ok(None);
        }
        let options = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER));
        match self.client.get_multiplexed_async_connection_with_config(&options).await {
            Ok(fresh) => {
                *link = Some(fresh.clone());
                Ok(Some(fresh))
            }
            Err(error) => {
                // Before the lock is given up: who waits for it must not try as well.
                self.rest(&error);
                Err(error)
            }
        }
    }

    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self, error: &redis::RedisError) {
        let until = Instant::now() + REST;
        let before = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner).replace(until);
        if before.is_none() {
            tracing::warn!(error = %error, "Redis does not answer: limits are counted by this process until it does");
        }
    }

    fn works(&self) {
        if self.rests_until.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            tracing::info!("Redis answers again: limits are shared");
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}
