//! Holds end by themselves.

use super::rules;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};

/// Lifts holds whose time is over.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct End {}

impl Job for End {
    const KIND: &'static str = "holds.end";
}

/// Again and again until none is due; each batch in a transaction of its own. Twice is once: what is lifted is not due.
pub async fn end(db: &Db, _: End) -> Outcome {
    loop {
        let mut tx = db.begin().await?;
        let ended = rules::end_due(&mut tx).await?;
        tx.commit().await?;
        if !ended {
            return Ok(());
        }
    }
}
