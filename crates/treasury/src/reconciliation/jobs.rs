//! Comparisons that nobody waits for.

use super::rules;
use crate::payments::Provider;
use kernel::{Moment, Refusal, RunId};
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};
use time::{Duration, Time};

/// When the nightly comparison begins (UTC): when little happens.
const AT: Time = time::macros::time!(3:17);

/// Every few minutes: whether the comparison of this night is still to be made.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Nightly {}

impl Job for Nightly {
    const KIND: &'static str = "reconciliation.nightly";
}

/// A comparison that somebody has begun.
#[derive(Serialize, Deserialize, Debug)]
pub struct GoThrough {
    pub run: RunId,
    pub provider: String,
}

impl Job for GoThrough {
    const KIND: &'static str = "reconciliation.go_through";
}

/// Compares with a provider, if the last time was before this night. Where a comparison is under way, nothing is done.
pub async fn nightly(db: &Db, provider: &dyn Provider) -> Outcome {
    let last = rules::last(&mut db.read().await?, provider.name()).await?;
    if last.is_some_and(|last| last >= this_nights(db.now())) {
        return Ok(());
    }
    match rules::run(db, provider, None).await {
        Ok(_) | Err(Refusal::Conflict(_)) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Goes through a comparison that somebody has begun.
pub async fn go_through(db: &Db, provider: &dyn Provider, job: GoThrough) -> Outcome {
    rules::go_through(db, provider, job.run).await?;
    Ok(())
}

/// The last moment at which a night's comparison was due.
fn this_nights(now: Moment) -> Moment {
    let today = now.replace_time(AT);
    if today <= now { today } else { today - Duration::DAY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_night_is_due_at_seventeen_past_three() {
        assert_eq!(this_nights(datetime!(2026-03-01 12:00 UTC)), datetime!(2026-03-01 3:17 UTC));
        assert_eq!(this_nights(datetime!(2026-03-01 3:16 UTC)), datetime!(2026-02-28 3:17 UTC));
        assert_eq!(this_nights(datetime!(2026-03-01 3:17 UTC)), datetime!(2026-03-01 3:17 UTC));
    }
}
