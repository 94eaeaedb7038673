//! What a seller does with a listing in one press: begin it, hide it, end it, take it away and back.

use super::or_back;
use kernel::{ListingId, Refusal};
use kit::Flash;
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::visit::SignedIn;
use market::listings::edit::Edit;
use market::listings::model::{Listing, State};
use market::listings::rules as listings;

/// Opens a draft; an untouched one is taken up again instead of piling up another.
pub(super) async fn start(visit: SignedIn) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let latest = listings::mine(&mut tx, visit.member().id, Some(State::Draft), None, 1).await?;
    if let Some(blank) = latest.items.first().filter(|l| is_untouched(l)) {
        return Ok(Answer::to(links::sell_edit(blank.id)));
    }
    let currency = visit.app.market.config.market.currency;
    let opened = match listings::open(&mut tx, visit.member(), Edit::default(), currency).await {
        Ok(listing) => {
            tx.commit().await.map_err(Refusal::from)?;
            Ok(Answer::to(links::sell_edit(listing.id)))
        }
        Err(refusal) => Err(refusal),
    };
    or_back(&visit, opened, links::sell())
}

fn is_untouched(draft: &Listing) -> bool {
    draft.version == 1 && draft.title.is_empty() && draft.external_id.is_none() && draft.photos.is_empty()
}

pub(super) async fn pause(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let paused = async {
        let mut tx = visit.app.market.db.begin().await?;
        let listing = listings::pause(&mut tx, visit.member(), id).await?;
        tx.commit().await?;
        Ok(shown(&listing, Flash::ok(visit.say.sell_paused()).undoing(links::sell_publish(id))))
    };
    or_back(&visit, paused.await, links::sell())
}

pub(super) async fn sold(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let ended = async {
        let mut tx = visit.app.market.db.begin().await?;
        let listing = listings::mark_sold(&mut tx, visit.member(), id).await?;
        tx.commit().await?;
        Ok(shown(&listing, Flash::ok(visit.say.sell_marked_sold()).undoing(links::sell_publish(id))))
    };
    or_back(&visit, ended.await, links::sell())
}

pub(super) async fn delete(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let gone = async {
        let mut tx = visit.app.market.db.begin().await?;
        listings::delete(&mut tx, visit.member(), id).await?;
        tx.commit().await?;
        let said = Flash::ok(visit.say.sell_deleted()).undoing(links::sell_restore(id));
        Ok(Answer::to(links::sell()).saying(said))
    };
    or_back(&visit, gone.await, links::sell())
}

pub(super) async fn restore(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let listing = listings::undelete(&mut tx, visit.member(), id).await?;
    tx.commit().await?;
    Ok(shown(&listing, Flash::ok(visit.say.sell_restored())))
}

fn shown(listing: &Listing, said: Flash) -> Answer {
    Answer::to(links::listing(&listing.slug, listing.id)).saying(said)
}
