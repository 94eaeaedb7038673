//! Selling: one's own listings, the form that makes one, its photos, and what may be done with it later.

mod typed;
mod mine;
mod photos;
mod form;
mod edit;
mod moves;
mod history;

use kernel::Refusal;
use kernel::limits::PHOTO_BYTES_MAX;
use kit::Flash;
use kit::answer::{Answer, Denied};
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::Visit;

/// Bytes of one upload: without scripts several photos come at once.
const UPLOAD_BYTES_MAX: usize = 4 * PHOTO_BYTES_MAX;

/// The routes of this module. Whose the listing is, the rules check; somebody else's is not there.
pub(crate) fn routes() -> Vec<Route> {
    let member = Audience::Member;
    let listing = Object::Listing;
    vec![
        get("/sell", "sell.index", mine::index).audience(member),
        post("/sell", "sell.start", moves::start).audience(member),
        get("/sell/{id}", "sell.edit", edit::show).audience(member).object(listing),
        post("/sell/{id}", "sell.save", edit::save).audience(member).object(listing).form_on("/sell/{id}"),
        post("/sell/{id}/draft", "sell.draft", edit::draft).audience(member).object(listing),
        post("/sell/{id}/publish", "sell.publish", edit::publish)
            .audience(member)
            .object(listing)
            .form_on("/sell/{id}"),
        post("/sell/{id}/pause", "sell.pause", moves::pause).audience(member).object(listing),
        post("/sell/{id}/sold", "sell.sold", moves::sold).audience(member).object(listing),
        post("/sell/{id}/delete", "sell.delete", moves::delete).audience(member).object(listing),
        post("/sell/{id}/restore", "sell.restore", moves::restore).audience(member).object(listing),
        get("/sell/{id}/history", "sell.history", history::show).audience(member).object(listing),
        post("/sell/{id}/photos", "sell.photos_add", photos::add)
            .audience(member)
            .object(listing)
            .rate(Rate::Upload)
            .body(UPLOAD_BYTES_MAX),
        post("/sell/{id}/photos/order", "sell.photos_order", photos::order).audience(member).object(listing),
        post("/sell/{id}/photos/{photo}", "sell.photos_change", photos::change)
            .audience(member)
            .object(Object::Photo),
    ]
}

/// A move that the state forbids leads back to `back` and says why; everything else is an answer or an error.
fn or_back(visit: &Visit, result: Result<Answer, Refusal>, back: String) -> Result<Answer, Answer> {
    match result {
        Err(refusal @ Refusal::Conflict(_)) => {
            let why = Denied::from(refusal).text(&visit.say);
            Ok(Answer::to(back).saying(Flash::bad(why)))
        }
        other => Ok(other?),
    }
}
