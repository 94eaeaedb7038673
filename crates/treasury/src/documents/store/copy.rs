//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

/// What was written to them, but for who sold to them; of what was written in their name only what is theirs.
pub fn documents(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select document_id as id, kind, label, order_id, payout_id, corrects, lang, currency, total, tax, issued_at,
               for_member = $1 as to_you,
               case when for_member = $1 then body #- '{content,notes}' #- '{content,issuer}' end as body
             from documents where for_member = $1 or issuer = $1 order by document_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// Whether they want no letters about them.
pub fn wishes(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select no_letters_since from document_wishes where member_id = $1) x"#,
        member.0
    )
    .fetch(r.conn())
}
