//! The SQL of what sellers have at a provider, and of what was paid out to them.

use kernel::{Currency, MemberId, Moment, PayoutId};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

/// A seller's own account at a provider that something is mirrored of, or was of late.
pub(in super::super) struct Account {
    pub member: MemberId,
    pub reference: String,
}

pub(in super::super) async fn accounts(r: &mut Reader, provider: &str, since: Moment) -> Done<Vec<Account>> {
    sqlx::query_as!(
        Account,
        r#"select s.member_id as "member: MemberId", s.account_ref as "reference!" from seller_accounts s
           where s.provider = $1 and s.account_ref is not null
             and exists (select from ledger.accounts a join ledger.balances b on b.account_id = a.account_id
               where a.owner_id = s.member_id and a.name = 'A:connected'
                 and a.code = 'A:connected:' || s.member_id || ':' || $1 || ':' || a.currency
                 and (b.posted <> 0 or exists (select from ledger.lines l join ledger.entries e on e.entry_id = l.entry_id
                   where l.account_id = a.account_id and e.occurred_at >= $2)))
           order by s.member_id"#,
        provider,
        since
    )
    .fetch_all(r.conn())
    .await
}

/// What is mirrored of a seller's account, a currency each.
pub(in super::super) async fn mirrored(
    r: &mut Reader,
    provider: &str,
    member: MemberId,
) -> Done<Vec<(Currency, i64)>> {
    let rows = sqlx::query!(
        r#"select a.currency as "currency: Currency", b.posted from ledger.accounts a
             join ledger.balances b on b.account_id = a.account_id
           where a.owner_id = $1 and a.name = 'A:connected' and a.code = 'A:connected:' || $1 || ':' || $2 || ':' || a.currency
           order by a.currency"#,
        member.0,
        provider
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.posted)).collect())
}

/// Whether something of a seller is on its way between us and the provider, so that the two may differ.
pub(in super::super) async fn is_moving(r: &mut Reader, provider: &str, member: MemberId) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from settlements where seller_id = $1 and provider = $2
               and state in ('transferring', 'transfer_unknown', 'reversing'))
             or exists (select from payouts where seller_id = $1 and provider = $2
               and state in ('sending', 'unknown')) as "is!""#,
        member.0,
        provider
    )
    .fetch_one(r.conn())
    .await
}

/// A payout that the provider has made: what it is by our rows, by our entries, and by the provider's statement.
pub(in super::super) struct Payout {
    pub payout: PayoutId,
    pub number: String,
    pub amount: i64,
    pub currency: Currency,
    /// All of its parts.
    pub parts: i64,
    /// What left the books for it.
    pub booked: i64,
    /// What the seller's own statement says that it took; nothing where the seller has none.
    pub stated: Option<i64>,
    /// Whether there is a statement of the seller's to look at.
    pub has_statement: bool,
}

/// Payouts made in a time.
pub(in super::super) async fn payouts(
    r: &mut Reader,
    provider: &str,
    (from, to): (Moment, Moment),
) -> Done<Vec<Payout>> {
    sqlx::query_as!(
        Payout,
        r#"select p.payout_id as "payout: PayoutId", p.number, p.amount,
             p.currency as "currency: Currency",
             coalesce((select sum(i.amount) from payout_items i where i.payout_id = p.payout_id), 0)::bigint as "parts!",
             coalesce((select sum(l.amount) from ledger.entries e join ledger.lines l on l.entry_id = e.entry_id
                join ledger.accounts a on a.account_id = l.account_id
                where e.subject = p.payout_id and e.kind in ('payout_created', 'payout_sent') and l.amount > 0
                  and a.currency = p.currency), 0)::bigint as "booked!",
             (select -sum(n.net)::bigint from provider_lines n where n.provider = p.provider and n.account = p.account_ref
                and n.source_ref = p.provider_ref and n.kind = 'payout') as "stated",
             exists (select from statement_marks m where m.provider = p.provider and m.account = p.account_ref) as "has_statement!"
           from payouts p
           where p.provider = $1 and p.provider_ref is not null and p.state in ('in_transit', 'paid', 'returned')
             and p.created_at between $2 and $3
           order by p.payout_id"#,
        provider,
        from,
        to
    )
    .fetch_all(r.conn())
    .await
}
