//! The SQL of calls to providers, and of their tries.

use kernel::Moment;
use platform::{Reader, Tx};
use serde_json::Value;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// A call to a provider.
#[derive(Debug)]
pub(in super::super) struct Call<'a> {
    pub key: &'a str,
    pub provider: &'a str,
    pub operation: &'static str,
    pub subject: Uuid,
    pub request: &'a Value,
    pub account: Option<&'a str>,
    /// SHA-256 of what is asked.
    pub body_hash: &'a [u8],
}

/// A call as it was written down before.
#[derive(Debug)]
pub(in super::super) struct Before {
    pub state: String,
    pub tries: i32,
    pub body_hash: Option<Vec<u8>>,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub unknown_since: Option<Moment>,
    /// The provider's id of what came of it.
    pub reference: Option<String>,
}

/// Writes a call down for the first time; `false` if it is there.
pub(in super::super) async fn insert(tx: &mut Tx, call: &Call<'_>) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into provider_calls (idempotency_key, provider, operation, subject, request, account, body_hash, state,
           created_at, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'sending', $8, $8) on conflict (idempotency_key) do nothing",
        call.key,
        call.provider,
        call.operation,
        call.subject,
        call.request,
        call.account,
        call.body_hash,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locked until the transaction ends.
pub(in super::super) async fn lock(tx: &mut Tx, key: &str) -> Done<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"select state, tries, body_hash, created_at, sent_at, unknown_since,
             response ->> 'reference' as "reference: String"
           from provider_calls where idempotency_key = $1 for update"#,
        key
    )
    .fetch_optional(tx.conn())
    .await
}

/// A locked call is made again.
pub(in super::super) async fn again(tx: &mut Tx, call: &Call<'_>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_calls set state = 'sending', tries = tries + 1, sent_at = $2, body_hash = coalesce(body_hash, $3)
         where idempotency_key = $1",
        call.key,
        now,
        call.body_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How a try ended.
#[derive(Debug)]
pub(in super::super) struct Ended<'a> {
    pub key: &'a str,
    pub n: i32,
    pub sent_at: Moment,
    pub state: &'static str,
    pub outcome: &'static str,
    pub detail: &'a str,
    pub response: &'a Value,
    pub method: &'a str,
    pub path: &'a str,
    pub status: Option<i16>,
    pub request_ref: Option<&'a str>,
}

/// Writes down how a try ended; the call itself only if nobody made it again meanwhile. What came of it before is kept
/// while nobody knows.
pub(in super::super) async fn end(tx: &mut Tx, ended: &Ended<'_>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into provider_call_tries (idempotency_key, n, sent_at, ended_at, outcome, status, detail)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (idempotency_key, n) do nothing",
        ended.key,
        ended.n,
        ended.sent_at,
        now,
        ended.outcome,
        ended.status,
        ended.detail
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update provider_calls set state = $3, answered_at = $4, status = $5, request_ref = $6,
           response = case when $3 in ('answered', 'refused') or not coalesce(response ? 'reference', false) then $7
             else response end,
           method = case when $8 = '' then method else $8 end, path = case when $8 = '' then path else $9 end,
           unknown_since = case when $3 = 'unknown' then coalesce(unknown_since, $4) end
         where idempotency_key = $1 and tries = $2",
        ended.key,
        ended.n,
        ended.state,
        now,
        ended.status,
        ended.request_ref,
        ended.response,
        ended.method,
        ended.path
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A person says what became of a locked call.
pub(in super::super) async fn say(tx: &mut Tx, key: &str, state: &str, response: &Value) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update provider_calls set state = $2, response = $3, answered_at = $4, unknown_since = null
         where idempotency_key = $1",
        key,
        state,
        response,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The provider's news say what became of a call of which nobody knew; whether there was one.
pub(in super::super) async fn hear(tx: &mut Tx, key: &str, response: &Value) -> Done<bool> {
    let now = tx.now();
    let heard = sqlx::query!(
        "update provider_calls set state = 'answered', response = $2, answered_at = $3, unknown_since = null
         where idempotency_key = $1 and state = 'unknown'",
        key,
        response,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(heard.rows_affected() > 0)
}

/// A call of which nobody knows what became.
#[derive(Debug)]
pub(in super::super) struct Open {
    pub key: String,
    pub operation: String,
    pub subject: Uuid,
    pub unknown_since: Option<Moment>,
}

/// Those that were sent before `before` and not answered, and those of which nobody knows; the oldest first.
pub(in super::super) async fn open(r: &mut Reader, before: Moment, limit: i64) -> Done<Vec<Open>> {
    sqlx::query_as!(
        Open,
        "select idempotency_key as key, operation, subject, unknown_since from provider_calls
         where state in ('sending', 'unknown') and coalesce(sent_at, created_at) < $1 order by created_at limit $2",
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// The operation of a call, and what it is about.
pub(in super::super) async fn about(r: &mut Reader, key: &str) -> Done<Option<(String, Uuid)>> {
    let row = sqlx::query!("select operation, subject from provider_calls where idempotency_key = $1", key);
    Ok(row.fetch_optional(r.conn()).await?.map(|row| (row.operation, row.subject)))
}

/// Whether a call was ever written down.
pub(in super::super) async fn is_known(r: &mut Reader, key: &str) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from provider_calls where idempotency_key = $1) as "is_known!""#,
        key
    )
    .fetch_one(r.conn())
    .await
}
