//! What accounts do later: forget what has ended.

use super::rules;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Deletes sessions, tokens and links a week after they ended, and an account's own history after a year.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "accounts.prune";
}

pub async fn prune(db: &Db, _: Prune) -> Outcome {
    let mut tx = db.begin().await?;
    let now = tx.now();
    rules::prune(&mut tx, now - Duration::days(7), now - Duration::days(365)).await?;
    Ok(tx.commit().await?)
}
