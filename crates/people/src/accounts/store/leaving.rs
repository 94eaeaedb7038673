//! The SQL of leaving: hidden for a while, then gone but for a name that is none.

use super::Done;
use kernel::{MemberId, Moment};
use platform::{Reader, Tx};

/// Locks the member until the unit of work is over. `false` when there is none, or they have left.
pub(in super::super) async fn lock(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let row = sqlx::query!(
        "select from members where member_id = $1 and deleted_at is null for no key update",
        member.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.is_some())
}

pub(in super::super) async fn set_leaving(tx: &mut Tx, member: MemberId, at: Option<Moment>) -> Done<()> {
    sqlx::query!("update members set leaves_at = $2 where member_id = $1", member.0, at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Every address that the member has, had or waits for, as far as is known, but for those that are somebody else's now.
pub(in super::super) async fn addresses(r: &mut Reader, member: MemberId) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        r#"select email as "email!" from (
             select email from members where member_id = $1
             union select old_email from email_changes where member_id = $1
             union select new_email from email_changes where member_id = $1
             union select email from email_links where member_id = $1) theirs
           where not exists (select from members m
             where lower(m.email) = lower(theirs.email) and m.member_id <> $1 and m.deleted_at is null)"#,
        member.0
    )
    .fetch_all(r.conn())
    .await
}

/// Everything by which they were signed in or could be told things.
pub(in super::super) async fn delete_traces(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from sessions where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from token_families where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from known_devices where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from security_events where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from email_links where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from email_changes where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

/// What stays: a row that others' orders refer to.
pub(in super::super) async fn blank(
    tx: &mut Tx,
    member: MemberId,
    email: &str,
    handle: &str,
    name: &str,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update members set email = $2, email_verified_at = null, password_hash = '!', handle = $3, display_name = $4,
             bio = '', avatar = null, town = null, country = null, lang = 'en', currency = null, roles = '{}',
             suspended_at = null, suspended_until = null, leaves_at = null, deleted_at = $5
           where member_id = $1"#,
        member.0,
        email,
        handle,
        name,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
