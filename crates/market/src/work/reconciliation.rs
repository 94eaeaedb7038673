//! Comparing the books with what providers say.

use super::Market;
use crate::reconciliation::jobs::{self, GoThrough, Nightly};
use platform::jobs::{JobError, Outcome, Registry};
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const TEN_MINUTES: Duration = Duration::from_secs(600);
    registry
        .on(|m: Market, _: Nightly| async move { nightly(&m).await })
        .on(|m: Market, j: GoThrough| async move { go_through(&m, j).await })
        .every(TEN_MINUTES, &Nightly {})
}

/// One that does not answer does not keep the others waiting. Errors: the first that did not go well.
async fn nightly(m: &Market) -> Outcome {
    let names: Vec<&'static str> = m.providers.all().map(|provider| provider.name()).collect();
    let mut first = Ok(());
    for name in names {
        let Some(provider) = m.providers.named(name) else { continue };
        first = first.and(jobs::nightly(&m.db, provider).await);
    }
    first
}

async fn go_through(m: &Market, job: GoThrough) -> Outcome {
    let gone = || JobError::Never(format!("{} is not set up any more", job.provider));
    let provider = m.providers.named(&job.provider).ok_or_else(gone)?;
    jobs::go_through(&m.db, provider, job).await
}
