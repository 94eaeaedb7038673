//! Which sellers a report is about, and what it says of each: what is new, and what is other than was said before.

use super::dac7::{self, Account};
use super::form_1099k;
use super::gather::gather;
use super::model::{Kind, Months, Report, SaysOf, Terms, Total, totals};
use super::rules::Rates;
use super::store::Said;
use crate::banks::model::Account as At;
use crate::banks::rules as banks;
use crate::tax::liability::in_eu;
use crate::tax::profile::model::Details;
use crate::tax::profile::{self, kept};
use kernel::{MemberId, Refusal};
use platform::objects::Objects;
use platform::vault::Vault;
use platform::{Db, Reader, Tx};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What the vault calls the file of a report.
const PLACE: &str = "yearly_reports";

/// What reports are made with.
#[derive(Clone, Copy, Debug)]
pub struct Office<'a> {
    pub db: &'a Db,
    pub objects: &'a Objects,
    pub vault: &'a Vault,
    pub terms: Terms<'a>,
}

/// What is said of one seller.
#[derive(Debug)]
pub(super) struct Told {
    pub member: MemberId,
    pub says: SaysOf,
    /// The name of what was said before.
    pub mends: Option<String>,
    pub body: String,
}

impl Told {
    /// SHA-256 of what is said.
    pub(super) fn print(&self) -> [u8; 32] {
        print_of(&self.body)
    }
}

fn print_of(body: &str) -> [u8; 32] {
    Sha256::digest(body.as_bytes()).into()
}

/// Everything that is to be told of a year.
#[derive(Debug, Default)]
pub(super) struct Telling {
    pub new: Vec<Told>,
    pub mended: Vec<Told>,
    /// Who is to be told of, and has not said who they are.
    pub missing: Vec<MemberId>,
    pub total: Vec<Total>,
}

/// Looks at a whole year. `said`: the last word about each seller; `reports`: those that it stands in.
pub(super) async fn tell(
    reader: &mut Reader,
    office: &Office<'_>,
    (kind, year): (Kind, i32),
    said: &HashMap<MemberId, Said>,
    reports: &[Report],
) -> Result<Telling, Refusal> {
    let rates = Rates::of(reader, year).await?;
    let all = gather(reader, office.terms.home(), year).await?;
    let mut telling = Telling { total: totals(all.values())?, ..Telling::default() };
    for (seller, months) in &all {
        let before = said.get(seller).filter(|said| said.says != SaysOf::Deleted);
        let is_concerned = match kind {
            Kind::Dac7 => dac7::tells(months, &rates)?,
            Kind::Form1099k => form_1099k::tells(months, &rates)?,
        };
        if !is_concerned && before.is_none() {
            continue;
        }
        let details = details_of(reader, office.vault, *seller).await?;
        let is_theirs = details.as_ref().is_some_and(|details| is_of(kind, details));
        match (details, before) {
            (None, None) => telling.missing.push(*seller),
            (Some(details), None) if is_theirs => {
                let body = body_of(reader, office, kind, (*seller, &details), (months, &rates)).await?;
                telling.new.push(Told { member: *seller, says: SaysOf::New, mends: None, body });
            }
            (Some(_), None) => {}
            (Some(details), Some(before)) if is_concerned && is_theirs => {
                let body = body_of(reader, office, kind, (*seller, &details), (months, &rates)).await?;
                if print_of(&body).as_slice() != before.print {
                    let mends = Some(before.doc_ref.clone());
                    telling.mended.push(Told { member: *seller, says: SaysOf::Corrected, mends, body });
                }
            }
            // Who has left, and was kept for as long as it took: what was said stays.
            (None, Some(_)) if is_concerned => {}
            (details, Some(before)) => {
                let found = match (kind, &details) {
                    (Kind::Dac7, _) => said_before(reader, office, reports, before).await?,
                    (Kind::Form1099k, Some(details)) => {
                        Some(form_1099k::body(*seller, details, months, &rates, true)?)
                    }
                    (Kind::Form1099k, None) => None,
                };
                if let Some(body) = found {
                    let mends = Some(before.doc_ref.clone());
                    telling.mended.push(Told { member: *seller, says: SaysOf::Deleted, mends, body });
                }
            }
        }
    }
    Ok(telling)
}

/// Whose tax office the report is for.
fn is_of(kind: Kind, details: &Details) -> bool {
    match kind {
        Kind::Dac7 => in_eu(details.country),
        Kind::Form1099k => details.country.country() == "US",
    }
}

/// What a seller said, or had said who has left.
async fn details_of(
    reader: &mut Reader,
    vault: &Vault,
    seller: MemberId,
) -> Result<Option<Details>, Refusal> {
    match profile::open(reader, vault, seller).await? {
        Some(details) => Ok(Some(details)),
        None => kept::find(reader, vault, seller).await,
    }
}

async fn body_of(
    reader: &mut Reader,
    office: &Office<'_>,
    kind: Kind,
    (seller, details): (MemberId, &Details),
    (months, rates): (&Months, &Rates),
) -> Result<String, Refusal> {
    if kind == Kind::Form1099k {
        return form_1099k::body(seller, details, months, rates, false);
    }
    let bank = banks::current(reader, office.vault, seller).await?;
    let account = bank.as_ref().map(|bank| {
        let (kind, number) = match &bank.details.account {
            At::Iban { iban } => (dac7::IBAN, iban.as_str()),
            At::Local(local) => (dac7::OTHER, local.number()),
        };
        Account { kind, number, holder: bank.details.holder.as_str() }
    });
    dac7::body(office.terms.profile, details, account.as_ref(), months, rates)
}

/// What an earlier message said of a seller.
async fn said_before(
    reader: &mut Reader,
    office: &Office<'_>,
    reports: &[Report],
    before: &Said,
) -> Result<Option<String>, Refusal> {
    let Some(report) = reports.iter().find(|report| report.id == before.report) else { return Ok(None) };
    let file = open(reader, office, report).await?;
    let message = String::from_utf8(file).map_err(Refusal::broken)?;
    Ok(dac7::body_of(&message, &before.doc_ref).map(str::to_owned))
}

/// The file of a report, opened. Errors: `NotFound` when it is gone; it is not the one that was made.
pub async fn open(reader: &mut Reader, office: &Office<'_>, report: &Report) -> Result<Vec<u8>, Refusal> {
    let sealed = office.objects.get(&report.object_key).await?.ok_or(Refusal::NotFound)?;
    let file = office.vault.open(reader, report.id.0, PLACE, &sealed).await?;
    match Sha256::digest(&file).as_slice() == report.hash {
        true => Ok(file),
        false => Err(Refusal::broken(format!("the file of the report {} is another one", report.id))),
    }
}

/// Seals a file for its report.
pub(super) async fn seal(
    tx: &mut Tx,
    office: &Office<'_>,
    report: &Report,
    file: &str,
) -> Result<Vec<u8>, Refusal> {
    Ok(office.vault.seal(tx, report.id.0, PLACE, file.as_bytes()).await?)
}
