//! The SQL of payouts.

pub mod copy;

use super::model::{NewSettlement, TakeBack};
use kernel::{DebtId, MemberId, Moment, Money, OrderId, SettlementId};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn tier(r: &mut Reader, seller: MemberId) -> Done<Option<i16>> {
    sqlx::query_scalar!("select tier from seller_tiers where member_id = $1", seller.0)
        .fetch_optional(r.conn())
        .await
}

/// With the first line of its history.
pub(super) async fn insert_settlement(
    tx: &mut Tx,
    new: &NewSettlement<'_>,
    provider: &str,
    until: Moment,
    because: &str,
) -> Done<SettlementId> {
    let (id, now): (SettlementId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"with made as (
             insert into settlements (settlement_id, order_id, seller_id, kind, provider, currency, amount, state,
               state_since, hold_until, hold_because, created_at)
             values ($1, $2, $3, $4, $10, $5, $6, 'on_hold', $7, $8, $9, $7))
           insert into settlement_events (settlement_id, n, transition, actor, from_state, to_state, at)
           values ($1, 1, 'release', 'system', 'new', 'on_hold', $7)"#,
        id.0,
        new.order.0,
        new.seller.0,
        new.kind.name(),
        new.amount.currency.code(),
        new.amount.amount,
        now,
        until,
        because,
        provider
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// What an order released, locked.
#[derive(Debug)]
pub(super) struct Settled {
    pub id: SettlementId,
    pub seller: MemberId,
    pub kind: String,
    pub provider: String,
    pub state: String,
    pub version: i32,
    pub amount: i64,
    pub netted_amount: i64,
    pub taken_amount: i64,
}

/// Locked until the transaction ends, in the order of their ids; what is kept back comes last.
pub(super) async fn lock_of_order(tx: &mut Tx, order: OrderId) -> Done<Vec<Settled>> {
    let mut settled = sqlx::query_as!(
        Settled,
        r#"select settlement_id as "id: SettlementId", seller_id as "seller: MemberId", kind, provider, state, version,
             amount, netted_amount, taken_amount
           from settlements where order_id = $1 order by settlement_id for update"#,
        order.0
    )
    .fetch_all(tx.conn())
    .await?;
    settled.sort_by_key(|one| (one.kind == "reserve", one.id));
    Ok(settled)
}

/// Takes a part of a locked settlement back; with all of it, the settlement ends.
pub(super) async fn take_from(tx: &mut Tx, from: &Settled, part: i64, why: TakeBack) -> Done<()> {
    let now = tx.now();
    let ends = from.netted_amount + from.taken_amount + part == from.amount;
    let (step, to) = match ends {
        true => ("claw_back", "clawed_back"),
        false => ("claw_back_part", from.state.as_str()),
    };
    sqlx::query!(
        r#"with moved as (
             update settlements set taken_amount = taken_amount + $2, taken_because = $3, state = $4, version = version + 1,
               state_since = case when state = $4 then state_since else $5 end,
               timer_transition = case when state = $4 then timer_transition end,
               timer_at = case when state = $4 then timer_at end
             where settlement_id = $1)
           insert into settlement_events (settlement_id, n, transition, actor, from_state, to_state, at)
           values ($1, $6, $7, 'system', $8, $4, $5)"#,
        from.id.0,
        part,
        why.name(),
        to,
        now,
        from.version + 1,
        step,
        from.state
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What a seller comes to owe.
pub(super) struct Debt {
    pub order: OrderId,
    pub seller: MemberId,
    pub provider: String,
    pub amount: Money,
    pub because: TakeBack,
}

pub(super) async fn insert_debt(tx: &mut Tx, debt: &Debt) -> Done<DebtId> {
    let (id, now): (DebtId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"insert into seller_debts (debt_id, seller_id, order_id, provider, currency, amount, because, state, opened_at)
           values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)"#,
        id.0,
        debt.seller.0,
        debt.order.0,
        debt.provider,
        debt.amount.currency.code(),
        debt.amount.amount,
        debt.because.name(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn forget(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from seller_accounts where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from seller_tiers where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
