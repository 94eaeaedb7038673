//! What cases do later.

use super::Market;
use crate::cases::jobs as cases;
use platform::jobs::Registry;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    registry
        .on(|m: Market, j: cases::Lapse| async move { cases::lapse(&m.db, j).await })
        .on(|m: Market, j: cases::Forget| async move { cases::forget(&m.db, &m.objects, j).await })
        .every(DAY, &cases::Forget {})
}
