//! The SQL of the inbox.

use super::Received;
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn newest(r: &mut Reader, waiting: bool, limit: i64) -> Done<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"select provider, event_id as event, kind, received_at, handled_at, error as note from provider_events
           where handled_at is null or not $1 order by received_at desc, event_id desc limit $2"#,
        waiting,
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
