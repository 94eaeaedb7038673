//! Listings that another program keeps under an id of its own: an import, or a shop that sends its goods by the API.

use super::edit::Edit;
use super::model::{Listing, State};
use super::rules::{apply, blank, change, lock_mine, step, tell};
use super::store;
use crate::accounts::model::Member;
use kernel::{Currency, ListingId, Refusal};
use platform::{Reader, Tx};

/// The seller's own listing with that external id, even if it was deleted: what `put` would change.
pub async fn find(reader: &mut Reader, by: &Member, external_id: &str) -> Result<Option<Listing>, Refusal> {
    match store::find_by_external_id(reader, by.id, external_id).await? {
        Some(id) => Ok(store::find(reader, id).await?),
        None => Ok(None),
    }
}

/// Makes or updates the seller's listing with that external id, live or as a draft: what an import does, so
/// doing it twice changes nothing. One that was deleted is there again. Answers the id and whether it is new.
/// Errors: the fields that are missing; nothing is written then.
pub async fn put(
    tx: &mut Tx,
    by: &Member,
    external_id: &str,
    edit: Edit,
    live: bool,
) -> Result<(ListingId, bool), Refusal> {
    if let Some(id) = store::find_by_external_id(tx, by.id, external_id).await? {
        update(tx, by, id, edit, live).await?;
        return Ok((id, false));
    }
    if let Some(id) = insert(tx, by, external_id, edit.clone(), live).await? {
        return Ok((id, true));
    }
    // Somebody else made it while we did, and has committed: it is theirs that we change.
    let id = store::find_by_external_id(tx, by.id, external_id).await?.ok_or(Refusal::NotFound)?;
    update(tx, by, id, edit, live).await?;
    Ok((id, false))
}

async fn update(tx: &mut Tx, by: &Member, id: ListingId, edit: Edit, live: bool) -> Result<(), Refusal> {
    let mut mine = lock_mine(tx, by.id, id).await?;
    let mut wanted = mine.clone();
    apply(&mut wanted, edit.clone());
    if mine.state == State::Deleted {
        // Somebody offers it again. Checked first, so that a refused row leaves it deleted.
        if live || mine.published_at.is_some() {
            wanted.ready()?;
        }
        store::undelete(tx, mine).await?;
        tell(tx, id).await?;
        mine = lock_mine(tx, by.id, id).await?;
    }
    if mine.state != State::Draft || !live {
        change(tx, by.id, mine, edit).await?;
        return Ok(());
    }
    wanted.ready()?;
    let now = tx.now();
    change(tx, by.id, mine, edit).await?;
    let again = lock_mine(tx, by.id, id).await?;
    step(tx, by.id, again, State::Live, |it| it.published_at = it.published_at.or(Some(now))).await?;
    Ok(())
}

/// Nothing when there is one with that external id by now.
async fn insert(
    tx: &mut Tx,
    by: &Member,
    external_id: &str,
    edit: Edit,
    live: bool,
) -> Result<Option<ListingId>, Refusal> {
    let priced = edit.price.flatten().map(|p| p.currency);
    let currency = edit.currency.or(priced).unwrap_or(Currency::EUR);
    let mut listing = blank(tx, by, Some(external_id.to_owned()), currency);
    apply(&mut listing, edit);
    if live {
        listing.ready()?;
        listing.published_at = Some(tx.now());
        listing.state = State::Live;
    }
    if !store::insert(tx, &listing).await? {
        return Ok(None);
    }
    if live {
        tell(tx, listing.id).await?;
    }
    Ok(Some(listing.id))
}
