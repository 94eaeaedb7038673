//! The SQL of how far sellers are trusted.

use super::Done;
use kernel::{MemberId, Moment};
use platform::{Reader, Tx};

pub async fn tier(r: &mut Reader, seller: MemberId) -> Done<Option<i16>> {
    sqlx::query_scalar!("select tier from seller_tiers where member_id = $1", seller.0)
        .fetch_optional(r.conn())
        .await
}

/// How far somebody is trusted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    pub tier: i16,
    pub since: Moment,
    pub because: String,
    pub fixed_until: Option<Moment>,
}

pub async fn find(r: &mut Reader, seller: MemberId) -> Done<Option<Trusted>> {
    sqlx::query_as!(
        Trusted,
        "select tier, since, because, fixed_until from seller_tiers where member_id = $1",
        seller.0
    )
    .fetch_optional(r.conn())
    .await
}

/// What a seller's trust is counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub seller: MemberId,
    /// Their account at a provider may receive money.
    pub known: bool,
    pub first_sale: Moment,
    pub sales: i64,
    pub disputes: i64,
    /// Of the time in which too many of them cost trust.
    pub sales_lately: i64,
    pub disputes_lately: i64,
    pub tier: i16,
}

/// Everybody who has sold something, after `after`, by their ids. Who is fixed by staff is not among them.
pub async fn records(r: &mut Reader, after: MemberId, lately: Moment, limit: i64) -> Done<Vec<Record>> {
    let now = r.now();
    sqlx::query_as!(
        Record,
        r#"select s.seller_id as "seller: MemberId",
             exists (select from seller_accounts a where a.member_id = s.seller_id and a.state = 'active') as "known!",
             min(s.created_at) as "first_sale!", count(*) as "sales!",
             (select count(*) from order_holds h join orders o using (order_id)
                where o.seller_id = s.seller_id and h.kind = 'chargeback') as "disputes!",
             count(*) filter (where s.created_at >= $2) as "sales_lately!",
             (select count(*) from order_holds h join orders o using (order_id)
                where o.seller_id = s.seller_id and h.kind = 'chargeback' and h.since >= $2) as "disputes_lately!",
             coalesce(t.tier, 0::smallint) as "tier!"
           from settlements s left join seller_tiers t on t.member_id = s.seller_id
           where s.kind = 'sale' and s.seller_id > $1 and (t.fixed_until is null or t.fixed_until <= $3)
           group by s.seller_id, t.tier order by s.seller_id limit $4"#,
        after.0,
        lately,
        now,
        limit
    )
    .fetch_all(r.conn())
    .await
}

pub async fn set(
    tx: &mut Tx,
    seller: MemberId,
    tier: i16,
    because: &str,
    fixed_until: Option<Moment>,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into seller_tiers (member_id, tier, since, because, fixed_until, counted_at)
           values ($1, $2, $3, $4, $5, $3)
           on conflict (member_id) do update set tier = $2, because = $4, fixed_until = $5, counted_at = $3,
             since = case when seller_tiers.tier = $2 then seller_tiers.since else $3 end"#,
        seller.0,
        tier,
        now,
        because,
        fixed_until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
