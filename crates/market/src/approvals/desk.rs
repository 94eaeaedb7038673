//! What acts of the desk do: holding an order's money, and the rules of fees and taxes.

use super::day::Day;
use super::model::Act;
use crate::accounts::model::Member;
use crate::catalog::catalog;
use crate::fees::{self, NewRule};
use crate::holds::{self, NewHold};
use crate::orders::rules as orders;
use crate::staff::model::Reason;
use crate::tax::rates::Row;
use crate::tax::{self, Registration, Scheme};
use kernel::{Moment, OrderId, Refusal, Wrong};
use platform::{Tx, audit};
use process::Hold;
use serde_json::json;
use std::ops::RangeInclusive;
use time::Duration;
use uuid::Uuid;

/// What staff may put on an order's money and take off again, by name. What the card network does is its own.
pub const HOLDS: [&str; 3] = ["fraud", "kyc", "legal"];
/// For how long, unless it is put on again.
pub const HOLD_DAYS: RangeInclusive<i64> = 1..=90;

/// What something was done to, as the audit log has it.
type Object = (&'static str, Uuid);

/// Does one of them, and writes down why. Errors: `NotFound` for who may not; those of the rules.
pub(super) async fn perform(tx: &mut Tx, by: &Member, act: &Act, why: &Reason) -> Result<(), Refusal> {
    if !by.may(act.permission()) {
        return Err(Refusal::NotFound);
    }
    let object = match act {
        Act::PutHold { order, kind, days } => put_hold(tx, by, *order, kind, *days, why).await?,
        Act::LiftHold { order, kind } => lift_hold(tx, by, *order, kind).await?,
        Act::EndFeeRule { rule } => {
            fees::end_rule(tx, Some(by.id), *rule).await?;
            ("fee_rule", rule.0)
        }
        Act::MakeFeeRule { .. } => make_fee_rule(tx, by, act).await?,
        Act::SetRegistration { place, scheme, number, begins, ends } => {
            let scheme = Scheme::find(scheme).ok_or(Refusal::field("scheme", Wrong::NotAChoice))?;
            let number = number.clone();
            let ends = ends.map(|day| day.0);
            let new = Registration { place: *place, scheme, number, begins: begins.0, ends };
            tax::register(tx, Some(by.id), &new).await?;
            ("tax_place", Uuid::nil())
        }
        Act::SetTaxRate { place, category, ppm, begins, ends, source } => {
            is_category(category)?;
            let (category, source) = (category.clone(), source.clone());
            let ends = ends.map(|day| day.0);
            let new =
                Row { place: *place, category, ppm: *ppm, begins: begins.0, ends, levies: false, source };
            tax::set_rate(tx, by.id, &new).await?;
            ("tax_place", Uuid::nil())
        }
        _ => return Err(Refusal::broken("not an act of the desk")),
    };
    let detail = json!({ "act": act.name(), "reason": why.as_str() });
    Ok(audit::write(tx, Some(by.id), "staff.reason", object, detail).await?)
}

/// Errors: the fields `kind` and `days`; `NotFound`; `Conflict("hold-own")`.
async fn put_hold(
    tx: &mut Tx,
    by: &Member,
    order: OrderId,
    kind: &str,
    days: i64,
    why: &Reason,
) -> Result<Object, Refusal> {
    let kind = by_hand(kind)?;
    if !HOLD_DAYS.contains(&days) {
        return Err(Refusal::field("days", Wrong::TooBig { max: *HOLD_DAYS.end() }));
    }
    is_not_theirs(tx, by, order).await?;
    let because = match kind {
        Hold::Fraud => "looked-at",
        Hold::Kyc => "not-set-up",
        Hold::Legal => "authority",
        Hold::Chargeback => "chargeback",
    };
    let until = tx.now() + Duration::days(days);
    let new = NewHold { order, kind, because, note: why.as_str(), by: Some(by.id), until: Some(until) };
    holds::put(tx, &new).await?;
    Ok(("order", order.0))
}

/// Errors: the field `kind`; `NotFound`; `Conflict("hold-own")`; `Conflict("hold-gone")`.
async fn lift_hold(tx: &mut Tx, by: &Member, order: OrderId, kind: &str) -> Result<Object, Refusal> {
    let kind = by_hand(kind)?;
    is_not_theirs(tx, by, order).await?;
    if !holds::on(tx, order).await?.iter().any(|held| held.kind == kind) {
        return Err(Refusal::Conflict("hold-gone"));
    }
    holds::lift(tx, order, kind, Some(by.id)).await?;
    Ok(("order", order.0))
}

fn by_hand(kind: &str) -> Result<Hold, Refusal> {
    let known = Hold::find(kind).filter(|_| HOLDS.contains(&kind));
    known.ok_or(Refusal::field("kind", Wrong::NotAChoice))
}

/// Nobody decides about the money of their own deal.
async fn is_not_theirs(tx: &mut Tx, by: &Member, order: OrderId) -> Result<(), Refusal> {
    let order = orders::find(tx, order).await?;
    if [order.buyer, order.seller].contains(&by.id) { Err(Refusal::Conflict("hold-own")) } else { Ok(()) }
}

/// Errors: those of [`fees::make_rule`]; the fields `category` and `tier`.
async fn make_fee_rule(tx: &mut Tx, by: &Member, act: &Act) -> Result<Object, Refusal> {
    let Act::MakeFeeRule { position, title, category, tier, business, currency, commission, buyer, begins } =
        act
    else {
        return Err(Refusal::broken("not a rule of fees"));
    };
    is_category(category.as_deref().unwrap_or_default())?;
    let new = NewRule {
        position: *position,
        title: title.clone(),
        category: category.clone(),
        tier: *tier,
        business: *business,
        currency: *currency,
        commission: *commission,
        buyer: *buyer,
        begins_at: begins.map_or_else(|| tx.now(), beginning),
    };
    let rule = fees::make_rule(tx, Some(by.id), &new).await?;
    Ok(("fee_rule", rule.0))
}

/// The first moment of a day.
fn beginning(day: Day) -> Moment {
    day.0.midnight().assume_utc()
}

/// None, or one that there is.
fn is_category(id: &str) -> Result<(), Refusal> {
    if id.is_empty() || catalog().find(id).is_some() {
        Ok(())
    } else {
        Err(Refusal::field("category", Wrong::NotAChoice))
    }
}
