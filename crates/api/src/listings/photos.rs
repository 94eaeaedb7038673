//! The photos of one's own listing.

use super::unready;
use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::shapes::{List, PhotoOut, Whole};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::ids::Id;
use kernel::limits::{PHOTO_BYTES_MAX, PHOTO_POSITION_MAX, PHOTOS_MAX};
use kernel::{FieldErrors, ListingId, PhotoId, Refusal, Wrong};
use kit::answer::{Denied, Problem};
use kit::body::{Json, PathOf};
use kit::caller::Caller;
use kit::route::{Audience, Idempotency, Object, Rate, delete, patch, post};
use kit::upload::Upload;
use market::apikeys::model::Scope;
use market::listings::{photos, rules};
use market::photos::rules::{self as pictures, Kept};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

const MEMBER: Audience = Audience::Member;
/// Bytes of one request: several photos as phones take them, or one of the largest.
const UPLOAD_BYTES_MAX: usize = 4 * PHOTO_BYTES_MAX + 64 * 1024;

pub(crate) fn entries() -> Vec<Entry> {
    let file =
        json!({ "type": "string", "format": "binary", "description": "JPEG, PNG or WebP, up to 15 MB." });
    let form = json!({
        "type": "object",
        "required": ["photo"],
        "additionalProperties": false,
        "properties": { "photo": { "type": "array", "items": file, "minItems": 1, "maxItems": PHOTOS_MAX } },
    });
    vec![
        doc("Listings", "Add photos")
            .says("One or several files in the field `photo`: all of them are taken, or none. They are put last. Metadata such as the place where they were taken is removed.")
            .takes_files(form, json!({ "photo": { "contentType": "image/jpeg, image/png, image/webp" } }))
            .lists::<PhotoOut>(201, "The new photos.")
            .conflicts(&["listing-full"])
            .of(post("/api/v1/listings/{id}/photos", "api.photos.add", add)
                .audience(MEMBER)
                .scope(Scope::ListingsWrite)
                .object(Object::Listing)
                .rate(Rate::Upload)
                .body(UPLOAD_BYTES_MAX)
                .idempotent(Idempotency::Accepted)),
        doc("Listings", "Move a photo")
            .takes::<PhotoIn>(json!({ "position": 0 }))
            .bounded([Bounds::of("PhotoPosition").field("position", bounds::whole(0, PHOTO_POSITION_MAX))])
            .lists::<PhotoOut>(200, "All photos, in their new order.")
            .of(patch("/api/v1/listings/{id}/photos/{photo_id}", "api.photos.place", place).audience(MEMBER).scope(Scope::ListingsWrite).object(Object::Photo)),
        doc("Listings", "Take a photo away")
            .answers_plain(204, "It is gone.")
            .of(delete("/api/v1/listings/{id}/photos/{photo_id}", "api.photos.remove", remove).audience(MEMBER).scope(Scope::ListingsWrite).object(Object::Photo)),
    ]
}

/// Where a photo goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PhotoPosition)]
struct PhotoIn {
    /// 0 is the first, which lists show. Beyond the end is the end.
    #[schema(value_type = i64)]
    position: Whole,
}

impl PhotoIn {
    fn read(&self) -> Result<usize, Wrong> {
        match usize::try_from(self.position.0) {
            Err(_) => Err(Wrong::TooSmall { min: 0 }),
            Ok(_) if self.position.0 > PHOTO_POSITION_MAX => Err(Wrong::TooBig { max: PHOTO_POSITION_MAX }),
            Ok(position) => Ok(position),
        }
    }
}

/// The listing has as many as it may have.
fn full(errors: FieldErrors) -> Denied {
    Denied::Unready { code: "listing-full", errors }
}

async fn add(call: Caller, PathOf(id): PathOf<ListingId>, upload: Upload) -> Result<Response, Problem> {
    check(&upload)?;
    let market = &call.app.market;
    let (by, files) = (&call.member, upload.files.len());
    let there = rules::find_mine(&mut call.read().await?, by, id).await?.photos.len();
    if there + files > PHOTOS_MAX {
        return Err(full(FieldErrors::one("photo", Wrong::Because("picture-too-many"))).into());
    }
    let mut kept: Vec<(PhotoId, Kept)> = Vec::new();
    for (n, file) in upload.files.into_iter().enumerate() {
        let photo = PhotoId::new(market.db.now(), market.db.dice());
        let folder = format!("listings/{id}");
        let one = pictures::keep(&market.studio, &market.objects, &folder, photo, file.bytes).await;
        kept.push((photo, one.map_err(|refusal| of_file(refusal, n, files))?));
    }
    let mut tx = call.begin().await?;
    let mut added = Vec::new();
    for (photo, kept) in &kept {
        let attached = photos::attach(&mut tx, by, id, *photo, kept).await;
        added.push(PhotoOut::from(&attached.map_err(|refusal| unready(refusal, full))?));
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(List::whole(added))).into_response())
}

async fn place(
    call: Caller,
    PathOf((id, photo)): PathOf<(ListingId, PhotoId)>,
    Json(body): Json<PhotoIn>,
) -> Result<Json<List<PhotoOut>>, Problem> {
    let position = body.read().map_err(|wrong| Refusal::field("position", wrong))?;
    let mut tx = call.begin().await?;
    photos::place(&mut tx, &call.member, id, photo, position).await?;
    let all = pictures::of(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(List::whole(all.iter().map(PhotoOut::from).collect())))
}

async fn remove(
    call: Caller,
    PathOf((id, photo)): PathOf<(ListingId, PhotoId)>,
) -> Result<StatusCode, Problem> {
    let mut tx = call.begin().await?;
    photos::remove(&mut tx, &call.member, id, photo).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The form holds photos and nothing else.
fn check(upload: &Upload) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    for (name, _) in upload.fields.pairs() {
        errors.add(name, if name == "photo" { Wrong::BadShape } else { Wrong::Unknown });
    }
    for file in upload.files.iter().filter(|f| f.field != "photo") {
        errors.add(file.field.clone(), Wrong::Unknown);
    }
    if upload.files.is_empty() && errors.is_empty() {
        errors.add("photo", Wrong::Required);
    }
    if upload.of("photo").count() > PHOTOS_MAX {
        errors.add("photo", Wrong::TooMany { max: PHOTOS_MAX });
    }
    errors.check()
}

/// Of several files, names the one that was refused.
fn of_file(refusal: Refusal, n: usize, files: usize) -> Refusal {
    match refusal {
        Refusal::Fields(errors) if files > 1 => {
            let mut named = FieldErrors::none();
            errors.iter().for_each(|(field, wrong)| named.add(format!("{field}/{n}"), wrong.clone()));
            Refusal::Fields(named)
        }
        other => other,
    }
}
