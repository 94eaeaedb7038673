//! What ends, and what staff is told of, by itself.

use super::Market;
use crate::{holds, tickets};
use platform::jobs::Registry;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    registry
        .on(|m: Market, j: holds::jobs::End| async move { holds::jobs::end(&m.db, j).await })
        .on(|m: Market, j: tickets::jobs::Digest| async move {
            tickets::jobs::digest(&m.db, m.base_url(), j).await
        })
        .every(5 * MINUTE, &holds::jobs::End {})
        .every(HOUR, &tickets::jobs::Digest {})
}
