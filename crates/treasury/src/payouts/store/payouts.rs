//! The SQL of payouts.

use super::Done;
use crate::payouts::model::{Payout, Settlement};
use kernel::{Currency, MemberId, Moment, PayoutId};
use platform::{Reader, Tx};
use uuid::Uuid;

/// With what it is of.
pub async fn insert(tx: &mut Tx, it: &Payout, of: &[Settlement]) -> Done<()> {
    sqlx::query!(
        r#"insert into payouts (payout_id, number, seller_id, provider, account_ref, currency, amount, state, state_since,
             bank_label, created_at, timer_transition, timer_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $11, $12)"#,
        it.id.0,
        it.number,
        it.seller.0,
        it.provider,
        it.account_ref,
        it.currency.code(),
        it.amount,
        it.state,
        it.created_at,
        it.bank_label,
        it.timer_transition,
        it.timer_at
    )
    .execute(tx.conn())
    .await?;
    let (ids, parts): (Vec<Uuid>, Vec<i64>) = of.iter().map(|one| (one.id.0, one.left())).unzip();
    sqlx::query!(
        r#"insert into payout_items (payout_id, settlement_id, amount)
           select $1, i.id, i.amount from unnest($2::uuid[], $3::bigint[]) as i (id, amount)"#,
        it.id.0,
        &ids,
        &parts
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The columns of `Payout`, once.
macro_rules! payout_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Payout,
            r#"select payout_id as "id: PayoutId", number, seller_id as "seller: MemberId", provider, account_ref,
                 currency as "currency: Currency", amount, fee, state, state_since, version, timer_transition, timer_at,
                 provider_ref, bank_label, failure, expected_at, paid_at, created_at
               from payouts where "# + $condition,
            $($arg),*
        )
    };
}

pub async fn find(r: &mut Reader, id: PayoutId) -> Done<Option<Payout>> {
    payout_where!("payout_id = $1", id.0).fetch_optional(r.conn()).await
}

/// Locked until the transaction ends. What it is of is locked before.
pub async fn lock(tx: &mut Tx, id: PayoutId) -> Done<Option<Payout>> {
    payout_where!("payout_id = $1 for update", id.0).fetch_optional(tx.conn()).await
}

/// Of a seller, the newest first.
pub async fn of_seller(
    r: &mut Reader,
    seller: MemberId,
    before: Option<PayoutId>,
    limit: i64,
) -> Done<Vec<Payout>> {
    payout_where!(
        "seller_id = $1 and ($2::uuid is null or payout_id < $2) order by payout_id desc limit $3",
        seller.0,
        before.map(|id| id.0),
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Those that failed, or have not got further since `before`; the oldest first.
pub async fn stuck(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<Payout>> {
    payout_where!(
        "state = 'failed' or (state in ('gathered', 'sending', 'unknown', 'in_transit') and state_since <= $1)
         order by state_since, payout_id limit $2",
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// The one that people call so.
pub async fn by_number(r: &mut Reader, number: &str) -> Done<Option<PayoutId>> {
    sqlx::query_scalar!(r#"select payout_id as "id: PayoutId" from payouts where number = $1"#, number)
        .fetch_optional(r.conn())
        .await
}

/// The newest of everybody.
pub async fn newest(r: &mut Reader, limit: i64) -> Done<Vec<Payout>> {
    payout_where!("true order by payout_id desc limit $1", limit).fetch_all(r.conn()).await
}

/// Failed ones whose account may be paid out to again. Where the bank account does not take their currency, that is another one.
pub async fn to_dissolve(r: &mut Reader, provider: &str, limit: i64) -> Done<Vec<PayoutId>> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select p.payout_id as "id: PayoutId"
           from payouts p join seller_accounts a on a.member_id = p.seller_id and a.provider = p.provider
           where p.state = 'failed' and p.provider = $1 and a.blocked_because is null
             and (a.cool_until is null or a.cool_until <= $2)
             and (p.failure is distinct from 'invalid_currency' or a.bank_changed_at > p.state_since)
           order by p.payout_id limit $3"#,
        provider,
        now,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Those whose timer has rung.
pub async fn rung(r: &mut Reader, limit: i64) -> Done<Vec<(PayoutId, i32, String)>> {
    let now = r.now();
    let rows = sqlx::query!(
        r#"select payout_id as "id: PayoutId", version, timer_transition as "timer!" from payouts
           where timer_at <= $1 and timer_transition is not null order by timer_at, payout_id limit $2"#,
        now,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version, row.timer)).collect())
}

/// By the provider's name for it.
pub async fn by_ref(r: &mut Reader, provider: &str, reference: &str) -> Done<Option<PayoutId>> {
    sqlx::query_scalar!(
        r#"select payout_id as "id: PayoutId" from payouts where provider = $1 and provider_ref = $2"#,
        provider,
        reference
    )
    .fetch_optional(r.conn())
    .await
}

/// Keeps what a step has made of a locked payout.
pub async fn keep(tx: &mut Tx, it: &Payout) -> Done<()> {
    sqlx::query!(
        r#"update payouts set fee = $2, state = $3, state_since = $4, version = $5, timer_transition = $6, timer_at = $7,
             provider_ref = $8, failure = $9, expected_at = $10, paid_at = $11
           where payout_id = $1"#,
        it.id.0,
        it.fee,
        it.state,
        it.state_since,
        it.version,
        it.timer_transition,
        it.timer_at,
        it.provider_ref,
        it.failure,
        it.expected_at,
        it.paid_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
