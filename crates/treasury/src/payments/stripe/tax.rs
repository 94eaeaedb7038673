//! Taxes as Stripe counts them: asked before a sale. Which were charged is kept here, not there.

use super::super::provider::ProviderError;
use super::Stripe;
use super::amount::{self, to_stripe};
use super::client::{Client, Page};
use super::form::Form;
use crate::tax::Question;
use kernel::{Money, TaxPlace};
use serde::Deserialize;
use time::UtcOffset;

/// What Stripe counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Stripe's name for it, good for 90 days.
    pub reference: String,
    /// One for each part of the question, in its order.
    pub lines: Vec<CountedLine>,
}

/// The tax of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedLine {
    pub base: Money,
    pub amount: Money,
    /// Millionths, of all places together.
    pub rate_ppm: i32,
    /// Stripe's word for why.
    pub reason: String,
}

#[derive(Deserialize)]
struct Calculation {
    id: Option<String>,
    currency: String,
    line_items: Option<Page<Line>>,
}

#[derive(Deserialize)]
struct Line {
    reference: String,
    amount: i64,
    amount_tax: i64,
    #[serde(default)]
    tax_breakdown: Option<Vec<Share>>,
}

/// What one place takes.
#[derive(Deserialize)]
struct Share {
    taxability_reason: String,
    tax_rate_details: Option<Rate>,
}

#[derive(Deserialize)]
struct Rate {
    /// Per cent, as "8.875".
    percentage_decimal: String,
}

impl Stripe {
    /// Counts the taxes on a sale. `included`: of each part, whether its price holds the tax already, or it comes on top.
    ///
    /// # Errors
    /// [`ProviderError`]; `Unknown` when a part is missing in the answer.
    pub async fn count_taxes(
        &self,
        question: &Question,
        included: &[bool],
    ) -> Result<Counted, ProviderError> {
        calculate(&self.client, question, included).await
    }
}

async fn calculate(
    client: &Client,
    question: &Question,
    included: &[bool],
) -> Result<Counted, ProviderError> {
    let day = question.day.midnight().assume_offset(UtcOffset::UTC).unix_timestamp();
    let mut form = Form::new()
        .add("currency", question.currency.code().to_ascii_lowercase())
        .add("tax_date", day)
        .add("customer_details.address_source", "shipping")
        .add("expand.0", "line_items.data.tax_breakdown");
    form = address(form, "customer_details.address", question.to)
        .add_some("customer_details.address.postal_code", question.postcode.as_deref());
    form = address(form, "ship_from_details.address", question.from);
    for (n, (part, included)) in question.parts.iter().zip(included).enumerate() {
        let amount = if part.amount.is_zero() { 0 } else { to_stripe(part.amount)? };
        form = form
            .add(&format!("line_items.{n}.amount"), amount)
            .add(&format!("line_items.{n}.reference"), n)
            .add(&format!("line_items.{n}.tax_behavior"), if *included { "inclusive" } else { "exclusive" });
    }
    said(client.post_again("/v1/tax/calculations", &form).await?, included)
}

fn address(form: Form, at: &str, place: TaxPlace) -> Form {
    let part = Some(place.part()).filter(|part| !part.is_empty());
    form.add(&format!("{at}.country"), place.country()).add_some(&format!("{at}.state"), part)
}

fn said(counted: Calculation, included: &[bool]) -> Result<Counted, ProviderError> {
    let missing = || ProviderError::Unknown("a part of the taxes is missing".to_owned());
    let mut given = counted.line_items.map(|page| page.data).unwrap_or_default();
    // By what we called them: the order is not promised.
    given.sort_by_key(|line| line.reference.parse::<usize>().unwrap_or(usize::MAX));
    let are_all = given.len() == included.len()
        && given.iter().enumerate().all(|(n, line)| line.reference == n.to_string());
    if !are_all {
        return Err(missing());
    }
    let line = |(line, included): (&Line, &bool)| line_of(line, &counted.currency, *included);
    let lines = given.iter().zip(included).map(line).collect::<Result<_, _>>()?;
    Ok(Counted { reference: counted.id.ok_or_else(missing)?, lines })
}

fn line_of(line: &Line, currency: &str, included: bool) -> Result<CountedLine, ProviderError> {
    let (whole, tax) = (amount::money(line.amount, currency)?, amount::money(line.amount_tax, currency)?);
    let unreadable = || ProviderError::Unknown("a tax that cannot be read".to_owned());
    let shares = line.tax_breakdown.as_deref().unwrap_or_default();
    let mut rate = 0_i32;
    for share in shares.iter().filter_map(|share| share.tax_rate_details.as_ref()) {
        let ppm = millionths(&share.percentage_decimal).ok_or_else(unreadable)?;
        rate = rate.checked_add(ppm).ok_or_else(unreadable)?;
    }
    Ok(CountedLine {
        base: if included { whole.minus(tax).map_err(|_| unreadable())? } else { whole },
        amount: tax,
        rate_ppm: rate,
        reason: shares
            .first()
            .map_or_else(|| "not_collecting".to_owned(), |share| share.taxability_reason.clone()),
    })
}

/// "8.875" per cent as millionths: 88,750. `None` for what is none, or finer than that.
fn millionths(percent: &str) -> Option<i32> {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > 4 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<4}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_become_millionths() {
        for (percent, ppm) in
            [("19", Some(190_000)), ("8.875", Some(88_750)), ("0.0", Some(0)), ("5.5", Some(55_000))]
        {
            assert_eq!(millionths(percent), ppm, "{percent}");
        }
        assert_eq!((millionths("1.23456"), millionths("-1"), millionths("")), (None, None, None));
    }

    #[test]
    fn lines_are_matched_by_what_we_called_them() {
        let line = |n: &str, amount: i64, tax: i64| {
            serde_json::json!({ "reference": n, "amount": amount, "amount_tax": tax, "tax_breakdown": [
                { "taxability_reason": "standard_rated", "tax_rate_details": { "percentage_decimal": "19.0" } }] })
        };
        let read = |lines: &[serde_json::Value]| {
            let counted =
                serde_json::json!({ "id": "taxcalc_1", "currency": "eur", "line_items": { "data": lines } });
            said(serde_json::from_value(counted).unwrap(), &[true, false])
        };
        let counted = read(&[line("1", 1190, 190), line("0", 119, 19)]).unwrap();
        let told: Vec<_> =
            counted.lines.iter().map(|l| (l.base.amount, l.amount.amount, l.rate_ppm)).collect();
        assert_eq!(told, [(100, 19, 190_000), (1190, 190, 190_000)], "the second has its tax on top");
        assert!(read(&[line("0", 119, 19)]).is_err());
    }
}
