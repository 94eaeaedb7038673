//! Buckets in this process.
//!
//! Invariant: memory is bounded, whatever keys are sent; what is forgotten to make room are the buckets that are
//! fullest, which matter least.

use super::cell::{Cell, Taken};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

pub(super) const SHARDS: usize = 16;
/// Buckets of one shard; with 16 shards about 100,000 keys in some 4 MB.
pub(super) const BUCKETS_MAX: usize = 6_400;

/// For each key the moment when its bucket is full again, microseconds since the epoch.
type Shard = HashMap<u64, i64>;

#[derive(Debug)]
pub(super) struct Buckets {
    shards: [Mutex<Shard>; SHARDS],
    /// Keyed by chance, so that nobody can aim at another's bucket.
    hasher: RandomState,
}

impl Buckets {
    pub(super) fn new() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()), hasher: RandomState::new() }
    }

    /// Takes one from the bucket of `key` in `kind`; nothing when it does not fit.
    pub(super) fn take(&self, kind: &str, key: &str, cell: Cell, now: i64) -> Taken {
        let hash = self.hasher.hash_one((kind, key));
        let shard = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        let mut shard = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        let taken = cell.take(shard.get(&hash).copied(), now);
        if taken.fits {
            if shard.len() >= BUCKETS_MAX && !shard.contains_key(&hash) {
                make_room(&mut shard, now);
            }
            shard.insert(hash, taken.full_at);
        }
        taken
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap().len()).sum()
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
