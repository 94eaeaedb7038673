//! What Form 1099-K asks, a line a seller, as CSV. Pure.

use super::model::{Months, SaysOf};
use super::rules::{Rates, form_1099k_tells};
use crate::tax::profile::model::{Details, Who};
use kernel::{Currency, MemberId, Refusal};

/// The columns. Amounts are US dollars, before anything was taken off or went back.
const HEADS: [&str; 26] = [
    "corrected",
    "account",
    "tin_type",
    "tin",
    "first_name",
    "last_name",
    "business_name",
    "street",
    "city",
    "state",
    "zip",
    "country",
    "transactions",
    "gross",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
];

/// US dollars.
fn usd() -> Result<Currency, Refusal> {
    "USD".parse().map_err(Refusal::broken)
}

/// Whether the form is for a seller, wherever they live. Errors: `Conflict("report-no-rate")`.
pub fn tells(months: &Months, rates: &Rates) -> Result<bool, Refusal> {
    let year = rates.whole(months, usd()?)?;
    Ok(form_1099k_tells(year.sales, year.gross.amount))
}

/// What is said of a seller: everything but the first column. What they are told to have sold is nothing where it is taken
/// back. Errors: `Conflict("report-no-rate")`.
pub fn body(
    seller: MemberId,
    details: &Details,
    months: &Months,
    rates: &Rates,
    is_taken_back: bool,
) -> Result<String, Refusal> {
    let nothing = Months::new();
    let months = if is_taken_back { &nothing } else { months };
    let by_month = rates.by_month(months, usd()?)?;
    let year = rates.whole(months, usd()?)?;
    let (tin_type, first, last, business) = match &details.who {
        Who::Private { first, last, .. } => ("SSN", first.as_str(), last.as_str(), ""),
        Who::Business { name, .. } => ("EIN", "", "", name.as_str()),
    };
    let at = &details.address;
    let mut fields: Vec<String> = [
        tin_type,
        details.tin.as_deref().unwrap_or_default(),
        first,
        last,
        business,
        at.street.as_str(),
        at.town.as_str(),
        at.region.as_ref().map_or("", |region| region.as_str()),
        at.postcode.as_ref().map_or("", |postcode| postcode.as_str()),
        details.country.country(),
    ]
    .map(harmless)
    .into();
    fields.insert(0, seller.to_string());
    fields.push(year.sales.to_string());
    fields.push(year.gross.decimal());
    fields.extend(by_month.iter().map(|sums| sums.gross.decimal()));
    line(&fields)
}

/// A whole file.
pub fn message(docs: &[(SaysOf, &str)]) -> Result<String, Refusal> {
    let mut file = line(&HEADS.map(str::to_owned))?;
    for (says, body) in docs {
        let corrected = if *says == SaysOf::New { "no" } else { "yes" };
        file.push_str(&format!("{corrected},{body}"));
    }
    Ok(file)
}

/// A text that no table program takes for a formula.
pub(super) fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}

fn line(fields: &[String]) -> Result<String, Refusal> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(fields).map_err(Refusal::broken)?;
    let bytes = writer.into_inner().map_err(|error| Refusal::broken(error.to_string()))?;
    String::from_utf8(bytes).map_err(Refusal::broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::profile::Said;
    use crate::yearly::model::Sums;
    use kernel::Money;
    use time::macros::date;

    #[test]
    fn a_line_says_what_came_in_by_month() {
        let said = Said {
            class: "private",
            country: "US",
            first: "=Ann",
            last: "Garden, Jr.",
            born: "1990-04-23",
            street: "3 Elm St",
            postcode: "94103",
            town: "San Francisco",
            region: "CA",
            tin: "123-45-6789",
            ..Said::default()
        };
        let details = said.read(date!(2027 - 01 - 10)).unwrap();
        let dollars = usd().unwrap();
        let sums = |amount| Sums { sales: 1, gross: Money::new(amount, dollars), ..Sums::zero(dollars) };
        let months: Months = [((1, dollars), sums(12_345)), ((12, dollars), sums(55))].into();
        let seller = MemberId(uuid::Uuid::nil());
        let said = body(seller, &details, &months, &Rates::default(), false).unwrap();
        assert_eq!(
            said,
            "00000000-0000-0000-0000-000000000000,SSN,123456789,'=Ann,\"Garden, Jr.\",,3 Elm St,San Francisco,CA,94103,US,2,\
             124.00,123.45,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.55\n"
        );
        let file = message(&[(SaysOf::New, &said), (SaysOf::Corrected, &said)]).unwrap();
        let mut lines = file.lines();
        let columns = lines.next().unwrap().split(',').count();
        assert_eq!(columns, HEADS.len());
        assert!(
            lines.next().unwrap().starts_with("no,0000") && lines.next().unwrap().starts_with("yes,0000")
        );
        let gone = body(seller, &details, &months, &Rates::default(), true).unwrap();
        assert!(gone.contains(",US,0,0.00,0.00,"), "{gone}");
    }
}
