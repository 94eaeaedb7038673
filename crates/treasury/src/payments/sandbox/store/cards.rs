//! The SQL of what is known of cards.

use kernel::MemberId;
use platform::{Reader, Rows, Tx};

/// What an account's owner gets a copy of.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select s.payment_id, s.card_last4, s.card_brand, s.created_at
             from sandbox.payments s join payments p using (payment_id)
             where p.buyer_id = $1 and s.card_last4 is not null order by s.payment_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub(in super::super) async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"update sandbox.payments s set card_last4 = null, card_brand = null from payments p
           where p.payment_id = s.payment_id and p.buyer_id = $1"#,
        member.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
