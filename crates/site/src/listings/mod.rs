//! The page of a listing: photos, price, what one must know, and the seller.

mod buy;
mod owner;
mod view;

pub(crate) use owner::tools;
pub(crate) use view::title;

use kernel::{ListingId, Refusal};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::policy::{Audience, Object};
use kit::route::{Route, get};
use kit::visit::Visit;
use market::accounts::rules as accounts;
use market::catalog::catalog;
use market::listings::model::{Listing, State};
use market::listings::rules as listings;
use market::search::model::{Ask, Found, Sort};
use market::search::rules as search;

/// Similar listings that are shown, and below how many the category above is asked too.
const SIMILAR: usize = 8;
const FEW: usize = 4;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/listings/{name}", "listings.show", show).audience(Audience::Everyone).object(Object::Listing)]
}

/// `name` is a slug and the id, or the id alone; only the present slug stays in the address.
async fn show(visit: Visit, Path(name): Path<String>) -> Result<Answer, Answer> {
    let (id, slug) = links::read_listing(&name).ok_or(Refusal::NotFound)?;
    let viewer = visit.member.as_ref().map(|m| m.id);
    let mut reader = visit.read().await?;
    let listing = listings::show(&mut reader, viewer, id).await?;
    if slug != listing.slug {
        return Ok(Answer::moved(links::listing(&listing.slug, id)));
    }
    let mine = visit.is(listing.seller);
    let seller = accounts::find(&mut reader, listing.seller).await?.filter(|s| mine || s.leaving.is_none());
    let seller = seller.ok_or(Refusal::NotFound)?;
    let fees = visit.app.market.fees(&mut reader, &[&listing]).await?;
    let limits = match mine {
        true => visit.app.market.limits_of(&mut reader, listing.seller).await?,
        false => None,
    };
    drop(reader);
    if !mine && listing.state == State::Live {
        visit.app.market.views.saw(id);
    }
    let similar = if mine { Vec::new() } else { similar(&visit, &listing).await? };
    let side = if mine {
        owner::panel(&visit, &listing, limits.as_ref())
    } else {
        buy::panel(&visit, &listing, &fees)
    };
    Ok(Answer::page(view::page(&visit, &listing, &seller, &side, &similar)).cacheable(30))
}

/// The newest of the same category; when they are few, of the one above it.
async fn similar(visit: &Visit, listing: &Listing) -> Result<Vec<Found>, Refusal> {
    let Some(category) = listing.category.as_deref().and_then(|c| catalog().find(c)) else {
        return Ok(Vec::new());
    };
    let found = newest_of(visit, &category.id, listing.id).await?;
    match category.parent() {
        Some(parent) if found.len() < FEW => newest_of(visit, parent, listing.id).await,
        _ => Ok(found),
    }
}

async fn newest_of(visit: &Visit, category: &str, but: ListingId) -> Result<Vec<Found>, Refusal> {
    let ask =
        Ask { category: Some(category.to_owned()), sort: Sort::Newest, limit: SIMILAR + 1, ..Ask::default() };
    let mut found = search::find(&visit.app.market.engine, ask).await?.items;
    found.retain(|f| f.card.id != but);
    found.truncate(SIMILAR);
    Ok(found)
}
