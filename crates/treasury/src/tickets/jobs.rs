//! Staff is told of new tickets once an hour, of all together.

use super::events::TicketOpened;
use super::letters;
use super::model::Kind;
use people::accounts::rules as accounts;
use people::permissions::Permission;
use people::staff::roles;
use platform::events::{self, Event};
use platform::jobs::{Job, JobError, Outcome};
use platform::{Db, Tx, mail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the bookmark in the stream of events.
const READER: &str = "tickets";
/// Events that are read at once.
const AT_ONCE: i64 = 1_000;

/// Tells staff of what was opened since it last did.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Digest {}

impl Job for Digest {
    const KIND: &'static str = "tickets.digest";
}

/// One letter for each of those who may see tickets. The bookmark moves with it, so that each ticket is told of once.
pub async fn digest(db: &Db, base_url: &str, _: Digest) -> Outcome {
    let mut tx = db.begin().await?;
    let Some(mut mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(()) };
    let mut opened: BTreeMap<&'static str, (Kind, i64)> = BTreeMap::new();
    loop {
        let happened = events::after(&mut tx, &mark, AT_ONCE).await?;
        let Some(last) = happened.last() else { break };
        mark = last.mark().clone();
        for event in happened.iter().filter(|event| event.kind == TicketOpened::KIND) {
            let ticket: TicketOpened = serde_json::from_value(event.payload.clone())
                .map_err(|error| JobError::Never(error.to_string()))?;
            let kind = Kind::find(&ticket.kind).unwrap_or(Kind::Other);
            opened.entry(kind.name()).or_insert((kind, 0)).1 += 1;
        }
    }
    let opened: Vec<(Kind, i64)> = opened.into_values().collect();
    if !opened.is_empty() {
        tell(&mut tx, &opened, base_url).await?;
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    Ok(tx.commit().await?)
}

async fn tell(tx: &mut Tx, opened: &[(Kind, i64)], base_url: &str) -> Result<(), JobError> {
    let ids = roles::holders(tx, Permission::TicketsSee).await?;
    for member in accounts::find_many(tx, &ids).await? {
        mail::queue(tx, letters::opened(&member, opened, base_url)).await?;
    }
    Ok(())
}
