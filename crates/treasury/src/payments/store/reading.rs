//! The SQL of calls, for staff to look at.

use super::super::calls::reading::{Filter, Listed, Try, Whole};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(in super::super) async fn newest(r: &mut Reader, filter: &Filter, limit: i64) -> Done<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        "select idempotency_key as key, provider, operation, state, tries, created_at from provider_calls
         where ($1::text is null or state = $1) and ($2::text is null or provider = $2)
           and ($3::text is null or operation = $3) and ($4::uuid is null or subject = $4)
         order by created_at desc, idempotency_key limit $5",
        filter.state,
        filter.provider,
        filter.operation,
        filter.subject,
        limit
    )
    .fetch_all(r.conn())
    .await
}

pub(in super::super) async fn unknown(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from provider_calls where state = 'unknown'"#)
        .fetch_one(r.conn())
        .await
}

pub(in super::super) async fn find(r: &mut Reader, key: &str) -> Done<Option<Whole>> {
    let row = sqlx::query!(
        "select idempotency_key, provider, operation, state, tries, created_at, subject, account, method, path, status,
           request_ref, request, response, answered_at, unknown_since
         from provider_calls where idempotency_key = $1",
        key
    );
    let row = row.fetch_optional(r.conn()).await?;
    Ok(row.map(|row| Whole {
        listed: Listed {
            key: row.idempotency_key,
            provider: row.provider,
            operation: row.operation,
            state: row.state,
            tries: row.tries,
            created_at: row.created_at,
        },
        subject: row.subject,
        account: row.account,
        method: row.method,
        path: row.path,
        status: row.status,
        request: row.request_ref,
        asked: row.request,
        answered: row.response,
        answered_at: row.answered_at,
        unknown_since: row.unknown_since,
        all_tries: Vec::new(),
    }))
}

pub(in super::super) async fn tries(r: &mut Reader, key: &str) -> Done<Vec<Try>> {
    sqlx::query_as!(
        Try,
        "select n, sent_at, ended_at, outcome, status, detail from provider_call_tries
         where idempotency_key = $1 order by n",
        key
    )
    .fetch_all(r.conn())
    .await
}
