//! Rules begin and end. Who may do that is asked at the edge.

use super::model::{Fee, NewRule, Rule};
use super::store;
use kernel::{FeeRuleId, FieldErrors, MemberId, Refusal, Wrong};
use platform::{Reader, Tx, audit};
use serde_json::json;

/// Basis points, the most that a share may be: half of the price.
const SHARE_MAX: i64 = 5_000;
/// Characters of a title.
const TITLE: std::ops::RangeInclusive<usize> = 2..=80;

/// Makes a rule. It counts for sales from `begins_at` on; what was sold before keeps what it froze. Errors: the fields
/// `title`, `begins_at`, `currency` (amounts need one), and those of the two fees.
pub async fn make_rule(tx: &mut Tx, by: Option<MemberId>, new: &NewRule) -> Result<FeeRuleId, Refusal> {
    let mut errors = faults(new);
    if new.begins_at < tx.now() {
        errors.add("begins_at", Wrong::Because("wrong-begins-in-the-past"));
    }
    errors.check()?;
    let id: FeeRuleId = tx.new_id();
    store::insert(tx, id, by, new).await?;
    let detail = json!({ "position": new.position, "category": new.category, "tier": new.tier,
        "commission": new.commission, "buyer": new.buyer });
    audit::write(tx, by, "fees.make", ("fee_rule", id.0), detail).await?;
    Ok(id)
}

/// Ends a rule now; one that has not begun never counts. Errors: `NotFound`; `Conflict("fee-rule-over")`.
pub async fn end_rule(tx: &mut Tx, by: Option<MemberId>, id: FeeRuleId) -> Result<(), Refusal> {
    match store::end(tx, id).await? {
        Some(true) => {}
        Some(false) => return Err(Refusal::Conflict("fee-rule-over")),
        None => return Err(Refusal::NotFound),
    }
    Ok(audit::write(tx, by, "fees.end", ("fee_rule", id.0), json!({})).await?)
}

/// Rules that count, or will, in the order in which they are asked.
pub async fn list(reader: &mut Reader) -> Result<Vec<Rule>, Refusal> {
    Ok(store::current(reader).await?)
}

fn faults(new: &NewRule) -> FieldErrors {
    let mut errors = FieldErrors::none();
    let length = new.title.trim().chars().count();
    if length < *TITLE.start() {
        errors.add("title", Wrong::TooShort { min: *TITLE.start() });
    } else if length > *TITLE.end() {
        errors.add("title", Wrong::TooLong { max: *TITLE.end() });
    }
    let names = [
        ("commission_bp", "commission_fixed", "commission_min", "commission_cap"),
        ("buyer_bp", "buyer_fixed", "buyer_min", "buyer_cap"),
    ];
    for (fee, (bp, fixed, min, cap)) in [&new.commission, &new.buyer].into_iter().zip(names) {
        if !(0..=SHARE_MAX).contains(&fee.bp) {
            errors.add(bp, Wrong::TooBig { max: SHARE_MAX });
        }
        for (name, amount) in [(fixed, fee.fixed), (min, fee.min), (cap, fee.cap.unwrap_or(0))] {
            if amount < 0 {
                errors.add(name, Wrong::TooSmall { min: 0 });
            }
        }
        if fee.cap.is_some_and(|cap| cap < fee.min) {
            errors.add(cap, Wrong::TooSmall { min: fee.min });
        }
        if new.currency.is_none() && has_amounts(fee) {
            errors.add_once("currency", Wrong::Required);
        }
    }
    if new.buyer.min != 0 {
        errors.add("buyer_min", Wrong::TooBig { max: 0 });
    }
    errors
}

fn has_amounts(fee: &Fee) -> bool {
    fee.fixed != 0 || fee.min != 0 || fee.cap.is_some()
}
