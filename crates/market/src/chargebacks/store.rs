//! The SQL of chargebacks.

pub mod copy;
pub(super) mod desk;
pub(super) mod said;
pub(super) mod shares;

use super::model::{Answer, By, Chargeback};
use kernel::{ChargebackId, Currency, MemberId, Moment, Money, PaymentId};
use platform::{Reader, Tx};
use process::Timer;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    id: ChargebackId,
    payment: PaymentId,
    provider: String,
    provider_ref: String,
    reason: String,
    amount: i64,
    fee: i64,
    currency: Currency,
    lines: Vec<String>,
    state: String,
    state_since: Moment,
    version: i32,
    timer_transition: Option<String>,
    timer_at: Option<Moment>,
    due_by: Option<Moment>,
    booked_at: Option<Moment>,
    answer: Option<String>,
    round: i32,
    answered_by: Option<MemberId>,
    submitted_at: Option<Moment>,
    opened_at: Moment,
    closed_at: Option<Moment>,
}

impl From<Row> for Chargeback {
    fn from(row: Row) -> Self {
        let money = |amount| Money::new(amount, row.currency);
        Self {
            id: row.id,
            payment: row.payment,
            provider: row.provider,
            provider_ref: row.provider_ref,
            reason: row.reason,
            amount: money(row.amount),
            fee: money(row.fee),
            lines: row.lines,
            state: row.state,
            state_since: row.state_since,
            version: row.version,
            timer: Timer::of(row.timer_transition, row.timer_at),
            due_by: row.due_by,
            booked_at: row.booked_at,
            answer: row.answer.as_deref().and_then(Answer::find),
            round: row.round,
            answered_by: row.answered_by,
            submitted_at: row.submitted_at,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        }
    }
}

/// The columns of `Row`, once.
macro_rules! chargeback_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select chargeback_id as "id: ChargebackId", payment_id as "payment: PaymentId", provider, provider_ref, reason,
                 amount, fee, currency as "currency: Currency", lines, state, state_since, version, timer_transition, timer_at,
                 due_by, booked_at, answer, round, answered_by as "answered_by: MemberId", submitted_at, opened_at, closed_at
               from chargebacks where "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: ChargebackId) -> Done<Option<Chargeback>> {
    let row = chargeback_where!("chargeback_id = $1", id.0).fetch_optional(r.conn()).await?;
    Ok(row.map(Into::into))
}

/// Locked until the unit of work is over. The orders of its payment are locked before.
pub(super) async fn lock(tx: &mut Tx, id: ChargebackId) -> Done<Option<Chargeback>> {
    let row = chargeback_where!("chargeback_id = $1 for update", id.0).fetch_optional(tx.conn()).await?;
    Ok(row.map(Into::into))
}

/// The same, by the provider's name for it.
pub(super) async fn lock_by_ref(tx: &mut Tx, provider: &str, reference: &str) -> Done<Option<Chargeback>> {
    let row = chargeback_where!("provider = $1 and provider_ref = $2 for update", provider, reference);
    Ok(row.fetch_optional(tx.conn()).await?.map(Into::into))
}

/// The payment that a provider speaks of, by its name for it or for its money.
pub(super) async fn payment(
    r: &mut Reader,
    provider: &str,
    reference: &str,
    charge: Option<&str>,
) -> Done<Option<PaymentId>> {
    sqlx::query_scalar!(
        r#"select payment_id as "id: PaymentId" from payments
           where provider = $1 and (provider_ref = $2 or charge_ref = $2 or charge_ref = $3) order by payment_id limit 1"#,
        provider,
        reference,
        charge
    )
    .fetch_optional(r.conn())
    .await
}

/// A new one, in the state that its first step leads to.
pub(super) async fn insert(tx: &mut Tx, new: &Chargeback) -> Done<()> {
    sqlx::query!(
        r#"insert into chargebacks (chargeback_id, payment_id, provider, provider_ref, reason, amount, fee, currency, lines,
             state, state_since, version, timer_transition, timer_at, due_by, opened_at, closed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"#,
        new.id.0,
        new.payment.0,
        new.provider,
        new.provider_ref,
        new.reason,
        new.amount.amount,
        new.fee.amount,
        new.amount.currency.code(),
        &new.lines,
        new.state,
        new.state_since,
        new.version,
        new.timer.as_ref().map(|timer| timer.transition.as_str()),
        new.timer.as_ref().map(|timer| timer.at),
        new.due_by,
        new.opened_at,
        new.closed_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes down what a locked one has become: its state, its timer, and what the provider says of it.
pub(super) async fn save(tx: &mut Tx, it: &Chargeback) -> Done<()> {
    sqlx::query!(
        r#"update chargebacks set reason = $2, amount = $3, fee = $4, lines = $5, state = $6, state_since = $7, version = $8,
             timer_transition = $9, timer_at = $10, due_by = $11, booked_at = $12, answer = $13, round = $14,
             answered_by = $15, submitted_at = $16, closed_at = $17
           where chargeback_id = $1"#,
        it.id.0,
        it.reason,
        it.amount.amount,
        it.fee.amount,
        &it.lines,
        it.state,
        it.state_since,
        it.version,
        it.timer.as_ref().map(|timer| timer.transition.as_str()),
        it.timer.as_ref().map(|timer| timer.at),
        it.due_by,
        it.booked_at,
        it.answer.map(Answer::name),
        it.round,
        it.answered_by.map(|by| by.0),
        it.submitted_at,
        it.closed_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A line of its history. `n` is its version after the step.
pub(super) async fn insert_step(
    tx: &mut Tx,
    it: &Chargeback,
    transition: &str,
    from: &str,
    by: By,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into chargeback_events (chargeback_id, n, transition, actor, actor_id, from_state, to_state, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        it.id.0,
        it.version,
        transition,
        by.actor.as_str(),
        by.member.map(|member| member.0),
        from,
        it.state,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether it has taken this step since it entered the state that it is in.
pub(super) async fn has_taken(r: &mut Reader, it: &Chargeback, transition: &str) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from chargeback_events
             where chargeback_id = $1 and transition = $2 and at >= $3) as "has!""#,
        it.id.0,
        transition,
        it.state_since
    )
    .fetch_one(r.conn())
    .await
}

/// Whether another one of the payment is open.
pub(super) async fn is_another_open(r: &mut Reader, it: &Chargeback) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from chargebacks
             where payment_id = $1 and chargeback_id <> $2 and closed_at is null) as "is!""#,
        it.payment.0,
        it.id.0
    )
    .fetch_one(r.conn())
    .await
}

/// Keeps a warning of a network. `false` when it is known.
pub(super) async fn insert_warning(
    tx: &mut Tx,
    (provider, reference): (&str, &str),
    payment: PaymentId,
    kind: &str,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into fraud_warnings (provider, provider_ref, payment_id, kind, at) values ($1, $2, $3, $4, $5)
           on conflict (provider, provider_ref) do nothing"#,
        provider,
        reference,
        payment.0,
        kind,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
