//! What is done for rates between currencies later: reading them.

use super::Market;
use crate::rates::jobs;
use platform::jobs::{JobError, Registry};
use platform::outgoing::Outgoing;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const SIX_HOURS: Duration = Duration::from_secs(6 * 3600);
    registry
        .on(|m: Market, j: jobs::Read| async move {
            if !m.config.rates.enabled {
                return Ok(());
            }
            let wire = Outgoing::new(&m.config).map_err(|error| JobError::Again(error.into()))?;
            jobs::read(&m.db, &wire, &m.config.rates.url, j).await
        })
        .every(SIX_HOURS, &jobs::Read {})
}
