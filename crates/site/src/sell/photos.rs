//! The photos of a listing: add, put in order, take away. Every one is a form of its own, so it works without
//! scripts; with them only this piece of the page is replaced.

use super::{form, typed};
use axum::http::StatusCode;
use kernel::limits::PHOTOS_MAX;
use kernel::{FieldErrors, ListingId, PhotoId, Refusal};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::{PictureView, button, icon_large, post, upload_form};
use kit::visit::{SignedIn, Visit};
use kit::{Typed, Upload};
use market::listings::model::Listing;
use market::listings::{photos, rules as listings};
use market::photos::model::Photo;
use maud::{Markup, html};

/// The id of the piece that scripts replace.
const PIECE: &str = "photos";

pub(super) async fn add(
    visit: SignedIn,
    Path(id): Path<ListingId>,
    upload: Upload,
) -> Result<Answer, Answer> {
    let market = &visit.app.market;
    for file in upload.of("photo") {
        let bytes = file.bytes.clone();
        match photos::add(&market.db, (&market.studio, &market.objects), visit.member(), id, bytes).await {
            // Those before it are kept; what is wrong with this one is said.
            Err(Refusal::Fields(errors)) => return refused(&visit, id, errors).await,
            other => drop(other?),
        }
    }
    done(&visit, id).await
}

/// Moves a photo one place, or takes it away: `do` is "earlier", "later" or "delete".
pub(super) async fn change(
    visit: SignedIn,
    Path((id, photo)): Path<(ListingId, PhotoId)>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let listing = listings::find_mine(&mut tx, visit.member(), id).await?;
    let at = listing.photos.iter().position(|p| p.id == photo).ok_or(Refusal::NotFound)?;
    match typed.get("do") {
        "earlier" => photos::place(&mut tx, visit.member(), id, photo, at.saturating_sub(1)).await?,
        "later" => photos::place(&mut tx, visit.member(), id, photo, at + 1).await?,
        "delete" => photos::remove(&mut tx, visit.member(), id, photo).await?,
        _ => {}
    }
    tx.commit().await?;
    done(&visit, id).await
}

/// Puts all photos in the order of their ids in `order`; what is not named stays behind them.
pub(super) async fn order(
    visit: SignedIn,
    Path(id): Path<ListingId>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let wanted = typed.get("order").split(',').filter_map(|p| p.trim().parse::<PhotoId>().ok());
    for (position, photo) in wanted.take(PHOTOS_MAX).enumerate() {
        photos::place(&mut tx, visit.member(), id, photo, position).await?;
    }
    tx.commit().await?;
    done(&visit, id).await
}

async fn done(visit: &SignedIn, id: ListingId) -> Result<Answer, Answer> {
    if !visit.wants(PIECE) {
        return Ok(Answer::to(format!("{}#{PIECE}", links::sell_edit(id))));
    }
    let listing = listings::find_mine(&mut visit.read().await?, visit.member(), id).await?;
    Ok(Answer::page(manager(visit, &listing, &FieldErrors::none())))
}

async fn refused(visit: &SignedIn, id: ListingId, errors: FieldErrors) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let listing = listings::find_mine(&mut reader, visit.member(), id).await?;
    let limits = visit.app.market.limits_of(&mut reader, listing.seller).await?;
    let page = match visit.wants(PIECE) {
        true => manager(visit, &listing, &errors),
        false => form::page(visit, &listing, limits.as_ref(), &typed::of(&listing).with(errors)),
    };
    Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The part of the sell page with the photos.
pub(super) fn section(visit: &Visit, listing: &Listing, errors: &FieldErrors) -> Markup {
    let say = &visit.say;
    html! {
        section.form-section aria-labelledby="s-photos" {
            h2 #s-photos { (say.field_photo()) }
            p.hint { (say.sell_photos_hint(PHOTOS_MAX)) }
            (manager(visit, listing, errors))
        }
    }
}

fn manager(visit: &Visit, listing: &Listing, errors: &FieldErrors) -> Markup {
    let say = &visit.say;
    let total = listing.photos.len();
    html! {
        photo-manager #(PIECE) .photos data-order-url=(links::sell_photo_order(listing.id))
            data-uploading=(say.sell_photo_uploading("{name}")) data-failed=(say.sell_photo_failed("{name}"))
            data-retry=(say.sell_photo_retry()) data-moved=(say.sell_photo_moved("{n}")) {
            @if let Some(wrong) = errors.of("photo") {
                p.err #f-photo-err { span.vh { (say.form_error_label()) } " " (wrong.say(say)) }
            }
            ol.photo-tiles role="list" {
                @for (n, photo) in listing.photos.iter().enumerate() { (tile(visit, listing, photo, n, total)) }
            }
            @if total < PHOTOS_MAX { (adder(visit, listing, errors)) }
        }
    }
}

/// One photo, counted from 0, with its buttons; those that would do nothing are left out.
fn tile(visit: &Visit, listing: &Listing, photo: &Photo, n: usize, total: usize) -> Markup {
    let (say, at) = (&visit.say, n + 1);
    let view = PictureView::from(photo);
    html! {
        li.photo-tile data-id=(photo.id) {
            img src=(view.src(480)) alt=(say.photo_number(at)) width="240" height="240" decoding="async";
            span.pos aria-hidden="true" { (at) }
            (post(visit, &links::sell_photo(listing.id, photo.id), Some("photo-acts"), html! {
                @if n > 0 {
                    (button(say.sell_photo_earlier(at)).square().icon("chevron-start").value("do", "earlier"))
                }
                @if at < total {
                    (button(say.sell_photo_later(at)).square().icon("chevron-end").value("do", "later"))
                }
                (button(say.sell_photo_delete(at)).square().danger().icon("trash").value("do", "delete"))
            }))
        }
    }
}

fn adder(visit: &Visit, listing: &Listing, errors: &FieldErrors) -> Markup {
    let say = &visit.say;
    let wrong = errors.of("photo").map(|_| "true");
    upload_form(
        visit,
        &links::sell_photos(listing.id),
        Some("photo-add"),
        html! {
            label.drop for="f-photo" {
                (icon_large("camera"))
                b { (say.sell_photo_add()) }
                span.hint { (say.sell_photo_kinds()) }
            }
            input #f-photo type="file" name="photo" accept="image/jpeg,image/png,image/webp" multiple
                aria-invalid=[wrong] aria-describedby=[wrong.map(|_| "f-photo-err")];
            button.btn.js-hide { (say.sell_photo_upload()) }
        },
    )
}
