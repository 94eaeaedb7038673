//! Fetching the rates of the day.

use super::rules::{import, tell_old};
use platform::Db;
use platform::jobs::{Job, JobError, Outcome};
use platform::outgoing::{Call, Url, Wire};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the file may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reads the rates of the European Central Bank. Those that are there already stay.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Read {}

impl Job for Read {
    const KIND: &'static str = "rates.read";
}

/// Fetches the file at `url` and keeps what is new in it. Whether that goes well or not, rates that have grown old become a
/// ticket. Errors: it cannot be fetched, or is no such file; then it is tried again.
pub async fn read(db: &Db, wire: &dyn Wire, url: &str, _: Read) -> Outcome {
    let fetched = fetch(db, wire, url).await;
    let mut tx = db.begin().await?;
    tell_old(&mut tx).await?;
    tx.commit().await?;
    fetched
}

async fn fetch(db: &Db, wire: &dyn Wire, url: &str) -> Outcome {
    let again = |words: String| JobError::Again(words.into());
    let url: Url = url.parse().map_err(|_| JobError::Never(format!("{url} is not an address")))?;
    let reply =
        wire.send(Call::get(&url).patience(PATIENCE)).await.map_err(|error| again(error.to_string()))?;
    if reply.status != 200 {
        return Err(again(format!("the rates were answered with {}", reply.status)));
    }
    let text = std::str::from_utf8(&reply.body).map_err(|error| again(error.to_string()))?;
    let mut tx = db.begin().await?;
    import(&mut tx, text).await?;
    Ok(tx.commit().await?)
}
