//! The SQL of somebody who leaves: which deals keep them, and what of the others names them.

use kernel::{Currency, ListingId, MemberId, Money, OrderId};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// An order that is not at its end.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: OrderId,
    pub number: String,
    pub state: String,
    /// Whether the member sees it: a sale is nothing to its seller until it is paid.
    pub is_seen: bool,
}

/// A sale whose money was released to its seller.
#[derive(Clone, Debug)]
pub struct Sale {
    pub id: OrderId,
    pub number: String,
    /// The seller's part.
    pub part: Money,
}

/// The latest sales of a member whose money was released.
pub(in super::super) async fn released(r: &mut Reader, member: MemberId, limit: i64) -> Done<Vec<Sale>> {
    let rows = sqlx::query!(
        r#"select order_id as "id: OrderId", number, currency as "currency: Currency",
             case when released_at is null then items_amount + shipping_amount - commission_amount
               else released_amount end as "part!"
           from orders where seller_id = $1 and state in ('completed', 'completed_partial') order by order_id desc limit $2"#,
        member.0,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    let sale = |id, number, part| Sale { id, number, part };
    Ok(rows.into_iter().map(|row| sale(row.id, row.number, Money::new(row.part, row.currency))).collect())
}

/// Every state that waits has a timer.
pub(in super::super) async fn open(r: &mut Reader, member: MemberId, limit: i64) -> Done<Vec<Open>> {
    sqlx::query_as!(
        Open,
        r#"select order_id as "id: OrderId", number, state,
             (buyer_id = $1 or state not in ('pending_payment', 'payment_processing')) as "is_seen!"
           from orders
           where (buyer_id = $1 or seller_id = $1) and timer_at is not null order by order_id limit $2"#,
        member.0,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Addresses but for the country, which tax law asks for (a state stands in what was decided about taxes); parcels'
/// numbers; complaints. Amounts, dates and what was sold stay.
pub(in super::super) async fn blank(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!(
        r#"update orders set problem = null, delivery_address = case when delivery_address is not null then
             jsonb_build_object('name', '', 'line1', '', 'line2', '', 'postcode', '', 'town', '',
               'country', coalesce(delivery_address ->> 'country', '')) end
           where buyer_id = $1"#,
        member.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update orders set carrier = null, tracking = null where buyer_id = $1 or seller_id = $1",
        member.0
    )
    .execute(tx.conn())
    .await?;
    // The history is append only but for this function of the database.
    sqlx::query!("select forget_order_words($1)", member.0).fetch_one(tx.conn()).await?;
    Ok(())
}

/// The pictures of these listings are gone.
pub(in super::super) async fn forget_photos(tx: &mut Tx, listings: &[ListingId]) -> Done<()> {
    let ids: Vec<uuid::Uuid> = listings.iter().map(|l| l.0).collect();
    sqlx::query!("update order_legs set photo_key = null where listing_id = any($1)", &ids)
        .execute(tx.conn())
        .await?;
    Ok(())
}
