//! The SQL of settlements.

use super::Done;
use crate::payouts::model::{NewSettlement, Settlement, SettlementKind};
use kernel::{Currency, MemberId, Moment, OrderId, SettlementId};
use platform::{Reader, Tx};
use process::Timer;
use serde_json::Value;
use time::Duration;

/// How long nothing more is sent in a currency that a bank account did not take, where no payout waits for its owner: they may
/// have changed something that the provider does not tell.
const NOT_TAKEN: Duration = Duration::days(7);

/// With the first line of its history. The money's own name is the payment's.
pub async fn insert(
    tx: &mut Tx,
    new: &NewSettlement<'_>,
    provider: &str,
    (until, because): (Moment, &str),
    timer: Option<&Timer>,
) -> Done<SettlementId> {
    let (id, now): (SettlementId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"with made as (
             insert into settlements (settlement_id, order_id, seller_id, kind, provider, charge_ref, currency, amount, state,
               state_since, hold_until, hold_because, created_at, timer_transition, timer_at)
             values ($1, $2, $3, $4, $10, (select charge_ref from payments where payment_id = $11), $5, $6, 'on_hold', $7,
               $8, $9, $7, $12, $13))
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
        provider,
        new.payment.0,
        timer.map(|timer| timer.transition.as_str()),
        timer.map(|timer| timer.at)
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Whether an order has released something of this kind.
pub async fn has_kind(r: &mut Reader, order: OrderId, kind: SettlementKind) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from settlements where order_id = $1 and kind = $2) as "has!""#,
        order.0,
        kind.name()
    )
    .fetch_one(r.conn())
    .await
}

/// What an order was paid by: what is transferred of it carries the same group.
pub async fn payment_of(r: &mut Reader, order: OrderId) -> Done<kernel::PaymentId> {
    sqlx::query_scalar!(
        r#"select payment_id as "id: kernel::PaymentId" from orders where order_id = $1"#,
        order.0
    )
    .fetch_one(r.conn())
    .await
}

/// The columns of `Settlement`, once.
macro_rules! settlement_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Settlement,
            r#"select settlement_id as "id: SettlementId", order_id as "order: OrderId", seller_id as "seller: MemberId", kind,
                 provider, charge_ref, currency as "currency: Currency", amount,
                 charged_currency as "charged_currency: Currency", charged_amount, netted_amount, taken_amount, taken_because,
                 state, state_since, version, timer_transition, timer_at, hold_until, hold_because, transfer_ref,
                 reversal_ref, tries, reversals, reversing_amount, created_at
               from settlements where "# + $condition,
            $($arg),*
        )
    };
}

pub async fn find(r: &mut Reader, id: SettlementId) -> Done<Option<Settlement>> {
    settlement_where!("settlement_id = $1", id.0).fetch_optional(r.conn()).await
}

/// Locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: SettlementId) -> Done<Option<Settlement>> {
    settlement_where!("settlement_id = $1 for update", id.0).fetch_optional(tx.conn()).await
}

/// What an order released, locked until the transaction ends in the order of their ids.
pub async fn lock_of_order(tx: &mut Tx, order: OrderId) -> Done<Vec<Settlement>> {
    settlement_where!("order_id = $1 order by settlement_id for update", order.0).fetch_all(tx.conn()).await
}

/// What a payout is of, locked until the transaction ends in the order of their ids.
pub async fn lock_of_payout(tx: &mut Tx, payout: kernel::PayoutId) -> Done<Vec<Settlement>> {
    settlement_where!(
        "settlement_id in (select i.settlement_id from payout_items i where i.payout_id = $1)
         order by settlement_id for update",
        payout.0
    )
    .fetch_all(tx.conn())
    .await
}

/// What a seller has in one state at one provider, locked until the transaction ends in the order of their ids.
pub async fn lock_of_seller(
    tx: &mut Tx,
    seller: MemberId,
    provider: &str,
    currency: Currency,
    state: &str,
) -> Done<Vec<Settlement>> {
    settlement_where!(
        "seller_id = $1 and provider = $2 and currency = $3 and state = $4 order by settlement_id for update",
        seller.0,
        provider,
        currency.code(),
        state
    )
    .fetch_all(tx.conn())
    .await
}

pub async fn find_by_transfer(r: &mut Reader, provider: &str, reference: &str) -> Done<Option<SettlementId>> {
    sqlx::query_scalar!(
        r#"select settlement_id as "id: SettlementId" from settlements where provider = $1 and transfer_ref = $2"#,
        provider,
        reference
    )
    .fetch_optional(r.conn())
    .await
}

/// Keeps what a step has made of a locked settlement, with the step's line in its history.
pub async fn keep(tx: &mut Tx, it: &Settlement, step: &Line<'_>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"with moved as (
             update settlements set state = $2, state_since = $3, version = $4, timer_transition = $5, timer_at = $6,
               netted_amount = $7, taken_amount = $8, taken_because = $9, transfer_ref = $10, reversal_ref = $11,
               tries = $12, reversals = $13, reversing_amount = $14, hold_until = $15, hold_because = $16,
               currency = $23, amount = $24, charged_currency = $25, charged_amount = $26
             where settlement_id = $1)
           insert into settlement_events (settlement_id, n, transition, actor, actor_id, from_state, to_state, at, data)
           values ($1, $4, $17, $18, $19, $20, $2, $21, $22)"#,
        it.id.0,
        it.state,
        it.state_since,
        it.version,
        it.timer_transition,
        it.timer_at,
        it.netted_amount,
        it.taken_amount,
        it.taken_because,
        it.transfer_ref,
        it.reversal_ref,
        it.tries,
        it.reversals,
        it.reversing_amount,
        it.hold_until,
        it.hold_because,
        step.transition,
        step.actor,
        step.by.map(|by| by.0),
        step.from,
        now,
        step.data,
        it.currency.code(),
        it.amount,
        it.charged_currency.as_ref().map(Currency::code),
        it.charged_amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A line of a settlement's history.
#[derive(Debug)]
pub struct Line<'a> {
    pub transition: &'a str,
    pub actor: &'a str,
    pub by: Option<MemberId>,
    pub from: &'a str,
    pub data: &'a Value,
}

/// Those whose wait is over and whose seller may receive money, after `after`, by their ids. What is held and why else one
/// waits is looked at again when it is locked.
pub async fn due(r: &mut Reader, after: SettlementId, limit: i64) -> Done<Vec<SettlementId>> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select s.settlement_id as "id: SettlementId"
           from settlements s join seller_accounts a on a.member_id = s.seller_id and a.provider = s.provider
           where s.state = 'on_hold' and s.hold_until <= $1 and s.settlement_id > $2 and a.state = 'active'
             and not exists (select from order_holds h where h.order_id = s.order_id and h.lifted_at is null)
           order by s.settlement_id limit $3"#,
        now,
        after.0,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Those that wait to be transferred; what was refused lately waits for a day.
pub async fn to_transfer(
    r: &mut Reader,
    provider: &str,
    refused_before: Moment,
    limit: i64,
) -> Done<Vec<SettlementId>> {
    sqlx::query_scalar!(
        r#"select s.settlement_id as "id: SettlementId"
           from settlements s join seller_accounts a on a.member_id = s.seller_id and a.provider = s.provider
           where s.state = 'payable' and s.provider = $1 and a.state = 'active'
             and (s.tries = 0 or s.state_since <= $2)
             and not exists (select from order_holds h where h.order_id = s.order_id and h.lifted_at is null)
           order by s.settlement_id limit $3"#,
        provider,
        refused_before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Those that came back from a bank, and may go on: not to a bank account that has just refused their currency.
pub async fn to_unblock(r: &mut Reader, provider: &str, limit: i64) -> Done<Vec<SettlementId>> {
    let now = r.now();
    let lately = now - NOT_TAKEN;
    sqlx::query_scalar!(
        r#"select s.settlement_id as "id: SettlementId"
           from settlements s join seller_accounts a on a.member_id = s.seller_id and a.provider = s.provider
           where s.state = 'blocked' and s.provider = $1 and a.blocked_because is null
             and (a.cool_until is null or a.cool_until <= $2)
             and not exists (select from payout_items i join payouts p using (payout_id)
               where i.settlement_id = s.settlement_id and p.state = 'failed')
             and not exists (select from payouts p where p.seller_id = s.seller_id and p.provider = s.provider
               and p.currency = s.currency and p.failure = 'invalid_currency'
               and p.state_since >= coalesce(a.bank_changed_at, p.state_since)
               and (p.state = 'returned' or (p.state = 'dissolved' and p.provider_ref is null)) and p.state_since > $4)
           order by s.settlement_id limit $3"#,
        provider,
        now,
        limit,
        lately
    )
    .fetch_all(r.conn())
    .await
}

/// Those whose timer has rung.
pub async fn rung(r: &mut Reader, limit: i64) -> Done<Vec<(SettlementId, i32, String)>> {
    let now = r.now();
    let rows = sqlx::query!(
        r#"select settlement_id as "id: SettlementId", version, timer_transition as "timer!" from settlements
           where timer_at <= $1 and timer_transition is not null order by timer_at, settlement_id limit $2"#,
        now,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version, row.timer)).collect())
}

/// Whether a transfer of this order is on its way back for a refund.
pub async fn is_reversing(r: &mut Reader, order: OrderId) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from settlements
             where order_id = $1 and state = 'reversing' and taken_because = 'refund') as "there!""#,
        order.0
    )
    .fetch_one(r.conn())
    .await
}

/// A group of settlements that may go to a bank together.
#[derive(Debug)]
pub struct Group {
    pub seller: MemberId,
    pub currency: Currency,
    pub sum: i64,
    /// Since when the oldest of it waits.
    pub since: Moment,
    /// When this seller was paid out last in this currency.
    pub last: Option<Moment>,
}

/// What each seller has in `state` at a provider and may get now, by currency. Sellers with a payout that was not sent yet
/// are not among them; nor are currencies that their bank account does not take, until they name another one.
pub async fn groups(r: &mut Reader, provider: &str, state: &str) -> Done<Vec<Group>> {
    let now = r.now();
    let lately = now - NOT_TAKEN;
    sqlx::query_as!(
        Group,
        r#"select s.seller_id as "seller: MemberId", s.currency as "currency: Currency",
             sum(s.amount - s.netted_amount - s.taken_amount)::bigint as "sum!", min(s.created_at) as "since!",
             (select max(p.created_at) from payouts p where p.seller_id = s.seller_id and p.provider = s.provider
                and p.currency = s.currency and p.state <> 'dissolved') as last
           from settlements s
             join seller_accounts a on a.member_id = s.seller_id and a.provider = s.provider
             join members m on m.member_id = s.seller_id
           where s.state = $2 and s.provider = $1 and a.account_ref is not null and a.state = 'active' and a.payouts_on
             and a.blocked_because is null and (a.cool_until is null or a.cool_until <= $3)
             and (m.suspended_at is null or m.suspended_until <= $3)
             and not exists (select from order_holds h where h.order_id = s.order_id and h.lifted_at is null)
             and not exists (select from payouts p where p.seller_id = s.seller_id and p.provider = s.provider
               and p.currency = s.currency and p.state in ('gathered', 'sending', 'unknown'))
             and not exists (select from payouts p where p.seller_id = s.seller_id and p.provider = s.provider
               and p.currency = s.currency and p.failure = 'invalid_currency'
               and p.state_since >= coalesce(a.bank_changed_at, p.state_since)
               and (p.state = 'failed' or ((p.state = 'returned' or (p.state = 'dissolved' and p.provider_ref is null))
                 and p.state_since > $4)))
           group by s.seller_id, s.provider, s.currency
           order by s.seller_id, s.currency"#,
        provider,
        state,
        now,
        lately
    )
    .fetch_all(r.conn())
    .await
}

/// What sellers are to get of our own balance at a provider, by currency: what waits for a payout, and what is in one that was not
/// sent yet.
pub async fn wanted(r: &mut Reader, provider: &str) -> Done<Vec<(Currency, i64)>> {
    let rows = sqlx::query!(
        r#"select currency as "currency!: Currency", sum(amount)::bigint as "sum!" from (
             select currency, amount - netted_amount - taken_amount as amount from settlements
             where provider = $1 and state = 'payable'
             union all
             select currency, amount from payouts where provider = $1 and state in ('gathered', 'sending', 'unknown')) x
           group by currency"#,
        provider
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.sum)).collect())
}

/// Whether a seller has anything that is not at its end.
pub async fn has_open(r: &mut Reader, seller: MemberId) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from settlements where seller_id = $1
             and state not in ('paid_out', 'clawed_back', 'netted', 'written_off'))
             or exists (select from payouts where seller_id = $1
               and state in ('gathered', 'sending', 'unknown', 'in_transit', 'failed'))
             or exists (select from seller_debts where seller_id = $1 and state = 'open') as "there!""#,
        seller.0
    )
    .fetch_one(r.conn())
    .await
}

/// Sellers who have money waiting and no account that may receive it, with how often they were reminded and since when
/// the oldest of it waits.
pub async fn waiting_without_account(r: &mut Reader) -> Done<Vec<(MemberId, String, i16, Moment)>> {
    let rows = sqlx::query!(
        r#"select s.seller_id as "seller: MemberId", s.provider, coalesce(a.reminders, 0::smallint) as "reminders!",
             min(s.created_at) as "since!"
           from settlements s left join seller_accounts a on a.member_id = s.seller_id and a.provider = s.provider
             join members m on m.member_id = s.seller_id
           where s.state = 'on_hold' and coalesce(a.state, 'started') <> 'active' and coalesce(a.reminders, 0) < 5
             and m.deleted_at is null
           group by s.seller_id, s.provider, a.reminders order by s.seller_id, s.provider limit 10000"#
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.seller, row.provider, row.reminders, row.since)).collect())
}
