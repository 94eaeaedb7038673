//! The lists of banks, kept in this process: they are long, and change a few times a year.

use super::super::provider::ProviderError;
use kernel::Moment;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::Duration;

/// How long a list is not asked for again.
const FRESH: Duration = Duration::days(1);

/// Code and name of each bank.
type Banks = Vec<(String, String)>;

/// The lists by country, each with when it was read. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Directory(Arc<Mutex<BTreeMap<String, (Moment, Banks)>>>);

impl Directory {
    /// The list of a country; `asking` reads it anew, where it is too old. When that fails an old list is better than none.
    pub(super) async fn banks(
        &self,
        country: &str,
        now: Moment,
        asking: impl Future<Output = Result<Banks, ProviderError>>,
    ) -> Result<Banks, ProviderError> {
        let kept = self.lists().get(country).cloned();
        if let Some((read, banks)) = &kept
            && now - *read < FRESH
        {
            return Ok(banks.clone());
        }
        match (asking.await, kept) {
            (Ok(banks), _) => {
                self.lists().insert(country.to_owned(), (now, banks.clone()));
                Ok(banks)
            }
            (Err(error), Some((_, old))) if !error.is_final() => Ok(old),
            (Err(error), _) => Err(error),
        }
    }

    fn lists(&self) -> MutexGuard<'_, BTreeMap<String, (Moment, Banks)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
