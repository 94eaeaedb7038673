//! What a seller may do with a listing, and what others may see of it.

use super::edit::Edit;
use super::events::Changed;
use super::model::{Deal, Listing, State};
use super::store::{self, Mine};
use crate::accounts::model::Member;
use crate::permissions::Permission;
use crate::photos;
use kernel::ids::Id;
use kernel::limits::DRAFTS_MAX;
use kernel::{Currency, Cursor, ListingId, MemberId, Page, Refusal};
use platform::{Reader, Tx, audit, events};
use serde_json::json;
use std::collections::BTreeMap;

pub use super::store::PastEdit;

/// Opens a draft with what is known so far. Errors: `Conflict("too-many-drafts")`.
pub async fn open(tx: &mut Tx, by: &Member, edit: Edit, currency: Currency) -> Result<Listing, Refusal> {
    if store::count_drafts(tx, by.id).await? >= DRAFTS_MAX {
        return Err(Refusal::Conflict("too-many-drafts"));
    }
    let mut listing = blank(tx, by, None, currency);
    apply(&mut listing, edit);
    store::insert(tx, &listing).await?;
    Ok(listing)
}

/// Changes a listing; a live one must stay fit to be live. Answers it as it is now.
pub async fn edit(tx: &mut Tx, by: &Member, id: ListingId, edit: Edit) -> Result<Listing, Refusal> {
    let mine = lock_mine(tx, by.id, id).await?;
    change(tx, by.id, mine, edit).await
}

/// Makes a listing visible to everybody. Errors: the fields that are missing; `Conflict("listing-state")`;
/// `Conflict("verify-first")` for an unproven address.
pub async fn publish(tx: &mut Tx, by: &Member, id: ListingId) -> Result<Listing, Refusal> {
    if !by.verified {
        return Err(Refusal::Conflict("verify-first"));
    }
    let mine = lock_mine(tx, by.id, id).await?;
    if mine.state == State::Live {
        return with_photos(tx, mine.into_listing()).await;
    }
    mine.ready()?;
    let now = tx.now();
    step(tx, by.id, mine, State::Live, |it| it.published_at = it.published_at.or(Some(now))).await
}

/// Hides a live listing for a while. Errors: `Conflict("listing-state")`.
pub async fn pause(tx: &mut Tx, by: &Member, id: ListingId) -> Result<Listing, Refusal> {
    let mine = lock_mine(tx, by.id, id).await?;
    step(tx, by.id, mine, State::Paused, |_| ()).await
}

/// Says that it was sold elsewhere. Errors: `Conflict("listing-state")`.
pub async fn mark_sold(tx: &mut Tx, by: &Member, id: ListingId) -> Result<Listing, Refusal> {
    let mine = lock_mine(tx, by.id, id).await?;
    step(tx, by.id, mine, State::Sold, |_| ()).await
}

/// Takes a listing away; orders keep what they were made of. Can be undone.
/// Errors: `Conflict("listing-reserved")` while pieces are promised to a buyer who is paying.
pub async fn delete(tx: &mut Tx, by: &Member, id: ListingId) -> Result<(), Refusal> {
    let mine = lock_mine(tx, by.id, id).await?;
    if mine.state == State::Deleted {
        return Ok(());
    }
    if mine.reserved > 0 {
        return Err(Refusal::Conflict("listing-reserved"));
    }
    store::delete(tx, mine).await?;
    audit::write(tx, Some(by.id), "listings.delete", ("listing", id.0), json!({})).await?;
    tell(tx, id).await
}

/// Undoes a deletion.
pub async fn undelete(tx: &mut Tx, by: &Member, id: ListingId) -> Result<Listing, Refusal> {
    let mine = lock_mine(tx, by.id, id).await?;
    store::undelete(tx, mine).await?;
    audit::write(tx, Some(by.id), "listings.undelete", ("listing", id.0), json!({})).await?;
    tell(tx, id).await?;
    find_mine(tx, by, id).await
}

/// A listing as anybody may see it: live or sold for everyone, any state for its seller. Errors: `NotFound`.
pub async fn show(reader: &mut Reader, viewer: Option<MemberId>, id: ListingId) -> Result<Listing, Refusal> {
    let found = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let visible = match found.state {
        State::Live | State::Sold => true,
        State::Draft | State::Paused => viewer == Some(found.seller),
        State::Deleted => false,
    };
    if visible { with_photos(reader, found).await } else { Err(Refusal::NotFound) }
}

/// The seller's own listing in any state but deleted. Errors: `NotFound`.
pub async fn find_mine(reader: &mut Reader, by: &Member, id: ListingId) -> Result<Listing, Refusal> {
    let found = store::find(reader, id).await?.filter(|l| l.seller == by.id && l.state != State::Deleted);
    with_photos(reader, found.ok_or(Refusal::NotFound)?).await
}

/// The seller's own listings, newest first; `state` narrows them.
pub async fn mine(
    reader: &mut Reader,
    seller: MemberId,
    state: Option<State>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<Listing>, Refusal> {
    let before = match after {
        Some(cursor) => {
            Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", kernel::Wrong::BadShape))?)
        }
        None => None,
    };
    let limit_plus_one = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found = store::of_seller(reader, seller, state, before, limit_plus_one).await?;
    fill_photos(reader, &mut found).await?;
    Ok(Page::cut(found, limit, |l| l.id.to_string()))
}

/// How many listings a seller has in each state; those that are deleted are not counted.
pub async fn counts(reader: &mut Reader, seller: MemberId) -> Result<BTreeMap<State, i64>, Refusal> {
    let counted = store::count_by_state(reader, seller).await?;
    Ok(counted.into_iter().filter_map(|(name, n)| Some((State::find(&name)?, n))).collect())
}

/// Several listings with their photos, whatever their state, in no order.
pub async fn find_many(reader: &mut Reader, ids: &[ListingId]) -> Result<Vec<Listing>, Refusal> {
    let mut found = store::find_many(reader, ids).await?;
    fill_photos(reader, &mut found).await?;
    Ok(found)
}

/// Live listings after an id, for filling a search index.
pub async fn live_after(reader: &mut Reader, after: ListingId, limit: i64) -> Result<Vec<Listing>, Refusal> {
    let mut found = store::live_after(reader, after, limit).await?;
    fill_photos(reader, &mut found).await?;
    Ok(found)
}

/// What a seller has live: it shows their handle.
pub async fn live_of(reader: &mut Reader, seller: MemberId) -> Result<Vec<ListingId>, Refusal> {
    Ok(store::live_of(reader, seller).await?)
}

/// All listings (of a seller) after an id, for an export.
pub async fn all_after(
    reader: &mut Reader,
    seller: Option<MemberId>,
    after: ListingId,
    limit: i64,
) -> Result<Vec<Listing>, Refusal> {
    Ok(store::all_after(reader, seller, after, limit).await?)
}

/// What was changed and when, the latest first. For the seller as long as they have the listing, and for staff, who
/// may have to know what it said. Errors: `NotFound`.
pub async fn history(reader: &mut Reader, by: &Member, id: ListingId) -> Result<Vec<PastEdit>, Refusal> {
    let is_for =
        |l: &Listing| (l.seller == by.id && l.state != State::Deleted) || by.may(Permission::ListingsHistory);
    store::find(reader, id).await?.filter(is_for).ok_or(Refusal::NotFound)?;
    Ok(store::edits(reader, id).await?)
}

pub(super) async fn lock_mine(tx: &mut Tx, seller: MemberId, id: ListingId) -> Result<Mine, Refusal> {
    store::lock_mine(tx, seller, id).await?.ok_or(Refusal::NotFound)
}

/// Tells whoever listens that a listing is not what it was.
pub(super) async fn tell(tx: &mut Tx, id: ListingId) -> Result<(), Refusal> {
    Ok(events::append(tx, &Changed { listing: id }).await?)
}

pub(super) async fn change(tx: &mut Tx, by: MemberId, mine: Mine, edit: Edit) -> Result<Listing, Refusal> {
    if mine.state == State::Deleted {
        return Err(Refusal::NotFound);
    }
    let before = mine.into_listing();
    let mut after = before.clone();
    apply(&mut after, edit);
    after.quantity = after.quantity.max(after.reserved);
    let changes = difference(&before, &after);
    if changes.is_empty() {
        return with_photos(tx, after).await;
    }
    if after.state == State::Live {
        after.ready()?;
    }
    after.version += 1;
    after.updated_at = tx.now();
    store::save(tx, &after).await?;
    if before.state != State::Draft {
        store::insert_edit(tx, &after, by, json!(changes)).await?;
        tell(tx, after.id).await?;
    }
    with_photos(tx, after).await
}

pub(super) async fn step(
    tx: &mut Tx,
    by: MemberId,
    mine: Mine,
    next: State,
    also: impl FnOnce(&mut Listing),
) -> Result<Listing, Refusal> {
    if !mine.state.may_become(next) {
        return Err(Refusal::Conflict("listing-state"));
    }
    let mut listing = mine.into_listing();
    let changes = json!({ "state": [listing.state.name(), next.name()] });
    listing.state = next;
    also(&mut listing);
    listing.version += 1;
    listing.updated_at = tx.now();
    store::save(tx, &listing).await?;
    store::insert_edit(tx, &listing, by, changes).await?;
    tell(tx, listing.id).await?;
    with_photos(tx, listing).await
}

pub(super) fn blank(tx: &Tx, by: &Member, external_id: Option<String>, currency: Currency) -> Listing {
    let now = tx.now();
    let home = by.town.as_deref().zip(by.country.as_deref());
    let town = home.and_then(|(town, country)| crate::places::find(&format!("{town}, {country}")));
    Listing {
        id: ListingId::new(now, tx.dice()),
        seller: by.id,
        external_id,
        state: State::Draft,
        title: String::new(),
        slug: String::new(),
        description: String::new(),
        category: None,
        condition: None,
        price: None,
        currency,
        open_to_offers: false,
        deal: Deal::Cash,
        wanted: String::new(),
        quantity: 1,
        reserved: 0,
        ship: true,
        meet: false,
        shipping: None,
        town: town.map(|t| t.name.clone()),
        country: town.map(|t| t.country.clone()),
        lat: town.map(|t| t.lat),
        lng: town.map(|t| t.lng),
        attributes: BTreeMap::new(),
        views: 0,
        version: 1,
        created_at: now,
        updated_at: now,
        published_at: None,
        photos: Vec::new(),
    }
}

pub(super) fn apply(it: &mut Listing, edit: Edit) {
    if let Some(title) = edit.title {
        it.slug = kernel::text::slug(&title);
        it.title = title;
    }
    it.description = edit.description.unwrap_or_else(|| std::mem::take(&mut it.description));
    it.category = edit.category.unwrap_or_else(|| it.category.take());
    it.condition = edit.condition.unwrap_or(it.condition);
    it.currency = edit.currency.unwrap_or(it.currency);
    it.price = edit.price.unwrap_or(it.price).map(|p| kernel::Money::new(p.amount, it.currency));
    it.shipping = edit.shipping.unwrap_or(it.shipping).map(|p| kernel::Money::new(p.amount, it.currency));
    it.open_to_offers = edit.open_to_offers.unwrap_or(it.open_to_offers);
    it.deal = edit.deal.unwrap_or(it.deal);
    it.wanted = edit.wanted.unwrap_or_else(|| std::mem::take(&mut it.wanted));
    it.quantity = edit.quantity.unwrap_or(it.quantity);
    (it.ship, it.meet) = edit.delivery.unwrap_or((it.ship, it.meet));
    it.attributes = edit.attributes.unwrap_or_else(|| std::mem::take(&mut it.attributes));
    if let Some(place) = edit.place {
        it.lat = place.as_ref().map(|t| t.lat);
        it.lng = place.as_ref().map(|t| t.lng);
        it.country = place.as_ref().map(|t| t.country.clone());
        it.town = place.map(|t| t.name);
    }
}

/// A field's name, and its value in words.
type Field = (&'static str, fn(&Listing) -> String);

/// Field → [before, after], of the fields that differ, in words.
fn difference(before: &Listing, after: &Listing) -> BTreeMap<&'static str, [String; 2]> {
    let fields: [Field; 14] = [
        ("title", |l| l.title.clone()),
        ("description", |l| l.description.clone()),
        ("category", |l| l.category.clone().unwrap_or_default()),
        ("condition", |l| l.condition.map_or("", |c| c.name()).to_owned()),
        ("price", |l| l.price.map(|p| p.decimal()).unwrap_or_default()),
        ("currency", |l| l.currency.code().to_owned()),
        ("open_to_offers", |l| l.open_to_offers.to_string()),
        ("deal", |l| l.deal.name().to_owned()),
        ("wanted", |l| l.wanted.clone()),
        ("quantity", |l| l.quantity.to_string()),
        ("delivery", |l| {
            format!("{} {}", if l.ship { "ship" } else { "" }, if l.meet { "meet" } else { "" })
                .trim()
                .to_owned()
        }),
        ("shipping_price", |l| l.shipping.map(|p| p.decimal()).unwrap_or_default()),
        ("location", |l| {
            l.town.clone().zip(l.country.clone()).map(|(t, c)| format!("{t}, {c}")).unwrap_or_default()
        }),
        ("attributes", |l| l.attributes.iter().map(|(k, v)| format!("{k}={v} ")).collect()),
    ];
    fields
        .into_iter()
        .map(|(name, of)| (name, [of(before), of(after)]))
        .filter(|(_, [a, b])| a != b)
        .collect()
}

async fn with_photos(reader: &mut Reader, mut listing: Listing) -> Result<Listing, Refusal> {
    listing.photos = photos::rules::of(reader, listing.id).await?;
    Ok(listing)
}

async fn fill_photos(reader: &mut Reader, listings: &mut [Listing]) -> Result<(), Refusal> {
    let ids: Vec<ListingId> = listings.iter().map(|l| l.id).collect();
    let mut photos: std::collections::HashMap<ListingId, Vec<_>> = std::collections::HashMap::new();
    for (id, photo) in photos::rules::of_many(reader, &ids).await? {
        photos.entry(id).or_default().push(photo);
    }
    for listing in listings {
        listing.photos = photos.remove(&listing.id).unwrap_or_default();
    }
    Ok(())
}
