//! The SQL of who holds which role.

use super::Done;
use kernel::MemberId;
use platform::Tx;

/// `false` when they hold it already.
pub(in super::super) async fn insert_role(
    tx: &mut Tx,
    member: MemberId,
    role: &str,
    by: Option<MemberId>,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into member_roles (member_id, role, granted_by, granted_at) values ($1, $2, $3, $4)
           on conflict do nothing"#,
        member.0,
        role,
        by.map(|by| by.0),
        now
    )
    .execute(tx.conn())
    .await?;
    shadow(tx, member).await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when they do not hold it.
pub(in super::super) async fn delete_role(tx: &mut Tx, member: MemberId, role: &str) -> Done<bool> {
    let done = sqlx::query!("delete from member_roles where member_id = $1 and role = $2", member.0, role)
        .execute(tx.conn())
        .await?;
    shadow(tx, member).await?;
    Ok(done.rows_affected() == 1)
}

/// What the version before this one reads.
async fn shadow(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!(
        r#"update members set roles = coalesce(
             (select array_agg(role order by role) from member_roles where member_id = $1), '{}')
           where member_id = $1"#,
        member.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Of two who change what one member may do, one waits. `false` when there is no such member.
pub(in super::super) async fn lock_member(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let row =
        sqlx::query!("select from members where member_id = $1 and deleted_at is null for update", member.0)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.is_some())
}
