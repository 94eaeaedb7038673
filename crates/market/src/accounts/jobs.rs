//! What accounts do later: forget what has ended.

use super::rules;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Deletes sessions, tokens and links a week after they ended.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "accounts.prune";
}

pub async fn prune(db: &Db, _: Prune) -> Outcome {
    let mut tx = db.begin().await?;
    let before = tx.now() - Duration::days(7);
    rules::prune(&mut tx, before).await?;
    Ok(tx.commit().await?)
}
