//! The SQL of holds.

use super::model::{Held, NewHold};
use kernel::{HoldId, MemberId, Moment, OrderId};
use platform::{Reader, Tx};
use process::Hold;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn put(tx: &mut Tx, new: &NewHold<'_>) -> Done<HoldId> {
    let (id, now): (HoldId, _) = (tx.new_id(), tx.now());
    sqlx::query_scalar!(
        r#"insert into order_holds (hold_id, order_id, kind, because, note, by_id, since, until)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (order_id, kind) where lifted_at is null
             do update set until = case when order_holds.until is not null and excluded.until is not null
               then greatest(order_holds.until, excluded.until) end
           returning hold_id as "id: HoldId""#,
        id.0,
        new.order.0,
        new.kind.as_str(),
        new.because,
        new.note,
        new.by.map(|by| by.0),
        now,
        new.until
    )
    .fetch_one(tx.conn())
    .await
}

/// The hold that was on.
pub(super) async fn lift(
    tx: &mut Tx,
    order: OrderId,
    kind: Hold,
    by: Option<MemberId>,
) -> Done<Option<HoldId>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"update order_holds set lifted_at = $3, lifted_by = $4
           where order_id = $1 and kind = $2 and lifted_at is null
           returning hold_id as "id: HoldId""#,
        order.0,
        kind.as_str(),
        now,
        by.map(|by| by.0)
    )
    .fetch_optional(tx.conn())
    .await
}

/// Lifts those whose time is over, the earliest first, but what somebody else is at.
pub(super) async fn end_due(tx: &mut Tx, limit: i64) -> Done<Vec<(HoldId, OrderId, Hold)>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"with due as (
             select hold_id from order_holds where lifted_at is null and until <= $1
             order by until, hold_id limit $2 for update skip locked)
           update order_holds h set lifted_at = $1 from due where h.hold_id = due.hold_id
           returning h.hold_id as "hold!: HoldId", h.order_id as "order!: OrderId", h.kind as "kind!""#,
        now,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(|row| Ok((row.hold, row.order, kind_of(&row.kind)?))).collect()
}

fn kind_of(name: &str) -> Done<Hold> {
    Hold::find(name).ok_or_else(|| sqlx::Error::Decode(format!("unknown hold {name}").into()))
}

struct Row {
    kind: String,
    because: String,
    since: Moment,
    until: Option<Moment>,
}

impl TryFrom<Row> for Held {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        let kind = kind_of(&row.kind)?;
        Ok(Self { kind, because: row.because, since: row.since, until: row.until })
    }
}

pub(super) async fn on(r: &mut Reader, order: OrderId) -> Done<Vec<Held>> {
    let rows = sqlx::query_as!(
        Row,
        "select kind, because, since, until from order_holds
         where order_id = $1 and lifted_at is null order by since, hold_id",
        order.0
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(Held::try_from).collect()
}
