//! The SQL of sellers' accounts at providers.

use super::Done;
use crate::payouts::model::Account;
use kernel::MemberId;
use platform::{Reader, Tx};

/// The columns of `Account`, once.
macro_rules! account_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Account,
            r#"select member_id as "member: MemberId", provider, account_ref, state, country, currency, wants, wants_until,
                 payouts_on, bank_label, bank_mac, bank_changed_at, cool_until, blocked_because, schedule, minimum,
                 reminders
               from seller_accounts where "# + $condition,
            $($arg),*
        )
    };
}

pub async fn find(r: &mut Reader, member: MemberId, provider: &str) -> Done<Option<Account>> {
    account_where!("member_id = $1 and provider = $2", member.0, provider).fetch_optional(r.conn()).await
}

/// Locked until the transaction ends.
pub async fn lock(tx: &mut Tx, member: MemberId, provider: &str) -> Done<Option<Account>> {
    account_where!("member_id = $1 and provider = $2 for update", member.0, provider)
        .fetch_optional(tx.conn())
        .await
}

pub async fn of_member(r: &mut Reader, member: MemberId) -> Done<Vec<Account>> {
    account_where!("member_id = $1 order by provider", member.0).fetch_all(r.conn()).await
}

pub async fn by_ref(r: &mut Reader, provider: &str, reference: &str) -> Done<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"select member_id as "member: MemberId" from seller_accounts where provider = $1 and account_ref = $2"#,
        provider,
        reference
    )
    .fetch_optional(r.conn())
    .await
}

/// Those whose state may change without news: the ones that are not asked after by anybody.
pub async fn to_sync(r: &mut Reader, provider: &str, limit: i64) -> Done<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"select member_id as "member: MemberId" from seller_accounts
           where provider = $1 and account_ref is not null and state <> 'rejected' order by updated_at limit $2"#,
        provider,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Begins one; nothing happens when there is one.
pub async fn begin(tx: &mut Tx, member: MemberId, provider: &str, schedule: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into seller_accounts (member_id, provider, schedule, created_at, updated_at)
           values ($1, $2, $3, $4, $4) on conflict do nothing"#,
        member.0,
        provider,
        schedule,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps what has become of a locked one.
pub async fn keep(tx: &mut Tx, it: &Account) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update seller_accounts set account_ref = $3, state = $4, country = $5, currency = $6, wants = $7,
             wants_until = $8, payouts_on = $9, bank_label = $10, bank_mac = $11, bank_changed_at = $12, cool_until = $13,
             blocked_because = $14, schedule = $15, minimum = $16, reminders = $17, updated_at = $18
           where member_id = $1 and provider = $2"#,
        it.member.0,
        it.provider,
        it.account_ref,
        it.state,
        it.country,
        it.currency,
        &it.wants,
        it.wants_until,
        it.payouts_on,
        it.bank_label,
        it.bank_mac,
        it.bank_changed_at,
        it.cool_until,
        it.blocked_because,
        it.schedule,
        it.minimum,
        it.reminders,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many other sellers have the same bank account.
pub async fn others_with_bank(r: &mut Reader, member: MemberId, mac: &[u8]) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(distinct member_id) as "n!" from seller_accounts where bank_mac = $2 and member_id <> $1"#,
        member.0,
        mac
    )
    .fetch_one(r.conn())
    .await
}

/// The currency of what waits for a seller at a provider, the newest of it.
pub async fn currency_waiting(r: &mut Reader, member: MemberId, provider: &str) -> Done<Option<String>> {
    sqlx::query_scalar!(
        "select currency from settlements where seller_id = $1 and provider = $2 order by settlement_id desc limit 1",
        member.0,
        provider
    )
    .fetch_optional(r.conn())
    .await
}

pub async fn forget(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from seller_accounts where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from seller_tiers where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
