//! The SQL of notifications.

use kernel::MemberId;
use platform::Reader;

/// Members of staff who decide about orders.
pub(super) async fn deciders(r: &mut Reader) -> Result<Vec<MemberId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select member_id as "id: MemberId" from members
           where roles && array['support', 'operator'] and deleted_at is null and suspended_at is null limit 50"#
    )
    .fetch_all(r.conn())
    .await
}
