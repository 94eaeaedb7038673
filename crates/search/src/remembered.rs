//! Facets of recent queries, as long as the index does not change.
//!
//! Counting visits every match, so for a front page or a large category it costs more than the
//! page itself, and every further page of a query would count the same again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::cursor::{self, Stage};
use crate::query::{Facets, Query};

/// Queries remembered; with many attribute values one entry is some tens of kilobytes.
const MOST: usize = 64;

/// What was counted in one snapshot of the index.
#[derive(Default)]
pub struct Remembered {
    inner: Mutex<Snapshot>,
}

#[derive(Default)]
struct Snapshot {
    generation: u64,
    facets: HashMap<(u64, Stage), Facets>,
}

impl Remembered {
    /// The facets of a query, counted now unless they were before in the same snapshot.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn facets<E>(
        &self,
        generation: u64,
        query: &Query,
        stage: Stage,
        count: impl FnOnce() -> Result<Facets, E>,
    ) -> Result<Facets, E> {
        let key = (cursor::match_set(query), stage);
        let known = self.with(generation, |facets| facets.get(&key).cloned()).flatten();
        if let Some(facets) = known {
            return Ok(facets);
        }
        let counted = count()?;
        self.with(generation, |facets| {
            if facets.len() >= MOST {
                facets.clear();
            }
            facets.insert(key, counted.clone());
        });
        Ok(counted)
    }

    /// Works on the facets of a snapshot; none if a newer one has taken its place.
    fn with<T>(
        &self,
        generation: u64,
        work: impl FnOnce(&mut HashMap<(u64, Stage), Facets>) -> T,
    ) -> Option<T> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.generation < generation {
            *inner = Snapshot { generation, facets: HashMap::new() };
        }
        (inner.generation == generation).then(|| work(&mut inner.facets))
    }
}

#[cfg(test)]
mod tests;
