//! The SQL of taxes.

pub(super) mod exposure;
pub(super) mod profile;
pub(super) mod rules;
pub(super) mod sellers;

use super::model::{Decision, Liable, PartKind};
use kernel::{Currency, LegId, MemberId, Money, OrderId, TaxPlace};
use platform::{Reader, Tx};
use serde_json::Value;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn insert(tx: &mut Tx, order: OrderId, n: i16, it: &Decision) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into tax_decisions (order_id, n, part, leg_id, liable, place, base, rate_ppm, amount, included, currency,
             engine, rules, because, inputs, engine_ref, decided_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"#,
        order.0,
        n,
        it.part.name(),
        it.leg.map(|leg| leg.0),
        it.liable.name(),
        it.place.to_string(),
        it.base.amount,
        it.rate_ppm,
        it.amount.amount,
        it.included,
        it.base.currency.code(),
        it.engine,
        it.rules,
        it.because,
        it.inputs,
        it.engine_ref,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Row {
    part: String,
    leg_id: Option<LegId>,
    liable: String,
    place: TaxPlace,
    base: i64,
    rate_ppm: i32,
    amount: i64,
    included: bool,
    currency: Currency,
    engine: String,
    rules: String,
    because: String,
    inputs: Value,
    engine_ref: Option<String>,
}

impl TryFrom<Row> for Decision {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        let unknown = |word: &str| sqlx::Error::Decode(format!("unknown word of taxes {word}").into());
        Ok(Self {
            part: PartKind::find(&row.part).ok_or_else(|| unknown(&row.part))?,
            leg: row.leg_id,
            liable: Liable::find(&row.liable).ok_or_else(|| unknown(&row.liable))?,
            place: row.place,
            base: Money::new(row.base, row.currency),
            rate_ppm: row.rate_ppm,
            amount: Money::new(row.amount, row.currency),
            included: row.included,
            engine: row.engine,
            rules: row.rules,
            because: row.because,
            inputs: row.inputs,
            engine_ref: row.engine_ref,
        })
    }
}

pub(super) async fn of_order(r: &mut Reader, order: OrderId) -> Done<Vec<Decision>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select part, leg_id as "leg_id: LegId", liable, place as "place: TaxPlace", base, rate_ppm, amount, included,
             currency as "currency: Currency", engine, rules, because, inputs, engine_ref
           from tax_decisions where order_id = $1 order by n"#,
        order.0
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(Decision::try_from).collect()
}

pub(super) async fn delete_profile(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from seller_profiles where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

/// What of an order's taxes the marketplace owes, by part: goods and shipping, the buyer's fee, the commission.
pub(super) async fn owed(r: &mut Reader, orders: &[OrderId]) -> Done<Vec<(OrderId, [i64; 3])>> {
    let ids: Vec<uuid::Uuid> = orders.iter().map(|order| order.0).collect();
    let rows = sqlx::query!(
        r#"select order_id as "order: OrderId",
             coalesce(sum(amount) filter (where part in ('item', 'shipping')), 0)::bigint as "goods!",
             coalesce(sum(amount) filter (where part = 'buyer_fee'), 0)::bigint as "buyer_fee!",
             coalesce(sum(amount) filter (where part = 'commission'), 0)::bigint as "commission!"
           from tax_decisions where order_id = any($1) and liable = 'platform' group by order_id"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.order, [row.goods, row.buyer_fee, row.commission])).collect())
}
