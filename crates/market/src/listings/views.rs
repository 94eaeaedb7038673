//! Counting views without writing on every read: this process adds them up and writes them every few seconds.

use super::store;
use kernel::{ListingId, Refusal};
use platform::Db;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Listings counted at once; beyond that, further ones go uncounted until the next writing.
const COUNTED_MAX: usize = 100_000;

/// Views that are not written yet.
#[derive(Debug, Default)]
pub struct Views(Mutex<HashMap<ListingId, i64>>);

impl Views {
    pub fn saw(&self, listing: ListingId) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() < COUNTED_MAX || counts.contains_key(&listing) {
            *counts.entry(listing).or_default() += 1;
        }
    }

    /// Writes what was counted. What cannot be written is counted on.
    pub async fn write(&self, db: &Db) -> Result<(), Refusal> {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if counts.is_empty() {
            return Ok(());
        }
        let (ids, numbers): (Vec<_>, Vec<_>) = counts.iter().map(|(id, n)| (id.0, *n)).unzip();
        let written = async { store::add_views(&mut db.read().await?, &ids, &numbers).await }.await;
        if let Err(error) = written {
            let mut again = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            counts.into_iter().for_each(|(id, n)| *again.entry(id).or_default() += n);
            return Err(error.into());
        }
        Ok(())
    }
}
