//! The SQL of what people look at.

use super::Done;
use kernel::{Currency, MemberId, Moment, OrderId, PayoutId, SettlementId};
use platform::Reader;

/// What people call an order.
pub async fn order_number(r: &mut Reader, order: OrderId) -> Done<String> {
    sqlx::query_scalar!("select number from orders where order_id = $1", order.0).fetch_one(r.conn()).await
}

/// Whether a seller was asked for what the tax office wants to know, before `before`, was reminded twice, and has not told it.
pub async fn owes_tax_details(r: &mut Reader, seller: MemberId, before: Moment) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from seller_profiles
             where member_id = $1 and asked_at <= $2 and reminders >= 2 and given_at is null) as "there!""#,
        seller.0,
        before
    )
    .fetch_one(r.conn())
    .await
}

/// A settlement that waits, with its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: SettlementId,
    pub order: OrderId,
    pub order_number: String,
    pub kind: String,
    pub provider: String,
    pub state: String,
    pub currency: Currency,
    /// What the seller gets of it.
    pub amount: i64,
    pub hold_until: Moment,
    pub hold_because: String,
    pub held: bool,
}

/// Everything of a seller that has not reached its end, the earliest first.
pub async fn waiting(r: &mut Reader, seller: MemberId) -> Done<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select s.settlement_id as "id: SettlementId", s.order_id as "order: OrderId", o.number as order_number, s.kind,
             s.provider, s.state, s.currency as "currency: Currency",
             s.amount - s.netted_amount - s.taken_amount as "amount!", s.hold_until, s.hold_because,
             exists (select from order_holds h where h.order_id = s.order_id and h.lifted_at is null) as "held!"
           from settlements s join orders o using (order_id)
           where s.seller_id = $1 and s.state not in ('paid_out', 'clawed_back', 'netted', 'written_off')
           order by s.hold_until, s.settlement_id limit 1000"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await
}

/// When a seller was paid out last, by currency and provider.
pub async fn last_payouts(r: &mut Reader, seller: MemberId) -> Done<Vec<(String, Currency, Moment)>> {
    let rows = sqlx::query!(
        r#"select provider, currency as "currency: Currency", max(created_at) as "last!" from payouts
           where seller_id = $1 and state <> 'dissolved' group by provider, currency"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.provider, row.currency, row.last)).collect())
}

/// What is on its way to a seller's bank, and what they owe: minor units by currency.
pub async fn sums(r: &mut Reader, seller: MemberId) -> Done<Vec<(Currency, i64, i64)>> {
    let rows = sqlx::query!(
        r#"select currency as "currency!: Currency", sum(sent)::bigint as "sent!", sum(owed)::bigint as "owed!" from (
             select currency, amount as sent, 0 as owed from payouts
             where seller_id = $1 and state in ('gathered', 'sending', 'unknown', 'in_transit')
             union all
             select currency, 0, amount - recovered_amount - written_off_amount from seller_debts
             where seller_id = $1 and state = 'open') x
           group by currency order by currency"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.sent, row.owed)).collect())
}

/// A line of a payout's statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub settlement: SettlementId,
    pub order: OrderId,
    pub order_number: String,
    pub kind: String,
    /// When the order released it.
    pub released_at: Moment,
    /// What it was, what of it paid a debt, what was taken back, and what this payout paid of it: minor units.
    pub amount: i64,
    pub netted: i64,
    pub taken: i64,
    pub paid: i64,
}

/// What a payout is of, the oldest sale first.
pub async fn items(r: &mut Reader, payout: PayoutId) -> Done<Vec<Item>> {
    sqlx::query_as!(
        Item,
        r#"select s.settlement_id as "settlement: SettlementId", s.order_id as "order: OrderId", o.number as order_number,
             s.kind, s.created_at as released_at, s.amount, s.netted_amount as netted,
             s.amount - s.netted_amount - i.amount as "taken!", i.amount as paid
           from payout_items i join settlements s using (settlement_id) join orders o using (order_id)
           where i.payout_id = $1 order by s.created_at, s.settlement_id"#,
        payout.0
    )
    .fetch_all(r.conn())
    .await
}
