//! Writing a listing: showing its form, saving it, saving it while one types, publishing it.

use super::{form, or_back, typed};
use axum::http::StatusCode;
use kernel::{FieldErrors, ListingId, Refusal, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::links;
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::listings::model::{Listing, State};
use market::listings::rules as listings;
use time::format_description::well_known::Rfc3339;

pub(super) async fn show(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let listing = listings::find_mine(&mut reader, visit.member(), id).await?;
    let limits = visit.app.market.limits_of(&mut reader, listing.seller).await?;
    // One form, with a button of its own for publishing.
    let typed = [links::sell_edit(id), links::sell_publish(id)].iter().find_map(|to| visit.typed_into(to));
    let whole = typed.filter(|typed| typed.maybe(typed::WHOLE).is_some());
    let filled = Filled::from(whole.unwrap_or_else(|| typed::of(&listing)));
    Ok(Answer::page(form::page(&visit, &listing, limits.as_ref(), &filled)))
}

/// Saves the form. `do` says what then: show the fields of the chosen category, show the page, or stay.
pub(super) async fn save(visit: SignedIn, Path(id): Path<ListingId>, typed: Typed) -> Result<Answer, Answer> {
    if typed.get("do") == "category" {
        return again(&visit, id, typed, FieldErrors::none()).await;
    }
    let listing = match store(&visit, id, &typed).await {
        Err(Refusal::Fields(errors)) => return again(&visit, id, typed, errors).await,
        other => other?,
    };
    let page = links::listing(&listing.slug, id);
    Ok(match (typed.get("do"), listing.state) {
        ("preview", _) => Answer::to(page),
        (_, State::Draft) => Answer::to(links::sell_edit(id)).saying(Flash::ok(visit.say.sell_saved())),
        _ => Answer::to(page).saying(Flash::ok(visit.say.sell_saved())),
    })
}

/// Saves what is right so far of a draft that somebody is still writing. 422 says that not all of it was.
pub(super) async fn draft(
    visit: SignedIn,
    Path(id): Path<ListingId>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let listing = listings::find_mine(&mut tx, visit.member(), id).await?;
    if listing.state != State::Draft {
        return Err(Refusal::Conflict("listing-state").into());
    }
    let (edit, status) = match typed::edit(&typed, &listing) {
        Ok(edit) => (edit, StatusCode::OK),
        Err(errors) => {
            let right = typed::without_mistakes(&typed, &errors);
            (typed::edit(&right, &listing)?, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    let saved = listings::edit(&mut tx, visit.member(), id, edit).await?;
    tx.commit().await?;
    let at = saved.updated_at.format(&Rfc3339).map_err(Refusal::broken)?;
    Ok(Answer::file("application/json", serde_json::json!({ "saved_at": at }).to_string()).status(status))
}

/// Saves the form, if it came along, and makes the listing visible. What was saved stays saved when something
/// is still missing.
pub(super) async fn publish(
    visit: SignedIn,
    Path(id): Path<ListingId>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let published = async {
        if typed.maybe(typed::WHOLE).is_some() {
            store(&visit, id, &typed).await?;
        }
        let mut tx = visit.app.market.db.begin().await?;
        let listing = listings::publish(&mut tx, visit.member(), id).await?;
        can_be_paid(&visit, &listing)?;
        tx.commit().await?;
        Ok(listing)
    };
    match published.await {
        Err(Refusal::Fields(errors)) => again(&visit, id, typed, errors).await,
        other => {
            let done = other.map(|listing: Listing| {
                let page = links::listing(&listing.slug, id);
                Answer::to(page).saying(Flash::ok(visit.say.sell_published()))
            });
            or_back(&visit, done, links::sell_edit(id))
        }
    }
}

/// Saves the form in a unit of work of its own.
async fn store(visit: &SignedIn, id: ListingId, typed: &Typed) -> Result<Listing, Refusal> {
    let mut tx = visit.app.market.db.begin().await?;
    let listing = listings::find_mine(&mut tx, visit.member(), id).await?;
    let edit = typed::edit(typed, &listing)?;
    let saved = listings::edit(&mut tx, visit.member(), id, edit).await?;
    can_be_paid(visit, &saved)?;
    tx.commit().await?;
    Ok(saved)
}

/// Errors: the field `price`.
fn can_be_paid(visit: &SignedIn, listing: &Listing) -> Result<(), Refusal> {
    let because = |_| Refusal::field("price", Wrong::Because("refused-currency-not-payable"));
    visit.app.market.can_be_paid(listing).map_err(because)
}

/// The form once more, as it was typed.
async fn again(visit: &SignedIn, id: ListingId, typed: Typed, errors: FieldErrors) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let listing = listings::find_mine(&mut reader, visit.member(), id).await?;
    let limits = visit.app.market.limits_of(&mut reader, listing.seller).await?;
    // Published from a page without the form: what is stored stands in the fields.
    let typed = if typed.maybe(typed::WHOLE).is_some() { typed } else { typed::of(&listing) };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = form::page(visit, &listing, limits.as_ref(), &typed.with(errors));
    Ok(Answer::page_with(status, page))
}
