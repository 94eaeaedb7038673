//! The newest rates, in memory: what every page shows prices by, without asking the database for each.

use super::model::Table;
use super::rules;
use kernel::{Moment, Refusal};
use platform::Db;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::Duration;

/// For how long rates count before they are read anew. They change once a day.
const LIFE: Duration = Duration::minutes(5);

/// Rates that a process keeps at hand. Empty until they are read for the first time.
#[derive(Debug, Default)]
pub struct Board(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    table: Arc<Table>,
    read_at: Option<Moment>,
}

impl Board {
    pub fn new() -> Self {
        Self::default()
    }

    /// The rates as they were read last.
    pub fn table(&self) -> Arc<Table> {
        Arc::clone(&self.kept().table)
    }

    /// Reads them anew if it is time; one asker does, and the others go on with those from before. Errors: the database
    /// cannot be asked; then it is tried again when it is time once more.
    pub async fn refresh(&self, db: &Db) -> Result<(), Refusal> {
        let now = db.now();
        if !self.is_mine_to_read(now) {
            return Ok(());
        }
        let table = rules::on(&mut db.read().await?, now.date()).await?;
        self.kept().table = Arc::new(table);
        Ok(())
    }

    /// Whether it is time, and nobody else is at it.
    fn is_mine_to_read(&self, now: Moment) -> bool {
        let mut kept = self.kept();
        let is_time = kept.read_at.is_none_or(|at| now < at || now - at >= LIFE);
        if is_time {
            kept.read_at = Some(now);
        }
        is_time
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_asker_reads_and_only_when_it_is_time() {
        let (board, now) = (Board::new(), Moment::UNIX_EPOCH);
        assert!(board.is_mine_to_read(now));
        assert!(!board.is_mine_to_read(now + LIFE - Duration::seconds(1)));
        assert!(board.is_mine_to_read(now + LIFE));
        assert!(!board.is_mine_to_read(now + LIFE));
        assert!(board.table().currencies().is_empty());
    }
}
