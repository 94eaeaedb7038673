//! Filling and emptying carts.

use super::model::{Cart, Line, Owner};
use super::store;
use crate::listings;
use kernel::limits::{CART_LINES_MAX, QUANTITY_MAX};
use kernel::{ListingId, MemberId, Refusal, Wrong};
use platform::{Reader, Tx};

/// Puts a listing in, or adds pieces of one that is in. Errors: `Conflict("not-for-sale")`,
/// `Conflict("own-listing")`, `Conflict("cart-full")`, the field `quantity`.
pub async fn add(tx: &mut Tx, owner: &Owner, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    let viewer = match owner {
        Owner::Member(member) => Some(*member),
        Owner::Visitor(_) => None,
    };
    let listing = listings::rules::show(tx, viewer, id).await?;
    if Some(listing.seller) == viewer {
        return Err(Refusal::Conflict("own-listing"));
    }
    if !listing.is_buyable() || !listings::suspended::may_sell(tx, &[listing.seller]).await? {
        return Err(Refusal::Conflict("not-for-sale"));
    }
    let cart = store::open(tx, owner).await?;
    let there = store::quantity(tx, cart, id).await?;
    if there.is_none() && store::count(tx, owner).await? >= CART_LINES_MAX {
        return Err(Refusal::Conflict("cart-full"));
    }
    let wanted = there.unwrap_or(0).saturating_add(check_quantity(pieces)?);
    let wanted = check_quantity(wanted)?.min(listing.available());
    Ok(store::put(tx, cart, id, wanted).await?)
}

/// Sets how many pieces; none takes it out.
pub async fn set(tx: &mut Tx, owner: &Owner, id: ListingId, pieces: i32) -> Result<(), Refusal> {
    let cart = store::open(tx, owner).await?;
    if pieces <= 0 {
        return Ok(store::remove(tx, cart, &[id]).await?);
    }
    let listing = listings::rules::show(tx, None, id).await?;
    let wanted = check_quantity(pieces)?.min(listing.available().max(1));
    Ok(store::put(tx, cart, id, wanted).await?)
}

/// Takes listings out, for instance those that were just ordered.
pub async fn remove(tx: &mut Tx, owner: &Owner, ids: &[ListingId]) -> Result<(), Refusal> {
    match store::find(tx, owner).await? {
        Some(cart) => Ok(store::remove(tx, cart, ids).await?),
        None => Ok(()),
    }
}

/// What is in it, as the listings are now. A listing that was deleted is not shown.
pub async fn show(reader: &mut Reader, owner: &Owner) -> Result<Cart, Refusal> {
    let Some(id) = store::find(reader, owner).await? else { return Ok(Cart::default()) };
    let wanted = store::lines(reader, id).await?;
    let ids: Vec<ListingId> = wanted.iter().map(|(id, _)| *id).collect();
    let mut found = listings::rules::find_many(reader, &ids).await?;
    found.retain(|l| l.state != listings::model::State::Deleted);
    let line = |(id, quantity): &(ListingId, i32)| {
        let at = found.iter().position(|l| l.id == *id)?;
        Some(Line { listing: found[at].clone(), quantity: *quantity })
    };
    Ok(Cart { id: Some(id), lines: wanted.iter().filter_map(line).collect() })
}

/// How many different listings are in it.
pub async fn count(reader: &mut Reader, owner: &Owner) -> Result<i64, Refusal> {
    Ok(store::count(reader, owner).await?)
}

/// At sign-in: what the visitor had chosen joins what the member had; the larger quantity stands.
pub async fn join(tx: &mut Tx, visitor: &[u8], member: MemberId) -> Result<(), Refusal> {
    let from = Owner::Visitor(visitor.to_vec());
    let Some(old) = store::find(tx, &from).await? else { return Ok(()) };
    let cart = store::open(tx, &Owner::Member(member)).await?;
    store::merge(tx, old, cart, member).await?;
    Ok(())
}

/// These listings are gone: nobody has them in a cart any more.
pub async fn remove_everywhere(tx: &mut Tx, ids: &[ListingId]) -> Result<(), Refusal> {
    Ok(store::remove_everywhere(tx, ids).await?)
}

/// Empties a member's cart for good.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_of(tx, member).await?)
}

fn check_quantity(pieces: i32) -> Result<i32, Refusal> {
    match i64::from(pieces) {
        ..1 => Err(Refusal::field("quantity", Wrong::TooSmall { min: 1 })),
        n if n > QUANTITY_MAX => Err(Refusal::field("quantity", Wrong::TooBig { max: QUANTITY_MAX })),
        _ => Ok(pieces),
    }
}
