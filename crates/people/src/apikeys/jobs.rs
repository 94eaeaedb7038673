//! What keys do later: be forgotten.

use super::rules;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Deletes keys 90 days after they ended.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "apikeys.prune";
}

pub async fn prune(db: &Db, _: Prune) -> Outcome {
    let mut tx = db.begin().await?;
    let before = tx.now() - Duration::days(90);
    rules::prune(&mut tx, before).await?;
    Ok(tx.commit().await?)
}
