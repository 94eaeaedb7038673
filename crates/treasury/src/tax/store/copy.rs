//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

/// Who they are for the tax office, without what is sealed.
pub fn profile(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select class, country, business_name, registration, vat_id, tin_country, self_billing_at, asked_at, reminders,
               given_at, updated_at
             from seller_profiles where member_id = $1) x"#,
        member.0
    )
    .fetch(r.conn())
}
