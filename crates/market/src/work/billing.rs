//! What documents do later, and which are due.

use super::Market;
use crate::billing::jobs as due;
use crate::documents::jobs::{self, Render, Tell};
use platform::jobs::Registry;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
    registry
        .on(|m: Market, j: Render| async move { jobs::render(&m.db, &m.objects, &m.press, j).await })
        .on(|m: Market, j: Tell| async move { jobs::tell(&m.db, m.base_url(), j).await })
        .every(MINUTE, &Render {})
        .every(WEEK, &Tell {})
        .tick("billing", |m: Market| async move { due::follow(&m.db, &m.billing()).await })
}
