//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

/// Where their money goes, and how far they are trusted.
pub fn accounts(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select a.provider, a.account_ref, a.state, a.country, a.currency, a.wants, a.wants_until, a.payouts_on,
               a.bank_label, a.bank_changed_at, a.cool_until, a.blocked_because, a.schedule, a.minimum, a.created_at,
               a.updated_at, t.tier, t.since as tier_since, t.because as tier_because
             from (select member_id from seller_accounts where member_id = $1
                   union select member_id from seller_tiers where member_id = $1) m
               left join seller_accounts a using (member_id) left join seller_tiers t using (member_id)
             order by a.provider) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// What their orders released to them.
pub fn settlements(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select settlement_id as id, order_id, kind, provider, currency, amount, charged_currency, charged_amount,
               netted_amount, taken_amount, taken_because, reversing_amount, state, state_since, hold_until, hold_because,
               transfer_ref, created_at
             from settlements where seller_id = $1 order by settlement_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// What they owe.
pub fn debts(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select debt_id as id, order_id, provider, currency, amount, recovered_amount, written_off_amount, because,
               state, opened_at, closed_at
             from seller_debts where seller_id = $1 order by debt_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

/// What went to their bank, and of which orders it was.
pub fn payouts(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select p.payout_id as id, p.number, p.provider, p.account_ref, p.currency, p.amount, p.fee, p.state,
               p.state_since, p.provider_ref, p.bank_label, p.failure, p.expected_at, p.paid_at, p.created_at,
               (select coalesce(jsonb_agg(jsonb_build_object('settlement_id', i.settlement_id, 'amount', i.amount)
                  order by i.settlement_id), '[]')
                from payout_items i where i.payout_id = p.payout_id) as items
             from payouts p where p.seller_id = $1 order by p.payout_id) x"#,
        member.0
    )
    .fetch(r.conn())
}
