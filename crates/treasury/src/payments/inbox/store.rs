//! The SQL of the inbox.

use super::super::hiding::without_secrets;
use super::{Filter, Received, Whole};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn newest(r: &mut Reader, filter: &Filter, limit: i64) -> Done<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"select provider, event_id as event, kind, received_at, handled_at, error as note from provider_events
           where (handled_at is null or not $1) and ($2::text is null or provider = $2)
             and ($3::text is null or starts_with(kind, $3)) and ($4::timestamptz is null or received_at < $4)
           order by received_at desc, event_id desc limit $5"#,
        filter.waiting,
        filter.provider,
        filter.kind,
        filter.before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn waiting(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from provider_events where handled_at is null"#)
        .fetch_one(r.conn())
        .await
}

pub(super) async fn find(r: &mut Reader, provider: &str, event: &str) -> Done<Option<Whole>> {
    let row = sqlx::query!(
        "select provider, event_id, kind, received_at, handled_at, error, account, happened_at, headers, raw, tries,
           replayed_at
         from provider_events where provider = $1 and event_id = $2",
        provider,
        event
    );
    let row = row.fetch_optional(r.conn()).await?;
    Ok(row.map(|row| Whole {
        received: Received {
            provider: row.provider,
            event: row.event_id,
            kind: row.kind,
            received_at: row.received_at,
            handled_at: row.handled_at,
            note: row.error,
        },
        account: row.account,
        happened_at: row.happened_at,
        headers: row.headers,
        body: serde_json::from_slice(&row.raw).ok().map(without_secrets),
        tries: row.tries,
        replayed_at: row.replayed_at,
    }))
}
