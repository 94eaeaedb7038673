//! Two rules at once, in an order that a seed decides: each stops at every checkpoint, and only one of them goes on at a
//! time, unless it waits for a lock that the other holds.

use platform::checkpoints::{self, Watcher};
use sqlx::PgPool;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, Semaphore};

/// Who has not reached its next point by then may wait for a lock; whether it does, the database says.
const GLANCE: Duration = Duration::from_millis(25);
/// Nobody is at it for so long, unless the two have stopped each other for good.
const PATIENCE: Duration = Duration::from_secs(60);
/// Somebody in this database waits for what somebody else holds.
const WAITS: &str = "
  select exists (select from pg_locks l join pg_stat_activity s using (pid)
                 where not l.granted and s.datname = current_database())";

/// How two ended that went side by side.
#[derive(Debug)]
pub struct Raced<A, B> {
    pub first: A,
    pub second: B,
    /// The points in the order in which they were reached: which of the two, 0 or 1, and where.
    pub way: Vec<(usize, &'static str)>,
}

impl<A, B> Raced<A, B> {
    /// Which of the two reached this point, if just one did.
    pub fn only_one_at(&self, point: &str) -> Option<usize> {
        let mut there: Vec<usize> =
            self.way.iter().filter(|(_, at)| *at == point).map(|(who, _)| *who).collect();
        there.dedup();
        match there.as_slice() {
            [who] => Some(*who),
            _ => None,
        }
    }
}

/// Lets two go side by side; `seed` decides who goes at each point. `pool` looks who waits for a lock.
///
/// # Panics
/// When one of them does, or they have stopped each other for good.
pub async fn race<A, B>(
    seed: u64,
    pool: &PgPool,
    first: impl Future<Output = A> + Send + 'static,
    second: impl Future<Output = B> + Send + 'static,
) -> Raced<A, B>
where
    A: Send + 'static,
    B: Send + 'static,
{
    let track = Arc::new(Track::default());
    let one = tokio::spawn(Lane { track: Arc::clone(&track), who: 0 }.run(first));
    let two = tokio::spawn(Lane { track: Arc::clone(&track), who: 1 }.run(second));
    track.direct(seed, pool).await;
    let (first, second) = (one.await.unwrap(), two.await.unwrap());
    let way = track.board().way.clone();
    Raced { first, second, way }
}

/// Where one of the two is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// On its way, or waiting for a lock.
    Going,
    /// At a point, until it may go on.
    Waiting,
    Over,
}

#[derive(Debug)]
struct Board {
    stands: [Stand; 2],
    way: Vec<(usize, &'static str)>,
}

#[derive(Debug)]
struct Track {
    board: Mutex<Board>,
    changed: Notify,
    turns: [Semaphore; 2],
}

impl Default for Track {
    fn default() -> Self {
        Self {
            board: Mutex::new(Board { stands: [Stand::Going; 2], way: Vec::new() }),
            changed: Notify::new(),
            turns: [Semaphore::new(0), Semaphore::new(0)],
        }
    }
}

impl Track {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, who: usize, stand: Stand) {
        self.board().stands[who] = stand;
        self.changed.notify_one();
    }

    /// Gives turns until both are over.
    async fn direct(&self, seed: u64, pool: &PgPool) {
        let (mut chance, began) = (seed, Instant::now());
        loop {
            self.settles(pool).await;
            let stands = self.board().stands;
            if stands == [Stand::Over; 2] {
                return;
            }
            let waiting: Vec<usize> = (0..2).filter(|who| stands[*who] == Stand::Waiting).collect();
            let Some(turn) = waiting.get(usize::from(waiting.len() > 1 && odd(&mut chance))) else {
                let way = self.board().way.clone();
                assert!(began.elapsed() < PATIENCE, "seed {seed}: they stopped each other: {way:?}");
                continue;
            };
            self.set(*turn, Stand::Going);
            self.turns[*turn].add_permits(1);
        }
    }

    /// Until nobody is on its way, or who is waits for a lock.
    async fn settles(&self, pool: &PgPool) {
        loop {
            if !self.board().stands.contains(&Stand::Going) {
                return;
            }
            if tokio::time::timeout(GLANCE, self.changed.notified()).await.is_ok() {
                continue;
            }
            let waits: bool = sqlx::query_scalar(WAITS).fetch_one(pool).await.unwrap();
            if waits {
                return;
            }
        }
    }
}

/// The next of a row of coin flips (xorshift, after a step that spreads small seeds).
fn odd(chance: &mut u64) -> bool {
    let mut x = chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    *chance = x ^ (x >> 31);
    *chance & 1 == 1
}

/// One of the two.
#[derive(Clone)]
struct Lane {
    track: Arc<Track>,
    who: usize,
}

impl Lane {
    async fn run<T>(self, task: impl Future<Output = T> + Send + 'static) -> T {
        // Whoever panics is over too: else the other would be waited for in vain.
        let _over = Over(self.clone());
        let watcher: Arc<dyn Watcher> = Arc::new(self.clone());
        checkpoints::under(watcher, async {
            checkpoints::reach("start").await;
            task.await
        })
        .await
    }
}

impl Watcher for Lane {
    fn reached(&self, at: &'static str) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            self.track.board().way.push((self.who, at));
            self.track.set(self.who, Stand::Waiting);
            if let Ok(turn) = self.track.turns[self.who].acquire().await {
                turn.forget();
            }
        })
    }
}

struct Over(Lane);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.track.set(self.0.who, Stand::Over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_differ() {
        let flips = |seed: u64| {
            let mut chance = seed;
            (0..16).map(|_| odd(&mut chance)).collect::<Vec<_>>()
        };
        let different: std::collections::BTreeSet<_> = (0..40).map(flips).collect();
        assert!(different.len() > 35);
        assert_eq!(flips(7), flips(7));
    }
}
