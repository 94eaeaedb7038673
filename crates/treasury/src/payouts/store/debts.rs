//! The SQL of what sellers owe.

use super::Done;
use crate::payouts::model::{Debt, TakeBack};
use kernel::{Currency, DebtId, MemberId, Moment, Money, OrderId};
use platform::{Reader, Tx};

pub async fn insert(
    tx: &mut Tx,
    order: OrderId,
    seller: MemberId,
    provider: &str,
    amount: Money,
    because: TakeBack,
) -> Done<DebtId> {
    let (id, now): (DebtId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"insert into seller_debts (debt_id, seller_id, order_id, provider, currency, amount, because, state, opened_at)
           values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)"#,
        id.0,
        seller.0,
        order.0,
        provider,
        amount.currency.code(),
        amount.amount,
        because.name(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The columns of `Debt`, once.
macro_rules! debt_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Debt,
            r#"select debt_id as "id: DebtId", seller_id as "seller: MemberId", order_id as "order: OrderId", provider,
                 currency as "currency: Currency", amount, recovered_amount, written_off_amount, because, state, parts,
                 opened_at
               from seller_debts where "# + $condition,
            $($arg),*
        )
    };
}

pub async fn find(r: &mut Reader, id: DebtId) -> Done<Option<Debt>> {
    debt_where!("debt_id = $1", id.0).fetch_optional(r.conn()).await
}

/// Locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: DebtId) -> Done<Option<Debt>> {
    debt_where!("debt_id = $1 for update", id.0).fetch_optional(tx.conn()).await
}

/// What a seller owes in a currency, oldest first, locked until the transaction ends.
pub async fn lock_open(tx: &mut Tx, seller: MemberId, currency: Currency) -> Done<Vec<Debt>> {
    debt_where!(
        "seller_id = $1 and currency = $2 and state = 'open' order by debt_id for update",
        seller.0,
        currency.code()
    )
    .fetch_all(tx.conn())
    .await
}

/// What is owed for an order, oldest first, locked until the transaction ends.
pub async fn lock_of_order(tx: &mut Tx, order: OrderId) -> Done<Vec<Debt>> {
    debt_where!("order_id = $1 and state = 'open' order by debt_id for update", order.0)
        .fetch_all(tx.conn())
        .await
}

/// Of a seller, open ones first, then the newest.
pub async fn of_seller(r: &mut Reader, seller: MemberId) -> Done<Vec<Debt>> {
    debt_where!("seller_id = $1 order by state = 'open' desc, debt_id desc limit 100", seller.0)
        .fetch_all(r.conn())
        .await
}

/// Open debts of everybody, oldest first.
pub async fn open(r: &mut Reader, limit: i64) -> Done<Vec<Debt>> {
    debt_where!("state = 'open' order by debt_id limit $1", limit).fetch_all(r.conn()).await
}

/// Those that are open and nobody was reminded of since `before`.
pub async fn to_remind(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<Debt>> {
    debt_where!(
        "state = 'open' and coalesce(reminded_at, opened_at) <= $1 order by debt_id limit $2",
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

pub async fn set_reminded(tx: &mut Tx, id: DebtId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update seller_debts set reminded_at = $2 where debt_id = $1", id.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Keeps what came of a locked debt.
pub async fn keep(tx: &mut Tx, it: &Debt) -> Done<()> {
    let closed_at = (it.state != "open").then(|| tx.now());
    sqlx::query!(
        "update seller_debts set recovered_amount = $2, written_off_amount = $3, state = $4, parts = $5, closed_at = $6
         where debt_id = $1",
        it.id.0,
        it.recovered_amount,
        it.written_off_amount,
        it.state,
        it.parts,
        closed_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
