//! The SQL of a seller who leaves, or is suspended.

use kernel::{ListingId, MemberId};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// Locks what is live in the order of ids and pauses it, and what was held back and would be live again. Answers what
/// it was.
pub(in super::super) async fn pause_all(tx: &mut Tx, seller: MemberId) -> Done<Vec<ListingId>> {
    let now = tx.now();
    sqlx::query!(
        "select from listings where seller_id = $1 and (state = 'live' or held) order by listing_id for no key update",
        seller.0
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query_scalar!(
        r#"update listings set state = 'paused', held = false, updated_at = $2
           where seller_id = $1 and (state = 'live' or (held and state = 'paused'))
           returning listing_id as "id: ListingId""#,
        seller.0,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// Makes those of them live again that are still paused. Answers which.
pub(in super::super) async fn resume(
    tx: &mut Tx,
    seller: MemberId,
    ids: &[ListingId],
) -> Done<Vec<ListingId>> {
    let (now, ids): (_, Vec<uuid::Uuid>) = (tx.now(), ids.iter().map(|l| l.0).collect());
    sqlx::query_scalar!(
        r#"update listings set state = 'live', updated_at = $3
           where seller_id = $1 and listing_id = any($2) and state = 'paused'
           returning listing_id as "id: ListingId""#,
        seller.0,
        &ids,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// Locks what is live in the order of ids and holds it back. Answers what it was.
pub(in super::super) async fn hold(tx: &mut Tx, seller: MemberId) -> Done<Vec<ListingId>> {
    let now = tx.now();
    sqlx::query!(
        "select from listings where seller_id = $1 and state = 'live' order by listing_id for no key update",
        seller.0
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query_scalar!(
        r#"update listings set state = 'paused', held = true, updated_at = $2
           where seller_id = $1 and state = 'live' returning listing_id as "id: ListingId""#,
        seller.0,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// Makes what was held back live again, but for what was sold or taken away meanwhile. Answers which.
pub(in super::super) async fn free(tx: &mut Tx, seller: MemberId) -> Done<Vec<ListingId>> {
    let now = tx.now();
    sqlx::query!(
        "select from listings where seller_id = $1 and held order by listing_id for no key update",
        seller.0
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query_scalar!(
        r#"update listings set state = case when state = 'paused' then 'live' else state end, held = false, updated_at = $2
           where seller_id = $1 and held returning listing_id as "id: ListingId""#,
        seller.0,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// The next that still say something.
pub(in super::super) async fn to_erase(r: &mut Reader, seller: MemberId, limit: i64) -> Done<Vec<ListingId>> {
    sqlx::query_scalar!(
        r#"select listing_id as "id: ListingId" from listings where seller_id = $1 and erased_at is null
           order by listing_id limit $2"#,
        seller.0,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Locked in the order of ids. What is left of a listing is what it was sold for, and that it was there.
pub(in super::super) async fn blank(tx: &mut Tx, ids: &[ListingId]) -> Done<()> {
    let (now, ids): (_, Vec<uuid::Uuid>) = (tx.now(), ids.iter().map(|l| l.0).collect());
    sqlx::query!("delete from listing_edits where listing_id = any($1)", &ids).execute(tx.conn()).await?;
    sqlx::query!(
        r#"update listings set state = 'deleted', state_before_deletion = null, deleted_at = coalesce(deleted_at, $2),
             updated_at = $2, erased_at = $2, title = '', slug = '', description = '', wanted = '', external_id = null,
             town = null, country = null, lat = null, lng = null, attributes = '{}'
           where listing_id = any($1)"#,
        &ids,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
