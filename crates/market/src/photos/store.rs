//! The SQL of photos.

use super::model::Photo;
use kernel::{ListingId, MemberId, PhotoId};
use platform::{Reader, Rows, Tx};

pub(super) async fn insert(tx: &mut Tx, listing: ListingId, photo: &Photo) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into photos (photo_id, listing_id, position, key, width, height, widths, thumbhash, colour, alt, created_at)
           values ($1, $2, (select count(*) from photos where listing_id = $2), $3, $4, $5, $6, $7, $8, $9, $10)"#,
        photo.id.0,
        listing.0,
        photo.key,
        photo.width,
        photo.height,
        &photo.widths,
        photo.thumbhash,
        photo.colour,
        photo.alt,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn of(r: &mut Reader, listing: ListingId) -> Result<Vec<Photo>, sqlx::Error> {
    sqlx::query_as!(
        Photo,
        r#"select photo_id as "id: PhotoId", key, width, height, widths, thumbhash, colour, alt from photos
           where listing_id = $1 order by position"#,
        listing.0
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn of_many(
    r: &mut Reader,
    listings: &[ListingId],
) -> Result<Vec<(ListingId, Photo)>, sqlx::Error> {
    let ids: Vec<uuid::Uuid> = listings.iter().map(|l| l.0).collect();
    let rows = sqlx::query_as!(
        PhotoRow,
        r#"select listing_id as "listing_id: ListingId", photo_id as "id: PhotoId", key, width, height, widths, thumbhash,
             colour, alt
           from photos where listing_id = any($1) order by listing_id, position"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    let photo = |x: PhotoRow| {
        let PhotoRow { listing_id, id, key, width, height, widths, thumbhash, colour, alt } = x;
        (listing_id, Photo { id, key, width, height, widths, thumbhash, colour, alt })
    };
    Ok(rows.into_iter().map(photo).collect())
}

struct PhotoRow {
    listing_id: ListingId,
    id: PhotoId,
    key: String,
    width: i32,
    height: i32,
    widths: Vec<i32>,
    thumbhash: Vec<u8>,
    colour: String,
    alt: String,
}

pub(super) async fn set_order(tx: &mut Tx, listing: ListingId, order: &[PhotoId]) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = order.iter().map(|p| p.0).collect();
    sqlx::query!(
        r#"update photos set position = t.n - 1 from unnest($2::uuid[]) with ordinality t(id, n)
           where photos.listing_id = $1 and photos.photo_id = t.id"#,
        listing.0,
        &ids
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, listing: ListingId, id: PhotoId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from photos where listing_id = $1 and photo_id = $2", listing.0, id.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_of(tx: &mut Tx, listings: &[ListingId]) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = listings.iter().map(|l| l.0).collect();
    sqlx::query!("delete from photos where listing_id = any($1)", &ids).execute(tx.conn()).await?;
    Ok(())
}

/// What an account's owner gets a copy of; `file` is the largest picture there is of it, in the object store.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select p.photo_id as id, p.listing_id, p.position, p.width, p.height, p.alt, p.created_at,
               p.key || '/' || (select max(w) from unnest(p.widths) w) || '.jpg' as file
             from photos p join listings l using (listing_id) where l.seller_id = $1
             order by p.listing_id, p.position) x"#,
        member.0
    )
    .fetch(r.conn())
}
