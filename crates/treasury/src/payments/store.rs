//! The SQL of payments.

pub(super) mod calls;
pub mod copy;
pub(super) mod events;
pub(super) mod reading;
pub(super) mod waiting;

use super::model::{Payment, PaymentState, Refund, RefundState};
use super::provider::{ProviderPayment, ProviderRefund};
use kernel::{Currency, MemberId, Moment, Money, OrderId, PaymentId, RefundId};
use platform::{Reader, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

struct PaymentRow {
    payment_id: PaymentId,
    buyer_id: MemberId,
    provider: String,
    provider_ref: Option<String>,
    amount: i64,
    currency: Currency,
    state: String,
    failure: Option<String>,
    attempt: Option<String>,
    fee: Option<i64>,
    charge_ref: Option<String>,
    settled_amount: Option<i64>,
    settled_currency: Option<Currency>,
    method: Option<String>,
    pay_url: Option<String>,
    version: i32,
    created_at: Moment,
    updated_at: Moment,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = sqlx::Error;
    fn try_from(row: PaymentRow) -> Done<Self> {
        Ok(Self {
            id: row.payment_id,
            buyer: row.buyer_id,
            provider: row.provider,
            provider_ref: row.provider_ref,
            amount: Money::new(row.amount, row.currency),
            state: PaymentState::parse(&row.state).ok_or_else(|| unknown("payment", &row.state))?,
            failure: row.failure,
            attempt: row.attempt,
            fee: row.fee.map(|fee| Money::new(fee, row.currency)),
            charge: row.charge_ref,
            settled: row.settled_amount.zip(row.settled_currency).map(|(amount, c)| Money::new(amount, c)),
            method: row.method,
            pay_url: row.pay_url,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

fn unknown(what: &str, state: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown {what} state {state}").into())
}

/// The columns of `PaymentRow`, once.
macro_rules! payment_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            PaymentRow,
            r#"select payment_id as "payment_id: PaymentId", buyer_id as "buyer_id: MemberId", provider, provider_ref,
                 amount, currency as "currency: Currency", state, failure, attempt, fee, charge_ref, settled_amount,
                 settled_currency as "settled_currency: Currency", method, pay_url, version, created_at, updated_at
               from payments where "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn insert_payment(tx: &mut Tx, payment: &Payment) -> Done<()> {
    sqlx::query!(
        "insert into payments (payment_id, buyer_id, provider, amount, currency, state, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        payment.id.0,
        payment.buyer.0,
        payment.provider,
        payment.amount.amount,
        payment.amount.currency.code(),
        payment.state.as_str(),
        payment.created_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn payment(r: &mut Reader, id: PaymentId) -> Done<Option<Payment>> {
    payment_where!("payment_id = $1", id.0).fetch_optional(r.conn()).await?.map(Payment::try_from).transpose()
}

/// Locked until the transaction ends.
pub(super) async fn lock_payment(tx: &mut Tx, id: PaymentId) -> Done<Option<Payment>> {
    let row = payment_where!("payment_id = $1 for update", id.0).fetch_optional(tx.conn()).await?;
    row.map(Payment::try_from).transpose()
}

pub(super) async fn payment_by_ref(r: &mut Reader, provider: &str, reference: &str) -> Done<Option<Payment>> {
    let row = payment_where!("provider = $1 and provider_ref = $2", provider, reference);
    row.fetch_optional(r.conn()).await?.map(Payment::try_from).transpose()
}

/// Keeps the provider's id of a locked payment, and its page for the buyer.
pub(super) async fn set_payment_ref(tx: &mut Tx, id: PaymentId, said: &ProviderPayment) -> Done<()> {
    sqlx::query!(
        "update payments set provider_ref = $2, pay_url = coalesce($3, pay_url) where payment_id = $1",
        id.0,
        said.reference,
        said.pay_url
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps what came to be known of a locked payment that stays where it is.
pub(super) async fn complete_payment(tx: &mut Tx, id: PaymentId, said: &ProviderPayment) -> Done<()> {
    sqlx::query!(
        "update payments set fee = coalesce(fee, $2), charge_ref = coalesce(charge_ref, $3), method = coalesce(method, $4),
           settled_amount = coalesce(settled_amount, $5), settled_currency = coalesce(settled_currency, $6)
         where payment_id = $1",
        id.0,
        said.fee.map(|f| f.amount),
        said.charge,
        said.method,
        said.settled.map(|s| s.amount),
        said.settled.as_ref().map(|s| s.currency.code())
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The payments that somebody made.
pub(super) async fn payments_of(r: &mut Reader, buyer: MemberId) -> Done<Vec<Uuid>> {
    sqlx::query_scalar!("select payment_id from payments where buyer_id = $1", buyer.0)
        .fetch_all(r.conn())
        .await
}

/// Moves a locked payment to what its provider says.
pub(super) async fn move_payment(tx: &mut Tx, id: PaymentId, said: &ProviderPayment) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update payments set state = $2, failure = $3, attempt = $4, fee = $5, charge_ref = $6, method = $7,
           settled_amount = $8, settled_currency = $9, version = version + 1, updated_at = $10
         where payment_id = $1",
        id.0,
        said.state.as_str(),
        said.failure,
        said.attempt,
        said.fee.map(|f| f.amount),
        said.charge,
        said.method,
        said.settled.map(|s| s.amount),
        said.settled.as_ref().map(|s| s.currency.code()),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Closes a locked payment that its provider never heard of.
pub(super) async fn close_unsent(tx: &mut Tx, id: PaymentId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update payments set state = 'cancelled', version = version + 1, updated_at = $2
         where payment_id = $1 and provider_ref is null and state = 'created'",
        id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct RefundRow {
    refund_id: RefundId,
    order_id: OrderId,
    payment_id: PaymentId,
    amount: i64,
    currency: Currency,
    state: String,
    provider_ref: Option<String>,
    failure: Option<String>,
    created_at: Moment,
    settled_at: Option<Moment>,
}

impl TryFrom<RefundRow> for Refund {
    type Error = sqlx::Error;
    fn try_from(row: RefundRow) -> Done<Self> {
        Ok(Self {
            id: row.refund_id,
            order: row.order_id,
            payment: row.payment_id,
            amount: Money::new(row.amount, row.currency),
            state: RefundState::parse(&row.state).ok_or_else(|| unknown("refund", &row.state))?,
            provider_ref: row.provider_ref,
            failure: row.failure,
            created_at: row.created_at,
            settled_at: row.settled_at,
        })
    }
}

/// The columns of `RefundRow`, once.
macro_rules! refund_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            RefundRow,
            r#"select refund_id as "refund_id: RefundId", order_id as "order_id: OrderId",
                 payment_id as "payment_id: PaymentId", amount, currency as "currency: Currency", state, provider_ref,
                 failure, created_at, settled_at
               from refunds where "# + $condition,
            $($arg),*
        )
    };
}

/// `tax` is what of it is tax.
pub(super) async fn insert_refund(tx: &mut Tx, refund: &Refund, tax: Money) -> Done<()> {
    sqlx::query!(
        "insert into refunds (refund_id, order_id, payment_id, amount, currency, state, created_at, tax_amount)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        refund.id.0,
        refund.order.0,
        refund.payment.0,
        refund.amount.amount,
        refund.amount.currency.code(),
        refund.state.as_str(),
        refund.created_at,
        tax.amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn refund(r: &mut Reader, id: RefundId) -> Done<Option<Refund>> {
    refund_where!("refund_id = $1", id.0).fetch_optional(r.conn()).await?.map(Refund::try_from).transpose()
}

/// Locked until the transaction ends.
pub(super) async fn lock_refund(tx: &mut Tx, id: RefundId) -> Done<Option<Refund>> {
    let row = refund_where!("refund_id = $1 for update", id.0).fetch_optional(tx.conn()).await?;
    row.map(Refund::try_from).transpose()
}

pub(super) async fn refund_by_ref(r: &mut Reader, provider: &str, reference: &str) -> Done<Option<Refund>> {
    let row = refund_where!(
        "provider_ref = $2 and exists (select from payments p where p.payment_id = refunds.payment_id and p.provider = $1)",
        provider,
        reference
    );
    row.fetch_optional(r.conn()).await?.map(Refund::try_from).transpose()
}

/// Of an order, oldest first.
pub(super) async fn refunds_of_order(r: &mut Reader, order: OrderId) -> Done<Vec<Refund>> {
    let rows =
        refund_where!("order_id = $1 order by created_at, refund_id", order.0).fetch_all(r.conn()).await?;
    rows.into_iter().map(Refund::try_from).collect()
}

/// What of a payment was refunded, or is about to be: minor units.
pub(super) async fn refunded(r: &mut Reader, payment: PaymentId) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds where payment_id = $1
             and state not in ('failed', 'bounced')"#,
        payment.0
    )
    .fetch_one(r.conn())
    .await
}

/// Moves a locked refund to a state, by what its provider says.
pub(super) async fn move_refund(
    tx: &mut Tx,
    id: RefundId,
    to: RefundState,
    said: &ProviderRefund,
) -> Done<()> {
    let settled_at = to.is_final().then_some(tx.now());
    sqlx::query!(
        "update refunds set state = $2, provider_ref = $3, failure = $4, settled_at = $5 where refund_id = $1",
        id.0,
        to.as_str(),
        said.reference,
        said.failure,
        settled_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Nobody knows whether the provider began it.
pub(super) async fn refund_unknown(tx: &mut Tx, id: RefundId) -> Done<()> {
    sqlx::query!("update refunds set state = 'unknown' where refund_id = $1 and state = 'created'", id.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Ends a locked refund that its provider refused to begin.
pub(super) async fn refuse_refund(tx: &mut Tx, id: RefundId, failure: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update refunds set state = 'failed', failure = $2, settled_at = $3 where refund_id = $1",
        id.0,
        failure,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
