//! What an account's owner gets a copy of: what they were a side of, and of what was said and shown only what was theirs.

use kernel::MemberId;
use platform::{Reader, Rows};

/// With what was offered and how it was decided.
pub fn cases(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select c.case_id as id, c.order_id, case when c.buyer_id = $1 then 'buyer' else 'seller' end as side, c.kind,
               c.wants, c.wants_amount, c.currency, c.opened_at, c.closed_at, c.outcome,
               (select coalesce(jsonb_agg(jsonb_build_object('side', p.side, 'kind', p.kind, 'refund_amount', p.refund_amount,
                  'state', p.state, 'made_at', p.made_at, 'ends_at', p.ends_at) order by p.made_at), '[]')
                from case_proposals p where p.case_id = c.case_id) as proposals,
               (select coalesce(jsonb_agg(jsonb_build_object('outcome', d.outcome, 'refund_amount', d.refund_amount,
                  'at', d.at) order by d.n), '[]')
                from case_rulings d where d.case_id = c.case_id) as rulings
             from cases c where c.buyer_id = $1 or c.seller_id = $1 order by c.case_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn entries(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select case_id, entry_id as id, side, words, at from case_entries where by_id = $1 order by entry_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn photos(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select e.case_id, p.entry_id, p.photo_id as id, p.position, p.width, p.height, p.created_at
             from case_photos p join case_entries e using (entry_id)
             where e.by_id = $1 order by p.entry_id, p.position) x"#,
        member.0
    )
    .fetch(r.conn())
}
