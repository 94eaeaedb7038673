//! The SQL of carts.

use super::model::Owner;
use kernel::{CartId, ListingId, MemberId};
use platform::{Reader, Rows, Tx};

type Done<T> = Result<T, sqlx::Error>;

const fn keys(owner: &Owner) -> (Option<uuid::Uuid>, Option<&Vec<u8>>) {
    match owner {
        Owner::Member(member) => (Some(member.0), None),
        Owner::Visitor(hash) => (None, Some(hash)),
    }
}

pub(super) async fn find(r: &mut Reader, owner: &Owner) -> Done<Option<CartId>> {
    let (member, hash) = keys(owner);
    sqlx::query_scalar!(
        r#"select cart_id as "id: CartId" from carts where member_id = $1 or token_hash = $2"#,
        member,
        hash as Option<&Vec<u8>>
    )
    .fetch_optional(r.conn())
    .await
}

pub(super) async fn open(tx: &mut Tx, owner: &Owner) -> Done<CartId> {
    let (member, hash) = keys(owner);
    let (id, now): (CartId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"insert into carts (cart_id, member_id, token_hash, updated_at) values ($1, $2, $3, $4) on conflict do nothing"#,
        id.0,
        member,
        hash as Option<&Vec<u8>>,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query_scalar!(
        r#"update carts set updated_at = $3 where member_id = $1 or token_hash = $2 returning cart_id as "id: CartId""#,
        member,
        hash as Option<&Vec<u8>>,
        now
    )
    .fetch_one(tx.conn())
    .await
}

pub(super) async fn count(r: &mut Reader, owner: &Owner) -> Done<i64> {
    let (member, hash) = keys(owner);
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from cart_lines join carts using (cart_id) where member_id = $1 or token_hash = $2"#,
        member,
        hash as Option<&Vec<u8>>
    )
    .fetch_one(r.conn())
    .await
}

pub(super) async fn lines(r: &mut Reader, cart: CartId) -> Done<Vec<(ListingId, i32)>> {
    let rows = sqlx::query!(
        r#"select listing_id as "id: ListingId", quantity from cart_lines where cart_id = $1 order by added_at, listing_id"#,
        cart.0
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.quantity)).collect())
}

pub(super) async fn quantity(r: &mut Reader, cart: CartId, listing: ListingId) -> Done<Option<i32>> {
    sqlx::query_scalar!(
        "select quantity from cart_lines where cart_id = $1 and listing_id = $2",
        cart.0,
        listing.0
    )
    .fetch_optional(r.conn())
    .await
}

pub(super) async fn put(tx: &mut Tx, cart: CartId, listing: ListingId, quantity: i32) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into cart_lines (cart_id, listing_id, quantity, added_at) values ($1, $2, $3, $4)
           on conflict (cart_id, listing_id) do update set quantity = excluded.quantity"#,
        cart.0,
        listing.0,
        quantity,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, cart: CartId, listings: &[ListingId]) -> Done<()> {
    let ids: Vec<uuid::Uuid> = listings.iter().map(|l| l.0).collect();
    sqlx::query!("delete from cart_lines where cart_id = $1 and listing_id = any($2)", cart.0, &ids)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn merge(tx: &mut Tx, from: CartId, into: CartId, member: MemberId) -> Done<()> {
    sqlx::query!(
        r#"insert into cart_lines (cart_id, listing_id, quantity, added_at)
           select $2, c.listing_id, c.quantity, c.added_at from cart_lines c join listings l using (listing_id)
           where c.cart_id = $1 and l.seller_id <> $3
           on conflict (cart_id, listing_id) do update set quantity = greatest(cart_lines.quantity, excluded.quantity)"#,
        from.0,
        into.0,
        member.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from carts where cart_id = $1", from.0).execute(tx.conn()).await?;
    Ok(())
}

/// Takes listings out of everybody's carts.
pub(super) async fn remove_everywhere(tx: &mut Tx, listings: &[ListingId]) -> Done<()> {
    let ids: Vec<uuid::Uuid> = listings.iter().map(|l| l.0).collect();
    sqlx::query!("delete from cart_lines where listing_id = any($1)", &ids).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn delete_of(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from carts where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

/// What an account's owner gets a copy of.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select listing_id, quantity, added_at from cart_lines join carts using (cart_id)
             where member_id = $1 order by added_at, listing_id) x"#,
        member.0
    )
    .fetch(r.conn())
}
