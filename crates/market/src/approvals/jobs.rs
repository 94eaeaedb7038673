//! What waits for a second person ends when nobody comes, and is forgotten later.

use super::rules;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};
use time::Duration;

/// How long it is remembered what became of an act. The audit log remembers longer.
const REMEMBERED: Duration = Duration::days(90);

/// Puts away what is over, and forgets what was so long ago.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct End {}

impl Job for End {
    const KIND: &'static str = "approvals.end";
}

pub async fn end(db: &Db, base_url: &str, _: End) -> Outcome {
    let mut tx = db.begin().await?;
    let before = tx.now() - REMEMBERED;
    rules::end_due(&mut tx, base_url).await?;
    rules::prune(&mut tx, before).await?;
    Ok(tx.commit().await?)
}
