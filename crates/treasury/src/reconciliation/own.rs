//! The company's own money at a provider, as somebody of the staff says that it moved: earnings taken, money put in, taxes paid.
//! The provider's statement confirms the first two.

use kernel::{Money, Refusal, TaxPlace, Wrong};
use ledger::cover::{self, TakeError};
use ledger::flows::{self, AtProvider};
use people::accounts::model::Member;
use people::permissions::Permission;
use people::staff::model::Reason;
use platform::{Tx, audit};
use serde_json::json;
use uuid::Uuid;

/// Letters of a provider's name for a movement.
pub const REFERENCE_MAX: usize = 80;

fn may(by: &Member) -> Result<(), Refusal> {
    if by.may(Permission::LedgerAdjust) { Ok(()) } else { Err(Refusal::NotFound) }
}

/// A provider's name for a movement, as somebody typed it. Errors: what is wrong with it.
pub fn reference(typed: &str) -> Result<String, Wrong> {
    let text = typed.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    match text.len() {
        0 => Err(Wrong::Required),
        n if n > REFERENCE_MAX => Err(Wrong::TooLong { max: REFERENCE_MAX }),
        _ if !text.chars().all(is_name) => Err(Wrong::BadCharacters),
        _ => Ok(text.to_owned()),
    }
}

/// Earnings went from the provider to the company's account; `reference` is the provider's name of that payout. Errors: `NotFound`
/// for who may not; `Conflict("earnings-too-much")`: the rest is earned later, or belongs to others.
pub async fn take_earnings(
    tx: &mut Tx,
    by: &Member,
    at: AtProvider<'_>,
    amount: Money,
    why: &Reason,
) -> Result<(), Refusal> {
    may(by)?;
    match cover::take(tx, at, amount).await {
        Ok(_) => note(tx, by, "ledger.earnings", at, amount, why).await,
        Err(TakeError::TooMuch(_)) => Err(Refusal::Conflict("earnings-too-much")),
        Err(other) => Err(other.into()),
    }
}

/// The company put money of its own into the provider's balance. Errors: `NotFound` for who may not.
pub async fn top_up(
    tx: &mut Tx,
    by: &Member,
    at: AtProvider<'_>,
    amount: Money,
    why: &Reason,
) -> Result<(), Refusal> {
    may(by)?;
    let now = tx.now();
    super::suspense::post(tx, flows::topped_up(at, amount, now)).await?;
    note(tx, by, "ledger.top_up", at, amount, why).await
}

/// Taxes were paid from the company's account. `act` is the number of this payment, so that it is booked once. Errors: `NotFound`
/// for who may not; `Conflict("tax-too-much")`: so much was not collected there.
pub async fn pay_tax(
    tx: &mut Tx,
    by: &Member,
    act: Uuid,
    (place, amount): (TaxPlace, Money),
    why: &Reason,
) -> Result<(), Refusal> {
    may(by)?;
    let owed = ledger::balance_of(tx, &ledger::Account::Tax(place), amount.currency).await?;
    if amount.amount > owed.amount {
        return Err(Refusal::Conflict("tax-too-much"));
    }
    let now = tx.now();
    super::suspense::post(tx, flows::tax_paid(act, place, amount, now)).await?;
    let detail = json!({ "place": place.to_string(), "amount": amount.amount, "currency": amount.currency,
        "reason": why.as_str() });
    Ok(audit::write(tx, Some(by.id), "ledger.tax_paid", ("act", act), detail).await?)
}

async fn note(
    tx: &mut Tx,
    by: &Member,
    action: &str,
    at: AtProvider<'_>,
    amount: Money,
    why: &Reason,
) -> Result<(), Refusal> {
    let detail = json!({ "provider": at.provider, "reference": at.reference, "amount": amount.amount,
        "currency": amount.currency, "reason": why.as_str() });
    Ok(audit::write(tx, Some(by.id), action, ("ledger", flows::ABOUT_NOTHING), detail).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_name() {
        assert_eq!(reference(" po_1A ").unwrap(), "po_1A");
        assert!(
            reference("").is_err() && reference("two words").is_err() && reference(&"x".repeat(81)).is_err()
        );
    }
}
