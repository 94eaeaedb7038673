//! What is done for yearly reports later: asking sellers who they are.

use super::Market;
use crate::yearly::jobs;
use platform::jobs::Registry;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    registry
        .on(|m: Market, j: jobs::Ask| async move { jobs::ask(&m.db, &m.config, j).await })
        .on(|m: Market, j: jobs::Remind| async move { jobs::remind(&m.db, &m.config, &m.door.vault, j).await })
        .every(DAY, &jobs::Ask {})
        .every(DAY, &jobs::Remind {})
}
