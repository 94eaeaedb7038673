//! Deciding by the tables: pure, from a question and what is known.

use super::liability::{self, Case, Held, RULES, Way};
use super::model::{Decision, Liable, Part, PartKind, Question, SellerClass, TaxError};
use super::rates::Rates;
use super::registrations::{Registration, Scheme};
use kernel::money::MoneyError;
use kernel::{Currency, Money, TaxPlace};
use serde_json::json;

/// Up to which value goods from elsewhere are taxed at the sale, in whole units: Directive 2006/112/EC Article 14a, and
/// the Value Added Taxation Act of the United Kingdom.
const EU_IMPORT: (i64, &str) = (150, "EUR");
const GB_IMPORT: (i64, &str) = (135, "GBP");
const WHOLE: i128 = 1_000_000;

/// What decisions are made from beside the question.
#[derive(Clone, Debug)]
pub struct Known {
    /// Where the operator is.
    pub home: TaxPlace,
    pub registrations: Vec<Registration>,
    pub rates: Rates,
    /// What the goods cost in the currency of the limit that may count for them, if it could be converted.
    pub goods: Option<Money>,
}

/// The currency of the limit for simplified imports, if one counts on this way.
pub fn limit_on(way: Way) -> Option<Money> {
    let (whole, code) = match way {
        Way::IntoEu => EU_IMPORT,
        Way::IntoGb => GB_IMPORT,
        _ => return None,
    };
    let currency: Currency = code.parse().ok()?;
    Some(Money::new(whole * currency.minor_per_major(), currency))
}

/// One decision for each part. Errors: `Unavailable` when the operator collects in a place whose rate is not known.
pub fn decide(question: &Question, known: &Known) -> Result<Vec<Decision>, TaxError> {
    let counted = |part: &Part| counted(owed(question, known, part)?, question, known, part);
    question.parts.iter().map(counted).collect()
}

/// Who owes the tax on each part, and where: without counting it, for who counts otherwise.
pub fn owing(question: &Question, known: &Known) -> Result<Vec<Decision>, TaxError> {
    question.parts.iter().map(|part| owed(question, known, part)).collect()
}

/// Tax on top of a base: half up. `ppm` millionths. Errors: overflow.
pub fn on_top(base: Money, ppm: i32) -> Result<Money, MoneyError> {
    half_up(base, i128::from(ppm), WHOLE)
}

/// Tax within a price: half up. `ppm` millionths of what is left without it. Errors: overflow.
pub fn within(price: Money, ppm: i32) -> Result<Money, MoneyError> {
    half_up(price, i128::from(ppm), WHOLE + i128::from(ppm))
}

fn half_up(of: Money, times: i128, by: i128) -> Result<Money, MoneyError> {
    let doubled = i128::from(of.amount) * times * 2 + by;
    let amount = i64::try_from(doubled.div_euclid(by * 2)).map_err(|_| MoneyError::Overflow)?;
    Ok(Money::new(amount, of.currency))
}

fn owed(question: &Question, known: &Known, part: &Part) -> Result<Decision, TaxError> {
    let (theirs, case) = case_of(question, known, part.kind);
    let broken = |error: &dyn std::fmt::Display| TaxError::Broken(error.to_string());
    let row = liability::find(case).ok_or_else(|| broken(&format!("no row for {case:?}")))?;
    let place = if row.ours { known.home } else { theirs };
    Ok(Decision {
        part: part.kind,
        leg: part.leg,
        liable: row.liable,
        place,
        base: part.amount,
        rate_ppm: 0,
        amount: Money::zero(part.amount.currency),
        included: row.included,
        engine: "table".to_owned(),
        rules: RULES.to_owned(),
        because: row.because.to_owned(),
        inputs: json!({ "from": question.from, "to": question.to, "seller": question.seller,
            "buyer_business": question.buyer_business.is_some(), "day": question.day.to_string(),
            "case": format!("{case:?}") }),
        engine_ref: None,
    })
}

/// What a seller owes is theirs to count: their rate may be another, or none.
fn counted(
    mut decided: Decision,
    question: &Question,
    known: &Known,
    part: &Part,
) -> Result<Decision, TaxError> {
    let broken = |error: &dyn std::fmt::Display| TaxError::Broken(error.to_string());
    if decided.liable == Liable::Platform {
        let place = decided.place;
        let rate = known.rates.find(place, part.category.as_deref(), question.day);
        let rate = rate.ok_or_else(|| TaxError::Unavailable(format!("no rate is known for {place}")))?;
        decided.rate_ppm = rate.ppm;
        if decided.included {
            decided.amount = within(part.amount, rate.ppm).map_err(|error| broken(&error))?;
            decided.base = part.amount.minus(decided.amount).map_err(|error| broken(&error))?;
        } else {
            decided.amount = on_top(part.amount, rate.ppm).map_err(|error| broken(&error))?;
        }
    }
    Ok(decided)
}

/// Where who is sold to stands, and what is looked up.
fn case_of(question: &Question, known: &Known, part: PartKind) -> (TaxPlace, Case) {
    match part {
        PartKind::Item | PartKind::Shipping => (question.to, goods(question, known)),
        PartKind::BuyerFee => {
            let business = question.buyer_business.is_some();
            (question.to, service(question, known, question.to, business))
        }
        PartKind::Commission => {
            let business = question.seller == SellerClass::Business;
            (question.from, service(question, known, question.from, business))
        }
    }
}

fn goods(question: &Question, known: &Known) -> Case {
    let way = Way::of_goods(question.from, question.to);
    let small = match (limit_on(way), known.goods) {
        (Some(limit), Some(goods)) => goods.currency == limit.currency && goods.amount <= limit.amount,
        _ => false,
    };
    let holds =
        |scheme| known.registrations.iter().any(|held| held.counts(scheme, question.to, question.day));
    let registered = match way {
        Way::IntoEu => holds(Scheme::Ioss),
        Way::IntoGb => holds(Scheme::Local) || holds(Scheme::Facilitator),
        _ => holds(Scheme::Facilitator),
    };
    Case::Goods { seller: question.seller, way, small, registered }
}

fn service(question: &Question, known: &Known, to: TaxPlace, to_business: bool) -> Case {
    let holds =
        |scheme, place| known.registrations.iter().any(|held| held.counts(scheme, place, question.day));
    let held = if holds(Scheme::Local, to) || holds(Scheme::Oss, to) {
        Held::There
    } else if holds(Scheme::Local, known.home) {
        Held::Home
    } else {
        Held::Nowhere
    };
    Case::Service { to_business, way: Way::of_service(known.home, to), held }
}
