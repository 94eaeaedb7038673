//! Making a report, and taking its file.

use super::dac7::{self, Doc, Head};
use super::form_1099k;
use super::model::{Kind, Report, Says, SaysOf, Terms};
use super::store;
use super::telling::{self, Office, Telling, Told, tell};
use crate::tax::{day_in, profile};
use crate::tickets::{self, Kind as TicketKind, NewTicket, Subject};
use bytes::Bytes;
use kernel::ids::Id;
use kernel::{MemberId, Refusal, ReportId};
use platform::config::Dac7Profile;
use platform::db::refused_by;
use platform::{Reader, Tx, audit};
use serde_json::json;
use sha2::{Digest, Sha256};
use time::Duration;

/// The first year of which DAC7 wants to know.
const FIRST_YEAR: i32 = 2023;
/// Reports that are listed.
const LISTED: i64 = 200;
/// How long there is for asking a seller who is missing.
const DUE: Duration = Duration::days(14);
/// The constraint that refuses a second report after the same one.
const ONE_BY_ONE: &str = "yearly_reports_one_by_one";

/// A report that is about to be kept.
struct Draft<'a> {
    report: Report,
    file: String,
    told: &'a [Told],
    doc_refs: Vec<String>,
}

/// Makes what is to be told of a year: a report of sellers that are in none yet, and one that mends what was said of others. Of
/// the first report of DAC7 there is always one, also of nobody. Who the program acts for is `by`; nobody for a command.
///
/// Errors: `Conflict("report-year")` of a year that is not over; `Conflict("report-operator")` while the settings do not say who
/// runs the marketplace; `Conflict("report-unchanged")` when there is nothing new; `Conflict("report-missing")` when nobody whom
/// it would be about has said who they are; `Conflict("report-no-rate")`; `Conflict("report-meanwhile")` when somebody else
/// made one.
pub async fn make(
    office: &Office<'_>,
    kind: Kind,
    year: i32,
    by: Option<MemberId>,
) -> Result<Vec<Report>, Refusal> {
    is_ready(&office.terms, kind)?;
    let mut reader = office.db.read().await?;
    let this_year = day_in(office.terms.home(), reader.now()).year();
    if !(FIRST_YEAR..this_year).contains(&year) {
        return Err(Refusal::Conflict("report-year"));
    }
    let number = i16::try_from(year).map_err(Refusal::broken)?;
    let before = store::of_year(&mut reader, kind, number).await?;
    let said = store::said(&mut reader, kind, number).await?;
    let telling = tell(&mut reader, office, (kind, year), &said, &before).await?;
    let drafts = drafts(&reader, office, (kind, year), &before, &telling, by)?;
    drop(reader);
    let mut tx = office.db.begin().await?;
    let mut sealed = Vec::new();
    for draft in &drafts {
        sealed.push(telling::seal(&mut tx, office, &draft.report, &draft.file).await?);
    }
    tx.commit().await?;
    for (draft, file) in drafts.iter().zip(sealed) {
        office.objects.put(&draft.report.object_key, Bytes::from(file), "application/octet-stream").await?;
    }
    match keep(office, &drafts, &telling.missing, by).await {
        Ok(()) => Ok(drafts.into_iter().map(|draft| draft.report).collect()),
        Err(refusal) => {
            for draft in &drafts {
                office.objects.delete(&draft.report.object_key).await?;
            }
            Err(refusal)
        }
    }
}

/// The newest reports.
pub async fn list(reader: &mut Reader) -> Result<Vec<Report>, Refusal> {
    Ok(store::newest(reader, LISTED).await?)
}

/// One report. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: ReportId) -> Result<Report, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

/// Writes down that somebody takes the file of a report.
pub async fn taken(tx: &mut Tx, by: MemberId, report: &Report) -> Result<(), Refusal> {
    let detail = json!({ "kind": report.kind.name(), "year": report.year });
    Ok(audit::write(tx, Some(by), "reports.download", ("report", report.id.0), detail).await?)
}

/// Whether the settings say all that stands in a report.
fn is_ready(terms: &Terms<'_>, kind: Kind) -> Result<(), Refusal> {
    let operator = terms.operator;
    let is_siren = terms.number.len() == 9 && terms.number.bytes().all(|b| b.is_ascii_digit());
    let has_number = !terms.number.is_empty() && (terms.profile == Dac7Profile::Eu || is_siren);
    let is_ready = kind == Kind::Form1099k
        || (has_number && !operator.name.trim().is_empty() && !operator.address.trim().is_empty());
    if is_ready { Ok(()) } else { Err(Refusal::Conflict("report-operator")) }
}

fn drafts<'a>(
    reader: &Reader,
    office: &Office<'_>,
    (kind, year): (Kind, i32),
    before: &[Report],
    telling: &'a Telling,
    by: Option<MemberId>,
) -> Result<Vec<Draft<'a>>, Refusal> {
    let is_first = before.is_empty();
    let mut parts: Vec<(Says, &'a [Told])> = Vec::new();
    if !telling.new.is_empty() {
        parts.push((Says::New, telling.new.as_slice()));
    } else if is_first && kind == Kind::Dac7 && telling.missing.is_empty() {
        parts.push((Says::Nothing, Default::default()));
    }
    if !telling.mended.is_empty() {
        parts.push((Says::Corrections, telling.mended.as_slice()));
    }
    if parts.is_empty() {
        let is_missing = is_first && !telling.missing.is_empty();
        return Err(Refusal::Conflict(if is_missing { "report-missing" } else { "report-unchanged" }));
    }
    let followed: Vec<ReportId> = before.iter().filter_map(|report| report.follows).collect();
    let mut follows = before.iter().map(|report| report.id).find(|id| !followed.contains(id));
    let mut first = before.iter().find(|report| report.follows.is_none()).map(|report| report.id);
    let mut all = Vec::new();
    for (says, told) in parts {
        let id = ReportId::new(reader.now(), reader.dice());
        let terms = &office.terms;
        let doc_refs: Vec<String> = (1..=told.len()).map(|n| dac7::doc_ref(terms, year, id, n)).collect();
        let message_ref = match kind {
            Kind::Dac7 => dac7::message_ref(terms, year, id),
            Kind::Form1099k => format!("1099k-{year}-{}", id.0.simple()),
        };
        let operator_ref = dac7::doc_ref(terms, year, first.unwrap_or(id), 0);
        let head = Head {
            year,
            says,
            message_ref: &message_ref,
            at: reader.now(),
            operator_ref: &operator_ref,
            is_first: first.is_none(),
        };
        let file = match kind {
            Kind::Dac7 => dac7::message(terms, &head, &docs(told, &doc_refs)),
            Kind::Form1099k => {
                let lines: Vec<(SaysOf, &str)> = told.iter().map(|it| (it.says, it.body.as_str())).collect();
                form_1099k::message(&lines)?
            }
        };
        let report = Report {
            id,
            kind,
            year,
            profile: terms.profile_of(kind).to_owned(),
            message_ref,
            follows,
            says,
            sellers: i32::try_from(told.len()).map_err(Refusal::broken)?,
            missing: i32::try_from(telling.missing.len()).map_err(Refusal::broken)?,
            total: telling.total.clone(),
            object_key: format!("reports/{id}"),
            hash: Sha256::digest(file.as_bytes()).to_vec(),
            made_by: by,
            made_at: reader.now(),
        };
        (first, follows) = (first.or(Some(id)), Some(id));
        all.push(Draft { report, file, told, doc_refs });
    }
    Ok(all)
}

fn docs<'a>(told: &'a [Told], doc_refs: &'a [String]) -> Vec<Doc<'a>> {
    let doc = |(it, doc_ref): (&'a Told, &'a String)| Doc {
        says: it.says,
        doc_ref,
        mends: it.mends.as_deref(),
        body: &it.body,
    };
    told.iter().zip(doc_refs).map(doc).collect()
}

/// All of them, or none. Whoever is missing gets a ticket.
async fn keep(
    office: &Office<'_>,
    drafts: &[Draft<'_>],
    missing: &[MemberId],
    by: Option<MemberId>,
) -> Result<(), Refusal> {
    let mut tx = office.db.begin().await?;
    for draft in drafts {
        let report = &draft.report;
        if let Err(error) = store::insert(&mut tx, report).await {
            return Err(match refused_by(&error) {
                Some(ONE_BY_ONE) => Refusal::Conflict("report-meanwhile"),
                _ => error.into(),
            });
        }
        for (told, doc_ref) in draft.told.iter().zip(&draft.doc_refs) {
            let said = (doc_ref.as_str(), told.says, told.print());
            store::insert_seller(&mut tx, report.id, told.member, said).await?;
        }
        let detail = json!({ "kind": report.kind.name(), "year": report.year, "says": report.says.name(),
            "sellers": report.sellers, "missing": report.missing, "hash": report.print() });
        audit::write(&mut tx, by, "reports.make", ("report", report.id.0), detail).await?;
    }
    for member in missing {
        let key = profile::rules::ticket(*member);
        let new = NewTicket {
            kind: TicketKind::TaxSeller,
            key: &key,
            subject: Subject::Member(*member),
            amount: None,
            detail: json!({ "report": drafts.first().map(|draft| draft.report.id) }),
            due: DUE,
        };
        tickets::open(&mut tx, &new).await?;
    }
    Ok(tx.commit().await?)
}
