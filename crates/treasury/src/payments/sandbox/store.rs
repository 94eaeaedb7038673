//! The SQL of the sandbox's own books.

pub mod cards;

use super::super::model::{PaymentState, RefundState};
use super::super::provider::{ProviderPayment, ProviderRefund};
use super::cards::Behaviour;
use kernel::{Currency, Money, PaymentId, RefundId};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// A payment in the sandbox's books.
#[derive(Debug)]
pub(super) struct Payment {
    pub reference: String,
    pub ours: PaymentId,
    pub amount: Money,
    pub state: PaymentState,
    pub attempts: i32,
    pub behaviour: Option<Behaviour>,
    pub failure: Option<String>,
    pub fee: Option<i64>,
    pub refunded: i64,
}

impl Payment {
    /// As the marketplace is told.
    pub fn shown(&self) -> ProviderPayment {
        ProviderPayment {
            reference: self.reference.clone(),
            state: self.state,
            amount: self.amount,
            fee: self.fee.map(|fee| Money::new(fee, self.amount.currency)),
            failure: self.failure.clone(),
            attempt: (self.attempts > 0).then(|| format!("{}_{}", self.reference, self.attempts)),
            charge: None,
            settled: None,
            method: Some("card".to_owned()),
            pay_url: None,
            client_secret: None,
        }
    }
}

struct PaymentRow {
    r#ref: String,
    payment_id: PaymentId,
    amount: i64,
    currency: Currency,
    state: String,
    attempts: i32,
    behaviour: Option<String>,
    failure: Option<String>,
    fee: Option<i64>,
    refunded: i64,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = sqlx::Error;
    fn try_from(row: PaymentRow) -> Done<Self> {
        Ok(Self {
            reference: row.r#ref,
            ours: row.payment_id,
            amount: Money::new(row.amount, row.currency),
            state: PaymentState::parse(&row.state).ok_or_else(|| unknown(&row.state))?,
            attempts: row.attempts,
            behaviour: row.behaviour.as_deref().and_then(Behaviour::parse),
            failure: row.failure,
            fee: row.fee,
            refunded: row.refunded,
        })
    }
}

fn unknown(state: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown sandbox state {state}").into())
}

/// The columns of `PaymentRow`, once.
macro_rules! payment_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            PaymentRow,
            r#"select ref as "ref: String", payment_id as "payment_id: PaymentId", amount,
                 currency as "currency: Currency", state, attempts, behaviour, failure, fee, refunded
               from sandbox.payments where "# + $condition,
            $($arg),*
        )
    };
}

/// Opens a payment, unless the key was used.
pub(super) async fn insert_payment(
    tx: &mut Tx,
    reference: &str,
    key: &str,
    ours: PaymentId,
    amount: Money,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into sandbox.payments (ref, idempotency_key, payment_id, amount, currency, state, created_at)
         values ($1, $2, $3, $4, $5, 'created', $6) on conflict (idempotency_key) do nothing",
        reference,
        key,
        ours.0,
        amount.amount,
        amount.currency.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn payment_by_key(r: &mut Reader, key: &str) -> Done<Payment> {
    payment_where!("idempotency_key = $1", key).fetch_one(r.conn()).await?.try_into()
}

pub(super) async fn payment(r: &mut Reader, reference: &str) -> Done<Option<Payment>> {
    payment_where!("ref = $1", reference).fetch_optional(r.conn()).await?.map(Payment::try_from).transpose()
}

/// The newest that carries the marketplace's id.
pub(super) async fn payment_of(r: &mut Reader, ours: PaymentId) -> Done<Option<Payment>> {
    let row = payment_where!("payment_id = $1 order by created_at desc limit 1", ours.0);
    row.fetch_optional(r.conn()).await?.map(Payment::try_from).transpose()
}

pub(super) async fn lock_payment(tx: &mut Tx, reference: &str) -> Done<Option<Payment>> {
    let row = payment_where!("ref = $1 for update", reference);
    row.fetch_optional(tx.conn()).await?.map(Payment::try_from).transpose()
}

/// Writes what changed of a locked payment.
pub(super) async fn save_payment(tx: &mut Tx, payment: &Payment) -> Done<()> {
    sqlx::query!(
        "update sandbox.payments set state = $2, attempts = $3, behaviour = $4, failure = $5, fee = $6, refunded = $7
         where ref = $1",
        payment.reference,
        payment.state.as_str(),
        payment.attempts,
        payment.behaviour.map(Behaviour::as_str),
        payment.failure,
        payment.fee,
        payment.refunded
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps of a card what may be kept.
pub(super) async fn save_card(tx: &mut Tx, reference: &str, last4: &str, brand: &str) -> Done<()> {
    sqlx::query!(
        "update sandbox.payments set card_last4 = $2, card_brand = $3 where ref = $1",
        reference,
        last4,
        brand
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A refund in the sandbox's books.
#[derive(Debug)]
pub(super) struct Refund {
    pub reference: String,
    pub ours: RefundId,
    pub payment_ref: String,
    pub amount: Money,
    pub state: RefundState,
    pub failure: Option<String>,
}

impl Refund {
    /// As the marketplace is told.
    pub fn shown(&self) -> ProviderRefund {
        ProviderRefund {
            reference: self.reference.clone(),
            state: self.state,
            amount: self.amount,
            failure: self.failure.clone(),
        }
    }
}

struct RefundRow {
    r#ref: String,
    refund_id: RefundId,
    payment_ref: String,
    amount: i64,
    currency: Currency,
    state: String,
    failure: Option<String>,
}

impl TryFrom<RefundRow> for Refund {
    type Error = sqlx::Error;
    fn try_from(row: RefundRow) -> Done<Self> {
        Ok(Self {
            reference: row.r#ref,
            ours: row.refund_id,
            payment_ref: row.payment_ref,
            amount: Money::new(row.amount, row.currency),
            state: RefundState::parse(&row.state).ok_or_else(|| unknown(&row.state))?,
            failure: row.failure,
        })
    }
}

/// The columns of `RefundRow`, once.
macro_rules! refund_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            RefundRow,
            r#"select ref as "ref: String", refund_id as "refund_id: RefundId", payment_ref, amount,
                 currency as "currency: Currency", state, failure
               from sandbox.refunds where "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn insert_refund(tx: &mut Tx, key: &str, refund: &Refund) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into sandbox.refunds (ref, idempotency_key, refund_id, payment_ref, amount, currency, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        refund.reference,
        key,
        refund.ours.0,
        refund.payment_ref,
        refund.amount.amount,
        refund.amount.currency.code(),
        refund.state.as_str(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn refund_by_key(r: &mut Reader, key: &str) -> Done<Option<Refund>> {
    let row = refund_where!("idempotency_key = $1", key);
    row.fetch_optional(r.conn()).await?.map(Refund::try_from).transpose()
}

pub(super) async fn refund(r: &mut Reader, reference: &str) -> Done<Option<Refund>> {
    refund_where!("ref = $1", reference).fetch_optional(r.conn()).await?.map(Refund::try_from).transpose()
}

/// The newest that carries the marketplace's id.
pub(super) async fn refund_of(r: &mut Reader, ours: RefundId) -> Done<Option<Refund>> {
    let row = refund_where!("refund_id = $1 order by created_at desc limit 1", ours.0);
    row.fetch_optional(r.conn()).await?.map(Refund::try_from).transpose()
}

/// Ends a refund that was pending. `false` if it was not.
pub(super) async fn end_refund(tx: &mut Tx, refund: &Refund) -> Done<bool> {
    let done = sqlx::query!(
        "update sandbox.refunds set state = $2, failure = $3 where ref = $1 and state = 'pending'",
        refund.reference,
        refund.state.as_str(),
        refund.failure
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_event(tx: &mut Tx, reference: &str, body: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into sandbox.events (ref, body, created_at) values ($1, $2, $3)",
        reference,
        body,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The body of an event that was not delivered yet.
pub(super) async fn undelivered(r: &mut Reader, reference: &str) -> Done<Option<String>> {
    sqlx::query_scalar!("select body from sandbox.events where ref = $1 and delivered_at is null", reference)
        .fetch_optional(r.conn())
        .await
}

pub(super) async fn delivered(tx: &mut Tx, reference: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update sandbox.events set delivered_at = $2 where ref = $1", reference, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
