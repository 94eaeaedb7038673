use super::buckets::{BUCKETS_MAX, SHARDS};
use super::*;
use crate::chance;
use crate::scratch::Scratch;
use std::process::{Child, Command, Stdio};
use time::Duration;

const START: Moment = time::macros::datetime!(2026-01-01 12:00 UTC);
const MISSING: &str = "redis-server is missing: bin/test installs it where it can; by hand: apt-get install redis-server, \
                       dnf install redis, apk add redis or brew install redis";

fn limiter(multiplier: u32) -> Limiter {
    Limiter::new(&Limits { multiplier, ..Limits::default() })
}

#[tokio::test]
async fn a_burst_passes_and_then_it_trickles() {
    let limiter = limiter(1);
    for left in (0..10).rev() {
        let allowed = limiter.check(Rate::SignIn, "a", START).await.unwrap();
        assert_eq!((allowed.limit, allowed.remaining), (10, left));
    }
    let refused = limiter.check(Rate::SignIn, "a", START).await;
    assert_eq!(refused, Err(TooMany { limit: 10, retry_after_s: 6 }));
    assert!(limiter.check(Rate::SignIn, "b", START).await.is_ok(), "another key");
    assert!(limiter.check(Rate::Browse, "a", START).await.is_ok(), "another class");
    let later = START + Duration::seconds(6);
    assert_eq!(limiter.check(Rate::SignIn, "a", later).await.unwrap().reset_s, 60);
    assert!(limiter.check(Rate::SignIn, "a", later).await.is_err());
    let rested = START + Duration::minutes(5);
    assert_eq!(limiter.check(Rate::SignIn, "a", rested).await.unwrap().remaining, 9);
}

#[tokio::test]
async fn a_clock_that_goes_back_frees_nothing_and_breaks_nothing() {
    let limiter = limiter(1);
    for _ in 0..10 {
        limiter.check(Rate::SignIn, "a", START).await.unwrap();
    }
    let refused = limiter.check(Rate::SignIn, "a", START - Duration::seconds(60)).await.unwrap_err();
    assert_eq!(refused.retry_after_s, 66);
}

#[tokio::test]
async fn the_multiplier_raises_size_and_speed() {
    let limiter = limiter(1_000_000);
    for _ in 0..20_000 {
        limiter.check(Rate::SignIn, "a", START).await.unwrap();
    }
}

#[tokio::test]
async fn the_settings_say_how_often() {
    let limits = Limits { sign_in: Pace::new(2, 60), ..Limits::default() };
    let limiter = Limiter::new(&limits);
    assert_eq!(limiter.check(Rate::SignIn, "a", START).await.unwrap().remaining, 1);
    assert!(limiter.check(Rate::SignIn, "a", START).await.is_ok());
    let refused = limiter.check(Rate::SignIn, "a", START).await;
    assert_eq!(refused, Err(TooMany { limit: 2, retry_after_s: 1 }));
}

#[tokio::test]
async fn memory_is_bounded_and_the_worst_are_remembered() {
    let limiter = limiter(1);
    for _ in 0..10 {
        limiter.check(Rate::SignIn, "worst", START).await.unwrap();
    }
    for i in 0..(SHARDS * BUCKETS_MAX * 2) {
        limiter.check(Rate::SignIn, &i.to_string(), START).await.unwrap();
    }
    let kept = limiter.local.count();
    assert!(kept <= SHARDS * BUCKETS_MAX, "{kept}");
    assert!(limiter.check(Rate::SignIn, "worst", START).await.is_err());
}

/// A Redis server of one test, on a socket in a folder of its own.
struct Redis {
    child: Child,
    scratch: Scratch,
}

impl Redis {
    async fn start() -> Self {
        let scratch = Scratch::new("redis");
        let child = Command::new("redis-server")
            .args(["--port", "0", "--unixsocket"])
            .arg(scratch.path().join("s"))
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(scratch.path())
            .stdout(Stdio::null())
            .spawn();
        let redis = Self { child: child.expect(MISSING), scratch };
        for _ in 0..500 {
            if tokio::net::UnixStream::connect(redis.scratch.path().join("s")).await.is_ok() {
                return redis;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("redis-server does not start");
    }

    fn config(&self) -> Config {
        let mut config = Config::default();
        let url = format!("redis+unix://{}", self.scratch.path().join("s").display());
        config.redis.url = Some(crate::config::Secret::new(url));
        config
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same requests in the same order, at the same moments: every answer is the same, refusals too.
#[tokio::test]
async fn redis_gives_the_same_answers_as_this_process() {
    let redis = Redis::start().await;
    let (config, key) = (redis.config(), Key::from_bytes([7; 32]));
    let (alone, one, other) = (
        Limiter::new(&config.limits),
        Limiter::load(&config, &key).unwrap(),
        Limiter::load(&config, &key).unwrap(),
    );
    let (dice, mut now, mut refused) = (chance::seeded(6), START, 0);
    for step in 0..3_000 {
        let [who, what, wait, much] = dice.bytes::<4>();
        // Mostly forward by less than a second, at times by half a minute, at times a little back.
        now += match wait % 64 {
            0 => Duration::seconds(i64::from(much) / 8),
            1 => -Duration::milliseconds(i64::from(much)),
            _ => Duration::milliseconds(i64::from(much)),
        };
        let class = Rate::ALL[usize::from(what) % Rate::ALL.len()];
        let class = if what > 100 { Rate::SignIn } else { class };
        let who = format!("192.0.2.{}", who % 5);
        let expected = alone.check(class, &who, now).await;
        // Two processes share the buckets: whichever is asked.
        let asked = if step % 2 == 0 { &one } else { &other };
        assert_eq!(asked.check(class, &who, now).await, expected, "step {step}: {class:?} of {who}");
        refused += u32::from(expected.is_err());
    }
    assert!((100..2_900).contains(&refused), "{refused} of 3,000 were refused: that tells little");
    // None of them was answered by the buckets of the process itself.
    assert_eq!(one.local.count() + other.local.count(), 0);
}

#[tokio::test]
async fn without_redis_this_process_counts() {
    let redis = Redis::start().await;
    let limiter = Limiter::load(&redis.config(), &Key::from_bytes([7; 32])).unwrap();
    assert_eq!(limiter.check(Rate::SignIn, "a", START).await.unwrap().remaining, 9);
    drop(redis);
    for left in (0..10).rev() {
        let allowed = limiter.check(Rate::SignIn, "a", START).await.unwrap();
        assert_eq!(allowed.remaining, left, "guessing is still slowed down");
    }
    assert!(limiter.check(Rate::SignIn, "a", START).await.is_err());
    assert!(limiter.check(Rate::Browse, "a", START).await.is_ok(), "and looking goes on");
}

#[test]
fn an_address_that_is_none_is_told_without_repeating_it() {
    let mut config = Config::default();
    config.redis.url = Some(crate::config::Secret::new("hunter2"));
    let told = Limiter::load(&config, &Key::from_bytes([7; 32])).unwrap_err().to_string();
    assert!(told.contains("redis.url") && !told.contains("hunter2"), "{told}");
}

#[tokio::test]
async fn a_quota_is_kept_to_whatever_the_multiplier_is() {
    let limiter = Limiter::new(&Limits { multiplier: 1_000, ..Limits::default() });
    let pace = Pace::new(3, 3);
    for left in [2, 1, 0] {
        let allowed = limiter.check_quota(pace, "key:a", START).await.unwrap();
        assert_eq!((allowed.limit, allowed.remaining), (3, left));
    }
    let refused = limiter.check_quota(pace, "key:a", START).await;
    assert_eq!(refused, Err(TooMany { limit: 3, retry_after_s: 20 }));
    assert!(limiter.check_quota(pace, "key:b", START).await.is_ok(), "another key");
    assert!(limiter.check(Rate::Browse, "key:a", START).await.is_ok(), "another count");
    assert!(limiter.check_quota(pace, "key:a", START + Duration::seconds(20)).await.is_ok());
}
