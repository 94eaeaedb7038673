//! What an account's owner gets a copy of. Secrets and their hashes are not among it.

use kernel::MemberId;
use platform::{Reader, Rows};

pub fn profile(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select member_id as id, email, email_verified_at, handle, display_name, bio, town, country, lang, currency, roles,
               created_at, leaves_at
             from members where member_id = $1) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn sessions(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select session_id as id, created_at, last_seen_at, expires_at, user_agent, address, auth_at, methods
             from sessions where member_id = $1 order by session_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// Signed-in programs, with how often each has renewed its sign-in.
pub fn programs(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select family_id as id, created_at, expires_at, revoked_at, user_agent, strong,
               (select count(*) from refresh_tokens t where t.family_id = f.family_id) as renewals
             from token_families f where member_id = $1 order by family_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn devices(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select last_seen_at, trusted_until from known_devices where member_id = $1 order by last_seen_at) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn security_events(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select event_id as id, kind, at, user_agent, address from security_events
             where member_id = $1 order by event_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn email_changes(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select change_id as id, old_email, new_email, asked_at, expires_at, confirmed_at, undone_at
             from email_changes where member_id = $1 order by change_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// Links that were sent by mail; not what makes them work.
pub fn links(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select purpose, email, created_at, expires_at, used_at from email_links
             where member_id = $1 order by created_at) x"#,
        member.0
    )
    .fetch(r.conn())
}
