//! The report of DAC7, as XML by the schema of the OECD (Model Reporting Rules for Digital Platforms, version 1.0) or by that
//! of France, which names three things otherwise. Pure.

use super::model::{Months, Says, SaysOf, Sums, Terms};
use super::rules::{Rates, by_quarter, currency_of, dac7_tells, no_less_than_nothing, whole_units};
use super::xml::Xml;
use crate::tax::profile::model::{Address, Details, Who};
use kernel::{Currency, Moment, Money, Refusal, ReportId};
use platform::config::Dac7Profile;
use time::macros::format_description;

/// What stands for a number that nobody gave.
const NO_NUMBER: &str = "NOTIN";
/// The operator is taxed in the member state that it reports to.
const NEXUS: &str = "RPONEX1";
/// The element of one seller.
const SELLER: &str = "dpi:ReportableSeller";
const DOC: &str = "dpi:DocSpec";

/// An account at a bank that a seller's money goes to.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// What its number is: [`IBAN`] or [`OTHER`].
    pub kind: &'static str,
    pub number: &'a str,
    pub holder: &'a str,
}

/// An international number.
pub const IBAN: &str = "IBAN";
/// A number as only banks of its country have it.
pub const OTHER: &str = "Other";

/// What a message says of one seller.
#[derive(Clone, Copy, Debug)]
pub struct Doc<'a> {
    pub says: SaysOf,
    pub doc_ref: &'a str,
    /// What was said before, if it is mended.
    pub mends: Option<&'a str>,
    /// Identity and activities.
    pub body: &'a str,
}

/// What a message is.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub year: i32,
    pub says: Says,
    pub message_ref: &'a str,
    pub at: Moment,
    /// Of what is said of the operator: that of the first message of the year.
    pub operator_ref: &'a str,
    /// It is the first.
    pub is_first: bool,
}

/// The name of a message. France wants the operator's number in it.
pub fn message_ref(terms: &Terms<'_>, year: i32, report: ReportId) -> String {
    let (country, report) = (&terms.operator.country, report.0.simple());
    match terms.profile {
        Dac7Profile::Eu => format!("{country}{year}{country}-{report}"),
        Dac7Profile::Fr => format!("OP_{year}_{}_{report}", terms.number),
    }
}

/// The name of a part of a message: the operator is 0, sellers are counted from 1.
pub fn doc_ref(terms: &Terms<'_>, year: i32, report: ReportId, n: usize) -> String {
    format!("{}{year}-{}-{n}", terms.operator.country, report.0.simple())
}

/// Whether DAC7 wants to know of a seller. Errors: `Conflict("report-no-rate")`.
pub fn tells(months: &Months, rates: &Rates) -> Result<bool, Refusal> {
    let year = rates.whole(months, Currency::EUR)?;
    Ok(dac7_tells(year.sales, year.consideration.amount))
}

/// What is said of a seller. Errors: `Conflict("report-no-rate")`.
pub fn body(
    profile: Dac7Profile,
    details: &Details,
    account: Option<&Account<'_>>,
    months: &Months,
    rates: &Rates,
) -> Result<String, Refusal> {
    let currency = currency_of(months);
    let quarters = by_quarter(&rates.by_month(months, currency)?)?;
    let mut xml = Xml::default();
    xml.within("dpi:Identity", |xml| identity(xml, details, account));
    xml.within("dpi:RelevantActivities", |xml| {
        xml.within("dpi:SaleOfGoods", |xml| activities(xml, profile, currency, &quarters));
    });
    Ok(xml.into_string())
}

fn identity(xml: &mut Xml, details: &Details, account: Option<&Account<'_>>) {
    let (kind, id) = match details.who {
        Who::Private { .. } => ("dpi:IndividualSeller", "dpi:IndSellerID"),
        Who::Business { .. } => ("dpi:EntitySeller", "dpi:EntSellerID"),
    };
    xml.within(kind, |xml| {
        xml.within("dpi:Standard", |xml| {
            xml.within(id, |xml| party(xml, details));
            if let Some(account) = account {
                xml.within("dpi:FinancialIdentifier", |xml| {
                    xml.marked("dpi:Identifier", &[("AccountNumberType", account.kind)], account.number)
                        .text("dpi:AccountHolderName", account.holder);
                });
            }
        });
    });
}

fn party(xml: &mut Xml, details: &Details) {
    let country = details.country.country();
    xml.text("dpi:ResCountryCode", country);
    match &details.tin {
        Some(tin) => xml.marked("dpi:TIN", &[("issuedBy", country)], tin),
        None => xml.marked("dpi:TIN", &[("unknown", "true")], NO_NUMBER),
    };
    match &details.who {
        Who::Private { first, last, birth } => {
            xml.within_marked("dpi:Name", &[("nameType", "OECD202")], |xml| {
                xml.text("dpi:FirstName", first).text("dpi:LastName", last);
            });
            address(xml, country, &details.address);
            xml.within("dpi:BirthInfo", |xml| {
                xml.text("dpi:BirthDate", birth.day);
                if let (Some(town), Some(born_in)) = (&birth.town, birth.country) {
                    xml.within("dpi:BirthPlace", |xml| {
                        xml.text("dpi:City", town).within("dpi:CountryInfo", |xml| {
                            xml.text("dpi:CountryCode", born_in);
                        });
                    });
                }
            });
        }
        Who::Business { name, registration, vat_id, .. } => {
            if let Some(number) = registration {
                xml.marked("dpi:IN", &[("issuedBy", country), ("INType", "BRN")], number);
            }
            if let Some(vat_id) = vat_id {
                xml.text("dpi:VAT", vat_id);
            }
            xml.text("dpi:Name", name);
            address(xml, country, &details.address);
        }
    }
}

fn address(xml: &mut Xml, country: &str, it: &Address) {
    xml.within("dpi:Address", |xml| {
        xml.text("dpi:CountryCode", country).within("dpi:AddressFix", |xml| {
            xml.text("dpi:Street", &it.street);
            if let Some(postcode) = &it.postcode {
                xml.text("dpi:PostCode", postcode);
            }
            xml.text("dpi:City", &it.town);
            if let Some(region) = &it.region {
                xml.text("dpi:CountrySubentity", region);
            }
        });
    });
}

fn activities(xml: &mut Xml, profile: Dac7Profile, currency: Currency, quarters: &[Sums; 4]) {
    // The schemas differ in this one name.
    let tax = match profile {
        Dac7Profile::Eu => "dpi:TaxQ",
        Dac7Profile::Fr => "dpi:TaxesQ",
    };
    let amounts = |xml: &mut Xml, outer: &str, inner: &str, of: fn(&Sums) -> Money| {
        let minor = no_less_than_nothing(quarters.each_ref().map(|sums| of(sums).amount));
        xml.within(outer, |xml| {
            for (n, amount) in (1..).zip(minor) {
                let whole = whole_units(Money::new(amount, currency));
                xml.marked(&format!("{inner}{n}"), &[("currCode", currency.code())], whole);
            }
        });
    };
    amounts(xml, "dpi:Consideration", "dpi:ConsQ", |sums| sums.consideration);
    xml.within("dpi:NumberOfActivities", |xml| {
        for (n, sums) in (1..).zip(quarters) {
            xml.text(&format!("dpi:NumbQ{n}"), sums.sales);
        }
    });
    amounts(xml, "dpi:Fees", "dpi:FeesQ", |sums| sums.fees);
    amounts(xml, "dpi:Taxes", tax, |sums| sums.taxes);
}

/// A whole message.
pub fn message(terms: &Terms<'_>, head: &Head<'_>, docs: &[Doc<'_>]) -> String {
    let (dpi, stf) = match terms.profile {
        Dac7Profile::Eu => ("urn:oecd:ties:dpi:v1", "urn:oecd:ties:dpistf:v1"),
        Dac7Profile::Fr => ("urn:oecd:ties:dpi", "urn:oecd:ties:dpistf"),
    };
    let indicator = match head.says {
        Says::New => "DPI401",
        Says::Corrections => "DPI402",
        Says::Nothing => "DPI403",
    };
    let at = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
    let country = &terms.operator.country;
    let mut xml = Xml::default();
    xml.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let root = [("xmlns:dpi", dpi), ("xmlns:stf", stf), ("version", "1.0")];
    xml.within_marked("dpi:DPI_OECD", &root, |xml| {
        xml.within("dpi:MessageSpec", |xml| {
            xml.text("dpi:TransmittingCountry", country)
                .text("dpi:ReceivingCountry", country)
                .text("dpi:MessageType", "DPI")
                .text("dpi:MessageRefId", head.message_ref)
                .text("dpi:MessageTypeIndic", indicator)
                .text("dpi:ReportingPeriod", format!("{}-12-31", head.year))
                .text("dpi:Timestamp", head.at.format(at).unwrap_or_default());
        });
        xml.within("dpi:DPIBody", |xml| {
            xml.within("dpi:PlatformOperator", |xml| operator(xml, terms, head));
            for doc in docs {
                xml.within(SELLER, |xml| {
                    xml.put(doc.body);
                    let says = match doc.says {
                        SaysOf::New => "OECD1",
                        SaysOf::Corrected => "OECD2",
                        SaysOf::Deleted => "OECD3",
                    };
                    spec(xml, says, doc.doc_ref, doc.mends);
                });
            }
        });
    });
    xml.into_string()
}

fn operator(xml: &mut Xml, terms: &Terms<'_>, head: &Head<'_>) {
    let it = terms.operator;
    let country = it.country.as_str();
    xml.text("dpi:ResCountryCode", country).marked("dpi:TIN", &[("issuedBy", country)], terms.number);
    if !it.registration.is_empty() {
        xml.marked("dpi:IN", &[("issuedBy", country), ("INType", "BRN")], &it.registration);
    }
    if !it.vat_id.is_empty() {
        xml.text("dpi:VAT", &it.vat_id);
    }
    xml.text("dpi:Name", &it.name).text("dpi:PlatformBusinessName", terms.brand).within(
        "dpi:Address",
        |xml| {
            xml.text("dpi:CountryCode", country).text("dpi:AddressFree", &it.address);
        },
    );
    xml.text("dpi:Nexus", NEXUS).text("dpi:AssumedReporting", false);
    // Later messages say the same of the operator, by the same name.
    spec(xml, if head.is_first { "OECD1" } else { "OECD0" }, head.operator_ref, None);
}

fn spec(xml: &mut Xml, says: &str, doc_ref: &str, mends: Option<&str>) {
    xml.within(DOC, |xml| {
        xml.text("stf:DocTypeIndic", says).text("stf:DocRefId", doc_ref);
        if let Some(mends) = mends {
            xml.text("stf:CorrDocRefId", mends);
        }
    });
}

/// What a message said of a seller, to be taken back word by word. `None` if it said nothing under this name.
pub fn body_of<'a>(message: &'a str, doc_ref: &str) -> Option<&'a str> {
    let (before, _) = message.split_once(&format!("<stf:DocRefId>{doc_ref}</stf:DocRefId>"))?;
    let (_, seller) = before.rsplit_once(&format!("<{SELLER}>"))?;
    let (body, _) = seller.rsplit_once(&format!("<{DOC}>"))?;
    Some(body)
}

#[cfg(test)]
mod tests;
