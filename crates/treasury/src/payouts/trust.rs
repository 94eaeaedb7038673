//! How far sellers are trusted: counted every day by what they sold and what came back, or set by staff until a day.

use super::store::tiers::{self as store, Record, Trusted};
use super::tiers::Tier;
use kernel::{MemberId, Moment, Refusal, Wrong};
use platform::{Db, Reader, Tx, audit};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

/// Sellers that are counted at once.
const AT_ONCE: i64 = 500;
/// The time in which too many disputes cost trust.
const LATELY: Duration = Duration::days(60);
/// Days that staff may set somebody's tier for.
const FIXED_DAYS: std::ops::RangeInclusive<i64> = 1..=365;

/// How far somebody is trusted, since when, and why; nothing for who never sold.
pub async fn find(reader: &mut Reader, seller: MemberId) -> Result<Option<Trusted>, Refusal> {
    Ok(store::find(reader, seller).await?)
}

/// Counts everybody anew, but whom staff has set. Each batch is a unit of work of its own.
pub async fn count(db: &Db) -> Result<(), Refusal> {
    let mut after = MemberId(Uuid::nil());
    loop {
        let mut tx = db.begin().await?;
        let now = tx.now();
        let records = store::records(&mut tx, after, now - LATELY, AT_ONCE).await?;
        let Some(last) = records.last() else { return Ok(()) };
        after = last.seller;
        for record in &records {
            let (tier, because) = earned(record, now);
            if tier != record.tier {
                store::set(&mut tx, record.seller, tier, because, None).await?;
            }
        }
        tx.commit().await?;
    }
}

/// What a seller has earned: its number, and by what. Disputes are counted against sales; too many of them lately outweigh
/// everything else.
fn earned(record: &Record, now: Moment) -> (i16, &'static str) {
    let sells_for = now - record.first_sale;
    let (disputes, sales) = (record.disputes, record.sales);
    let too_many = record.disputes_lately >= 2
        || (record.disputes_lately > 0 && record.disputes_lately * 100 > record.sales_lately);
    if too_many {
        return (0, "disputes");
    }
    if !record.known {
        return (0, "new");
    }
    if sells_for >= Duration::days(365) && sales >= 200 && disputes * 1_000 < sales * 3 {
        return (3, "counted");
    }
    if sells_for >= Duration::days(90) && sales >= 25 && disputes * 100 < sales {
        return (2, "counted");
    }
    (1, "counted")
}

/// Sets somebody's tier for some days; then it is counted again. Errors: the fields `tier` and `days`.
pub async fn set(
    tx: &mut Tx,
    by: MemberId,
    seller: MemberId,
    (tier, days): (i16, i64),
    why: &str,
) -> Result<(), Refusal> {
    if Tier::numbered(tier).number != tier {
        return Err(Refusal::field("tier", Wrong::NotAChoice));
    }
    if !FIXED_DAYS.contains(&days) {
        return Err(Refusal::field("days", Wrong::TooBig { max: *FIXED_DAYS.end() }));
    }
    let until = tx.now() + Duration::days(days);
    store::set(tx, seller, tier, "staff", Some(until)).await?;
    let detail = json!({ "tier": tier, "days": days, "reason": why });
    Ok(audit::write(tx, Some(by), "payouts.tier_set", ("member", seller.0), detail).await?)
}

/// Trusts a seller so far until a moment, whatever is counted: for who is known from elsewhere.
pub async fn vouch(tx: &mut Tx, seller: MemberId, tier: i16, until: Moment) -> Result<(), Refusal> {
    Ok(store::set(tx, seller, tier, "vouched", Some(until)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(days: i64, sales: i64, disputes: i64, lately: i64) -> (Record, Moment) {
        let now = Moment::UNIX_EPOCH + Duration::days(2_000);
        let record = Record {
            seller: MemberId(Uuid::nil()),
            known: true,
            first_sale: now - Duration::days(days),
            sales,
            disputes,
            sales_lately: sales.min(50),
            disputes_lately: lately,
            tier: 0,
        };
        (record, now)
    }

    #[test]
    fn trust_grows_with_time_and_sales_and_falls_with_disputes() {
        for ((days, sales, disputes, lately), tier) in [
            ((1, 1, 0, 0), 1),
            ((89, 100, 0, 0), 1),
            ((90, 24, 0, 0), 1),
            ((90, 25, 0, 0), 2),
            ((90, 100, 1, 0), 1),
            ((90, 101, 1, 0), 2),
            ((365, 200, 0, 0), 3),
            ((365, 400, 1, 0), 3),
            ((365, 400, 2, 0), 2),
            ((365, 400, 1, 1), 0),
            ((900, 9_000, 2, 2), 0),
        ] {
            let (record, now) = record(days, sales, disputes, lately);
            assert_eq!(earned(&record, now).0, tier, "{record:?}");
            let unknown = Record { known: false, ..record };
            assert_eq!(earned(&unknown, now).0, 0, "{unknown:?}");
        }
    }
}
