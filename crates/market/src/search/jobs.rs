//! Feeding the index: from the events, or from the whole database when it is missing or of an old schema.

use super::document;
use super::rules::blocking;
use crate::accounts::{self, events::Renamed, model::Member};
use crate::catalog::catalog;
use crate::listings::events::Changed;
use crate::listings::model::{Listing, State};
use crate::listings::rules as listings;
use ::search::{Change, Document, Engine};
use kernel::{ListingId, MemberId, Refusal};
use platform::events::{self, Event, Mark};
use platform::jobs::JobError;
use platform::{Db, Reader};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Events taken at once, and listings read at once when filling.
const BATCH: i64 = 500;

/// Brings the index up to date with the events after its bookmark. Answers whether there was anything to do.
pub async fn follow(db: &Db, engine: &Arc<Engine>) -> Result<bool, JobError> {
    let Some(mark) = engine.bookmark().and_then(|b| Mark::parse(&b)) else {
        fill(db, engine).await?;
        return Ok(true);
    };
    let mut reader = db.read().await?;
    let happened = events::after(&mut reader, &mark, BATCH).await?;
    let Some(last) = happened.last() else { return Ok(false) };
    let bookmark = last.mark().to_string();
    let mut changed: BTreeSet<ListingId> =
        happened.iter().filter(|e| e.kind == Changed::KIND).map(|e| ListingId(e.subject)).collect();
    for renamed in happened.iter().filter(|e| e.kind == Renamed::KIND) {
        changed.extend(listings::live_of(&mut reader, MemberId(renamed.subject)).await?);
    }
    let changes = changes(&mut reader, &changed.into_iter().collect::<Vec<_>>()).await?;
    drop(reader);
    let engine = Arc::clone(engine);
    blocking(move || engine.apply(changes, &bookmark)).await?;
    Ok(true)
}

/// Builds the index from the database beside the one that answers, and puts it in its place.
pub async fn fill(db: &Db, engine: &Arc<Engine>) -> Result<u64, Refusal> {
    let mut reader = db.read().await?;
    // The bookmark is taken before the first row is read: what changes meanwhile comes again as an event.
    let bookmark = events::horizon(&mut reader).await?.to_string();
    let engine = Arc::clone(engine);
    let mut rebuild = blocking(move || engine.rebuild()).await?;
    let (mut after, mut count) = (ListingId(Uuid::nil()), 0);
    loop {
        let batch = listings::live_after(&mut reader, after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        count += batch.len() as u64;
        let documents = documents(&mut reader, &batch).await?;
        rebuild = blocking(move || {
            rebuild.put(documents)?;
            Ok(rebuild)
        })
        .await?;
    }
    blocking(move || rebuild.finish(&bookmark)).await?;
    tracing::info!(listings = count, "the search index was built");
    Ok(count)
}

async fn changes(reader: &mut Reader, ids: &[ListingId]) -> Result<Vec<Change>, Refusal> {
    let found = listings::find_many(reader, ids).await?;
    let live: Vec<Listing> =
        found.into_iter().filter(|l| l.state == State::Live && l.available() > 0).collect();
    let there: BTreeSet<ListingId> = live.iter().map(|l| l.id).collect();
    let gone = ids.iter().filter(|id| !there.contains(id)).map(|id| Change::Remove(id.0.as_u128()));
    let put = documents(reader, &live).await?.into_iter().map(Change::Put);
    Ok(gone.chain(put).collect())
}

async fn documents(reader: &mut Reader, listings: &[Listing]) -> Result<Vec<Document>, Refusal> {
    let ids: BTreeSet<MemberId> = listings.iter().map(|l| l.seller).collect();
    let sellers = accounts::rules::find_many(reader, &ids.into_iter().collect::<Vec<_>>()).await?;
    let sellers: HashMap<MemberId, Member> = sellers.into_iter().map(|m| (m.id, m)).collect();
    let make = |l: &Listing| Some(document::of(l, sellers.get(&l.seller)?, catalog()));
    Ok(listings.iter().filter_map(make).collect())
}
