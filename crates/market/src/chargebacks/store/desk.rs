//! What staff looks at, and what a bank is shown.

use super::super::model::{Glance, Piece, Step};
use super::Done;
use kernel::{ChargebackId, Currency, MemberId, Moment, Money};
use platform::{Reader, Tx};

struct Row {
    id: ChargebackId,
    reason: String,
    amount: i64,
    currency: Currency,
    state: String,
    due_by: Option<Moment>,
    opened_at: Moment,
    closed_at: Option<Moment>,
    numbers: Vec<String>,
}

impl From<Row> for Glance {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            reason: row.reason,
            amount: Money::new(row.amount, row.currency),
            state: row.state,
            due_by: row.due_by,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            numbers: row.numbers,
        }
    }
}

/// Those that are open, what is due first at the top; or those that are over, the last one first.
pub(in crate::chargebacks) async fn list(r: &mut Reader, open: bool, limit: i64) -> Done<Vec<Glance>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select c.chargeback_id as "id: ChargebackId", c.reason, c.amount, c.currency as "currency: Currency", c.state,
             c.due_by, c.opened_at, c.closed_at,
             array(select o.number from chargeback_shares s join orders o using (order_id)
               where s.chargeback_id = c.chargeback_id order by s.order_id) as "numbers!"
           from chargebacks c where (c.closed_at is null) = $1
           order by case when $1 then c.due_by end nulls last, c.closed_at desc, c.opened_at, c.chargeback_id limit $2"#,
        open,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many the bank waits for an answer to.
pub(in crate::chargebacks) async fn waiting(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from chargebacks
           where closed_at is null and state in ('inquiry', 'needs_response') and answer is null"#
    )
    .fetch_one(r.conn())
    .await
}

pub(in crate::chargebacks) async fn steps(r: &mut Reader, id: ChargebackId) -> Done<Vec<Step>> {
    sqlx::query_as!(
        Step,
        r#"select transition, actor, actor_id as "by: MemberId", to_state as "to", at from chargeback_events
           where chargeback_id = $1 order by n"#,
        id.0
    )
    .fetch_all(r.conn())
    .await
}

/// What the bank is shown, by name.
pub(in crate::chargebacks) async fn evidence(r: &mut Reader, id: ChargebackId) -> Done<Vec<Piece>> {
    sqlx::query_as!(
        Piece,
        r#"select field, words, by_id as "by: MemberId" from chargeback_evidence where chargeback_id = $1 order by field"#,
        id.0
    )
    .fetch_all(r.conn())
    .await
}

pub(in crate::chargebacks) async fn put_piece(tx: &mut Tx, id: ChargebackId, piece: &Piece) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into chargeback_evidence (chargeback_id, field, words, by_id, at) values ($1, $2, $3, $4, $5)
           on conflict (chargeback_id, field) do update set words = excluded.words, by_id = excluded.by_id, at = excluded.at
             where chargeback_evidence.words <> excluded.words"#,
        id.0,
        piece.field,
        piece.words,
        piece.by.map(|by| by.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::chargebacks) async fn remove_piece(tx: &mut Tx, id: ChargebackId, field: &str) -> Done<()> {
    sqlx::query!("delete from chargeback_evidence where chargeback_id = $1 and field = $2", id.0, field)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes away what banks were shown about what somebody bought or sold.
pub(in crate::chargebacks) async fn forget_words(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!(
        r#"delete from chargeback_evidence e using chargeback_shares s join orders o using (order_id)
           where s.chargeback_id = e.chargeback_id and (o.buyer_id = $1 or o.seller_id = $1)"#,
        member.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
