//! Who did what to what, written in the transaction that does it. Append only for the app role.

use crate::db::Tx;
use kernel::MemberId;
use uuid::Uuid;

/// Writes one line. `action` is `slice.verb`; `detail` holds no secrets and no personal data beyond ids.
pub async fn write(
    tx: &mut Tx,
    actor: Option<MemberId>,
    action: &str,
    object: (&str, Uuid),
    detail: serde_json::Value,
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into audit_log (at, actor_id, action, object_kind, object_id, detail) values ($1, $2, $3, $4, $5, $6)",
        now,
        actor.map(|a| a.0),
        action,
        object.0,
        object.1,
        detail
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
