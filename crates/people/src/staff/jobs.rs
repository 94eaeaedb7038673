//! What staff's decisions do later: suspensions end.

use super::suspensions;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};

/// Puts suspensions away whose time is over, and tells their members.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct EndSuspensions {}

impl Job for EndSuspensions {
    const KIND: &'static str = "staff.end_suspensions";
}

pub async fn end_suspensions(db: &Db, base_url: &str, _: EndSuspensions) -> Outcome {
    let mut tx = db.begin().await?;
    suspensions::end_due(&mut tx, base_url).await?;
    Ok(tx.commit().await?)
}
