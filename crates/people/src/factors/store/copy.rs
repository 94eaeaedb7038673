//! What an account's owner gets a copy of: that there are factors, not what opens them.

use kernel::MemberId;
use platform::{Reader, Rows};

pub fn passkeys(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select passkey_id as id, name, synced, created_at, last_used_at from passkeys
             where member_id = $1 order by passkey_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn apps(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select created_at, confirmed_at from totp where member_id = $1) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn recovery_codes(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select created_at, used_at from recovery_codes where member_id = $1 order by created_at, used_at) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// Where codes go; of a phone the last digits, which is all that is readable of it.
pub fn sent(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select channel, hint, created_at, confirmed_at from sent_factors
             where member_id = $1 order by channel) x"#,
        member.0
    )
    .fetch(r.conn())
}
