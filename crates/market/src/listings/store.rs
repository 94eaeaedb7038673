//! The SQL of listings. A write asks for `Mine`, the proof that the row is locked and belongs to who asks.

pub mod copy;
pub(super) mod erase;

use super::model::{Listing, State};
use super::row::Row;
use kernel::{Currency, ListingId, MemberId, Moment};
use platform::{Reader, Tx};
use sqlx::types::Json;
use std::ops::Deref;

type Done<T> = Result<T, sqlx::Error>;

/// A listing that is locked until the transaction ends and belongs to the member who asked.
#[derive(Debug)]
pub struct Mine(Listing);

impl Mine {
    /// The listing, to be changed in memory before it is saved.
    pub fn into_listing(self) -> Listing {
        self.0
    }
}

impl Deref for Mine {
    type Target = Listing;
    fn deref(&self) -> &Listing {
        &self.0
    }
}

/// The columns of `Row`, once.
macro_rules! listing_where {
    ($condition:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"select listing_id as "listing_id: ListingId", seller_id as "seller_id: MemberId", external_id, state, title,
                 slug, description, category, condition, price_amount, price_currency as "price_currency: Currency",
                 open_to_offers, deal, wanted, quantity, reserved, ship, meet, shipping_amount, town, country, lat, lng,
                 attributes as "attributes: Json<std::collections::BTreeMap<String, String>>", views, version, created_at,
                 updated_at, published_at
               from listings where "# + $condition
            $(, $arg)*
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: ListingId) -> Done<Option<Listing>> {
    Ok(listing_where!("listing_id = $1", id.0).fetch_optional(r.conn()).await?.map(Into::into))
}

pub(super) async fn find_many(r: &mut Reader, ids: &[ListingId]) -> Done<Vec<Listing>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|i| i.0).collect();
    let rows = listing_where!("listing_id = any($1)", &ids).fetch_all(r.conn()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn lock_mine(tx: &mut Tx, seller: MemberId, id: ListingId) -> Done<Option<Mine>> {
    let row = listing_where!("listing_id = $1 and seller_id = $2 for no key update", id.0, seller.0);
    Ok(row.fetch_optional(tx.conn()).await?.map(|r| Mine(r.into())))
}

/// The seller's listings, newest first, below `before`.
pub(super) async fn of_seller(
    r: &mut Reader,
    seller: MemberId,
    state: Option<State>,
    before: Option<ListingId>,
    limit: i64,
) -> Done<Vec<Listing>> {
    let rows = listing_where!(
        "seller_id = $1 and state <> 'deleted' and ($2::text is null or state = $2)
           and ($3::uuid is null or listing_id < $3) order by listing_id desc limit $4",
        seller.0,
        state.map(State::name),
        before.map(|b| b.0),
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Live listings in the order of their ids, for filling a search index.
pub(super) async fn live_after(r: &mut Reader, after: ListingId, limit: i64) -> Done<Vec<Listing>> {
    let rows =
        listing_where!("state = 'live' and listing_id > $1 order by listing_id limit $2", after.0, limit)
            .fetch_all(r.conn())
            .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn live_of(r: &mut Reader, seller: MemberId) -> Done<Vec<ListingId>> {
    sqlx::query_scalar!(
        r#"select listing_id as "id: ListingId" from listings where seller_id = $1 and state = 'live'"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await
}

/// All of a seller's listings in the order of their ids, for an export.
pub(super) async fn all_after(
    r: &mut Reader,
    seller: Option<MemberId>,
    after: ListingId,
    limit: i64,
) -> Done<Vec<Listing>> {
    let rows = listing_where!(
        "state <> 'deleted' and ($1::uuid is null or seller_id = $1) and listing_id > $2 order by listing_id limit $3",
        seller.map(|s| s.0),
        after.0,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn count_drafts(r: &mut Reader, seller: MemberId) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from listings where seller_id = $1 and state = 'draft'"#,
        seller.0
    )
    .fetch_one(r.conn())
    .await
}

/// State → listings of the seller in it.
pub(super) async fn count_by_state(r: &mut Reader, seller: MemberId) -> Done<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select state, count(*) as "n!" from listings where seller_id = $1 and state <> 'deleted' group by state"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.n)).collect())
}

pub(super) async fn find_by_external_id(
    r: &mut Reader,
    seller: MemberId,
    external: &str,
) -> Done<Option<ListingId>> {
    sqlx::query_scalar!(
        r#"select listing_id as "id: ListingId" from listings where seller_id = $1 and external_id = $2"#,
        seller.0,
        external
    )
    .fetch_optional(r.conn())
    .await
}

/// Answers false, and writes nothing, when the seller has one with that external id.
pub(super) async fn insert(tx: &mut Tx, it: &Listing) -> Done<bool> {
    let done = sqlx::query!(
        r#"insert into listings (listing_id, seller_id, external_id, state, title, slug, description, category, condition,
             price_amount, price_currency, open_to_offers, deal, wanted, quantity, ship, meet, shipping_amount, town,
             country, lat, lng, attributes, created_at, updated_at, published_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
             $24, $25, $26)
           on conflict on constraint listings_external_id_unique do nothing"#,
        it.id.0,
        it.seller.0,
        it.external_id,
        it.state.name(),
        it.title,
        it.slug,
        it.description,
        it.category,
        it.condition.map(|c| c.name()),
        it.price.map(|p| p.amount),
        it.currency.code(),
        it.open_to_offers,
        it.deal.name(),
        it.wanted,
        it.quantity,
        it.ship,
        it.meet,
        it.shipping.map(|p| p.amount),
        it.town,
        it.country,
        it.lat,
        it.lng,
        Json(&it.attributes) as _,
        it.created_at,
        it.updated_at,
        it.published_at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes all that a seller may change. The stock's reservations and the views are not among it.
pub(super) async fn save(tx: &mut Tx, it: &Listing) -> Done<()> {
    sqlx::query!(
        r#"update listings set state = $2, title = $3, slug = $4, description = $5, category = $6, condition = $7,
             price_amount = $8, price_currency = $9, open_to_offers = $10, deal = $11, wanted = $12, quantity = $13,
             ship = $14, meet = $15, shipping_amount = $16, town = $17, country = $18, lat = $19, lng = $20,
             attributes = $21, updated_at = $22, published_at = $23, version = $24
           where listing_id = $1"#,
        it.id.0,
        it.state.name(),
        it.title,
        it.slug,
        it.description,
        it.category,
        it.condition.map(|c| c.name()),
        it.price.map(|p| p.amount),
        it.currency.code(),
        it.open_to_offers,
        it.deal.name(),
        it.wanted,
        it.quantity,
        it.ship,
        it.meet,
        it.shipping.map(|p| p.amount),
        it.town,
        it.country,
        it.lat,
        it.lng,
        Json(&it.attributes) as _,
        it.updated_at,
        it.published_at,
        it.version
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_edit(
    tx: &mut Tx,
    it: &Listing,
    by: MemberId,
    changes: serde_json::Value,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into listing_edits (listing_id, version, at, by_member, changes) values ($1, $2, $3, $4, $5)",
        it.id.0,
        it.version,
        now,
        by.0,
        changes
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One step of a listing's history.
#[derive(Debug, Clone)]
pub struct PastEdit {
    pub version: i32,
    pub at: Moment,
    /// Field → [before, after].
    pub changes: serde_json::Value,
}

pub(super) async fn edits(r: &mut Reader, id: ListingId) -> Done<Vec<PastEdit>> {
    sqlx::query_as!(
        PastEdit,
        "select version, at, changes from listing_edits where listing_id = $1 order by version desc limit 100",
        id.0
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn delete(tx: &mut Tx, it: Mine) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update listings set state = 'deleted', state_before_deletion = state, deleted_at = $2, updated_at = $2
           where listing_id = $1"#,
        it.id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn undelete(tx: &mut Tx, it: Mine) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update listings set state = coalesce(state_before_deletion, 'draft'), state_before_deletion = null,
             deleted_at = null, updated_at = $2
           where listing_id = $1 and state = 'deleted'"#,
        it.id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn add_views(r: &mut Reader, ids: &[uuid::Uuid], counts: &[i64]) -> Done<()> {
    sqlx::query!(
        r#"update listings set views = views + t.n from unnest($1::uuid[], $2::bigint[]) as t(id, n)
           where listings.listing_id = t.id"#,
        ids,
        counts
    )
    .execute(r.conn())
    .await?;
    Ok(())
}

/// Locks the rows in the order of their ids.
pub(super) async fn lock_in_order(tx: &mut Tx, ids: &[ListingId]) -> Done<()> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "select listing_id from listings where listing_id = any($1) order by listing_id for no key update",
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// Promises pieces, if that many are free and it is live. Locks the row.
pub(super) async fn reserve(tx: &mut Tx, id: ListingId, pieces: i32) -> Done<bool> {
    let done = sqlx::query!(
        r#"update listings set reserved = reserved + $2
           where listing_id = $1 and state = 'live' and quantity - reserved >= $2"#,
        id.0,
        pieces
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Promised pieces are sold: they leave the stock; the last one ends the listing.
pub(super) async fn commit_reserved(tx: &mut Tx, id: ListingId, pieces: i32) -> Done<()> {
    sqlx::query!(
        r#"update listings set reserved = reserved - $2, quantity = quantity - $2,
             state = case when quantity = $2 and state in ('live', 'paused') then 'sold' else state end
           where listing_id = $1"#,
        id.0,
        pieces
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Promised pieces are free again.
pub(super) async fn release(tx: &mut Tx, id: ListingId, pieces: i32) -> Done<()> {
    sqlx::query!("update listings set reserved = reserved - $2 where listing_id = $1", id.0, pieces)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Sold pieces came back before they left: they are in stock again, and a listing that had ended is live.
pub(super) async fn restock(tx: &mut Tx, id: ListingId, pieces: i32) -> Done<()> {
    sqlx::query!(
        r#"update listings set quantity = quantity + $2, state = case when state = 'sold' then 'live' else state end
           where listing_id = $1"#,
        id.0,
        pieces
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
