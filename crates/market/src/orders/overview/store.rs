//! The SQL of what staff looks at.

use super::money::{Call, Chargeback, Hold, Payout, Settlement};
use super::{CaseGlance, Glance};
use crate::cases::model::Kind;
use crate::payments::inbox::Received;
use kernel::{ChargebackId, Currency, MemberId, Moment, Money, OrderId, PayoutId};
use platform::Reader;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn exists(r: &mut Reader, id: OrderId) -> Done<bool> {
    sqlx::query_scalar!(r#"select exists (select from orders where order_id = $1) as "is!""#, id.0)
        .fetch_one(r.conn())
        .await
}

pub(super) async fn by_number(r: &mut Reader, number: &str) -> Done<Option<OrderId>> {
    sqlx::query_scalar!(r#"select order_id as "id: OrderId" from orders where number = $1"#, number)
        .fetch_optional(r.conn())
        .await
}

struct Row {
    order_id: OrderId,
    number: String,
    buyer_id: MemberId,
    seller_id: MemberId,
    state: String,
    state_since: Moment,
    timer_at: Option<Moment>,
    total_amount: i64,
    currency: Currency,
}

impl From<Row> for Glance {
    fn from(row: Row) -> Self {
        Self {
            id: row.order_id,
            number: row.number,
            buyer: row.buyer_id,
            seller: row.seller_id,
            state: row.state,
            state_since: row.state_since,
            due: row.timer_at,
            total: Money::new(row.total_amount, row.currency),
        }
    }
}

/// Orders in the states that ask for a decision, and those whose timer is older than `late`.
pub(super) async fn needing_staff(r: &mut Reader, late: Moment, limit: i64) -> Done<Vec<Glance>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select order_id as "order_id: OrderId", number, buyer_id as "buyer_id: MemberId",
             seller_id as "seller_id: MemberId", state, state_since, timer_at, total_amount,
             currency as "currency: Currency"
           from orders where timer_at is not null and (state in ('claim_review', 'refund_stuck', 'partial_stuck', 'appeal_refund',
             'appeal_release', 'appeal_partial') or timer_at < $1)
           order by state_since, order_id limit $2"#,
        late,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn states(r: &mut Reader) -> Done<Vec<(String, i64)>> {
    let rows = sqlx::query!(r#"select state, count(*) as "n!" from orders group by state order by state"#)
        .fetch_all(r.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.n)).collect())
}

/// Open cases, those that wait for staff first, then by age.
pub(super) async fn open_cases(r: &mut Reader, limit: i64) -> Done<Vec<CaseGlance>> {
    let rows = sqlx::query!(
        r#"select o.order_id as "order_id: OrderId", o.number, o.state, o.total_amount, o.currency as "currency: Currency",
             o.timer_at, c.buyer_id as "buyer_id: MemberId", c.seller_id as "seller_id: MemberId", c.kind, c.opened_at,
             c.taken_by as "taken_by: MemberId",
             (o.state in ('claim_review', 'appeal_refund', 'appeal_release', 'appeal_partial')) as "is_ours!"
           from cases c join orders o using (order_id) where c.closed_at is null
           order by 12 desc, c.opened_at, c.case_id limit $1"#,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(CaseGlance {
            order: row.order_id,
            number: row.number,
            state: row.state,
            total: Money::new(row.total_amount, row.currency),
            due: row.timer_at,
            buyer: row.buyer_id,
            seller: row.seller_id,
            kind: Kind::find(&row.kind).unwrap_or(Kind::Other),
            opened_at: row.opened_at,
            taken_by: row.taken_by,
            is_ours: row.is_ours,
        });
    }
    Ok(found)
}

/// What providers were asked about these: payments, refunds, settlements, payouts, chargebacks.
pub(super) async fn calls(r: &mut Reader, about: &[Uuid]) -> Done<Vec<Call>> {
    sqlx::query_as!(
        Call,
        r#"select idempotency_key as key, operation, provider, state, tries, created_at as at from provider_calls where subject = any($1)
           order by created_at"#,
        about
    )
    .fetch_all(r.conn())
    .await
}

/// What an order released to its seller.
pub(super) async fn settlements(r: &mut Reader, order: OrderId) -> Done<Vec<Settlement>> {
    let rows = sqlx::query!(
        r#"select settlement_id, kind, state, amount, taken_amount, currency as "currency: Currency", hold_until, created_at,
             array_remove(array[transfer_ref, reversal_ref], null) as "names!"
           from settlements where order_id = $1 order by settlement_id"#,
        order.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Settlement {
            id: row.settlement_id,
            kind: row.kind,
            state: row.state,
            amount: Money::new(row.amount, row.currency),
            taken: Money::new(row.taken_amount, row.currency),
            until: row.hold_until,
            at: row.created_at,
            names: row.names,
        });
    }
    Ok(found)
}

/// What providers told us of these, by name; at most 500.
pub(super) async fn events(r: &mut Reader, provider: &str, names: &[String]) -> Done<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"select provider, event_id as event, kind, received_at, handled_at, error as note from provider_events
           where provider = $1 and about && $2 order by received_at, event_id limit 500"#,
        provider,
        names
    )
    .fetch_all(r.conn())
    .await
}

/// The payouts that an order has a part in.
pub(super) async fn payouts(r: &mut Reader, order: OrderId) -> Done<Vec<Payout>> {
    let rows = sqlx::query!(
        r#"select p.payout_id as "id: PayoutId", p.number, p.state, p.currency as "currency: Currency", p.created_at,
             p.provider_ref, sum(i.amount)::bigint as "part!"
           from payouts p join payout_items i using (payout_id) join settlements s using (settlement_id)
           where s.order_id = $1 group by p.payout_id order by p.payout_id"#,
        order.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Payout {
            id: row.id,
            number: row.number,
            state: row.state,
            part: Money::new(row.part, row.currency),
            at: row.created_at,
            name: row.provider_ref,
        });
    }
    Ok(found)
}

/// What its buyer asked a bank for.
pub(super) async fn chargebacks(r: &mut Reader, order: OrderId) -> Done<Vec<Chargeback>> {
    let rows = sqlx::query!(
        r#"select c.chargeback_id as "id: ChargebackId", c.state, c.currency as "currency: Currency", c.opened_at,
             c.provider_ref, s.amount
           from chargebacks c join chargeback_shares s using (chargeback_id)
           where s.order_id = $1 order by c.opened_at, c.chargeback_id"#,
        order.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Chargeback {
            id: row.id,
            state: row.state,
            share: Money::new(row.amount, row.currency),
            at: row.opened_at,
            name: row.provider_ref,
        });
    }
    Ok(found)
}

/// Settlements of an order, payouts that they were in, and debts for it.
pub(super) async fn numbers(r: &mut Reader, order: OrderId) -> Done<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select settlement_id as "id!" from settlements where order_id = $1
           union
           select i.payout_id from settlements s join payout_items i using (settlement_id) where s.order_id = $1
           union
           select debt_id from seller_debts where order_id = $1"#,
        order.0
    )
    .fetch_all(r.conn())
    .await
}

/// What kept an order's money where it is, and does.
pub(super) async fn holds(r: &mut Reader, order: OrderId) -> Done<Vec<Hold>> {
    sqlx::query_as!(
        Hold,
        "select kind, because, since, until, lifted_at from order_holds where order_id = $1 order by since, hold_id",
        order.0
    )
    .fetch_all(r.conn())
    .await
}
