//! The SQL of payments.

pub mod copy;

use super::model::{Payment, PaymentState, Refund, RefundState};
use super::provider::{ProviderPayment, ProviderRefund};
use kernel::{Currency, MemberId, Moment, Money, OrderId, PaymentId, RefundId};
use platform::{Reader, Tx};
use serde_json::Value;
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
                 amount, currency as "currency: Currency", state, failure, attempt, fee, version, created_at, updated_at
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

pub(super) async fn set_payment_ref(tx: &mut Tx, id: PaymentId, reference: &str) -> Done<()> {
    sqlx::query!("update payments set provider_ref = $2 where payment_id = $1", id.0, reference)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Moves a locked payment to what its provider says.
pub(super) async fn move_payment(tx: &mut Tx, id: PaymentId, said: &ProviderPayment) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update payments set state = $2, failure = $3, attempt = $4, fee = $5, version = version + 1, updated_at = $6
         where payment_id = $1",
        id.0,
        said.state.as_str(),
        said.failure,
        said.attempt,
        said.fee.map(|f| f.amount),
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

pub(super) async fn insert_refund(tx: &mut Tx, refund: &Refund) -> Done<()> {
    sqlx::query!(
        "insert into refunds (refund_id, order_id, payment_id, amount, currency, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        refund.id.0,
        refund.order.0,
        refund.payment.0,
        refund.amount.amount,
        refund.amount.currency.code(),
        refund.state.as_str(),
        refund.created_at
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
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds where payment_id = $1 and state <> 'failed'"#,
        payment.0
    )
    .fetch_one(r.conn())
    .await
}

/// Moves a locked refund to what its provider says.
pub(super) async fn move_refund(tx: &mut Tx, id: RefundId, said: &ProviderRefund) -> Done<()> {
    let settled_at = said.state.is_final().then_some(tx.now());
    sqlx::query!(
        "update refunds set state = $2, provider_ref = $3, failure = $4, settled_at = $5 where refund_id = $1",
        id.0,
        said.state.as_str(),
        said.reference,
        said.failure,
        settled_at
    )
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

/// A call to a provider.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub key: &'a str,
    pub provider: &'a str,
    pub operation: &'static str,
    pub subject: Uuid,
    pub request: Value,
}

/// Writes a call down before it is sent. Answers the state in which an earlier try left it, if there was one.
pub(super) async fn open_call(tx: &mut Tx, call: &Call<'_>) -> Done<Option<String>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with before as (select state from provider_calls where idempotency_key = $1)
           insert into provider_calls (idempotency_key, provider, operation, subject, request, state, created_at)
           values ($1, $2, $3, $4, $5, 'sending', $6)
           on conflict (idempotency_key) do update set state = 'sending', tries = provider_calls.tries + 1
           returning (select state from before) as "before""#,
        call.key,
        call.provider,
        call.operation,
        call.subject,
        call.request,
        now
    )
    .fetch_one(tx.conn())
    .await
}

/// Writes down how a call ended.
pub(super) async fn close_call(tx: &mut Tx, key: &str, state: &str, response: &Value) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_calls set state = $2, response = $3, answered_at = $4 where idempotency_key = $1",
        key,
        state,
        response,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps the raw bytes of a webhook. `false` if the event is known.
pub(super) async fn insert_event(
    tx: &mut Tx,
    provider: &str,
    id: &str,
    kind: &str,
    raw: &[u8],
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into provider_events (provider, event_id, kind, raw, received_at) values ($1, $2, $3, $4, $5)
         on conflict (provider, event_id) do nothing",
        provider,
        id,
        kind,
        raw,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The raw bytes of an event that nobody has handled yet.
pub(super) async fn unhandled_event(r: &mut Reader, provider: &str, id: &str) -> Done<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select raw from provider_events where provider = $1 and event_id = $2 and handled_at is null",
        provider,
        id
    )
    .fetch_optional(r.conn())
    .await
}

/// Marks an event handled. `note` says why nothing came of it.
pub(super) async fn event_handled(tx: &mut Tx, provider: &str, id: &str, note: Option<&str>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_events set handled_at = $3, error = $4 where provider = $1 and event_id = $2",
        provider,
        id,
        now,
        note
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
