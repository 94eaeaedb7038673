//! The SQL of yearly reports.

use super::model::{Kind, Report, Says, SaysOf, Total};
use kernel::{MemberId, ReportId};
use platform::{Reader, Tx};
use sqlx::types::Json;
use std::collections::HashMap;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    id: ReportId,
    kind: String,
    year: i16,
    profile: String,
    message_ref: String,
    follows: Option<ReportId>,
    says: String,
    sellers: i32,
    missing: i32,
    total: Json<Vec<Total>>,
    object_key: String,
    hash: Vec<u8>,
    made_by: Option<MemberId>,
    made_at: kernel::Moment,
}

fn unknown(word: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown word of yearly reports {word}").into())
}

impl TryFrom<Row> for Report {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        Ok(Self {
            id: row.id,
            kind: Kind::find(&row.kind).ok_or_else(|| unknown(&row.kind))?,
            year: i32::from(row.year),
            profile: row.profile,
            message_ref: row.message_ref,
            follows: row.follows,
            says: Says::find(&row.says).ok_or_else(|| unknown(&row.says))?,
            sellers: row.sellers,
            missing: row.missing,
            total: row.total.0,
            object_key: row.object_key,
            hash: row.hash,
            made_by: row.made_by,
            made_at: row.made_at,
        })
    }
}

/// The columns of `Row`, once.
macro_rules! report_where {
    ($rest:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"select report_id as "id: ReportId", kind, year, profile, message_ref, follows as "follows: ReportId", says, sellers,
                 missing, total as "total: Json<Vec<Total>>", object_key, hash, made_by as "made_by: MemberId", made_at
               from yearly_reports "# + $rest
            $(, $arg)*
        )
    };
}

/// The newest first.
pub(super) async fn newest(r: &mut Reader, limit: i64) -> Done<Vec<Report>> {
    let rows =
        report_where!("order by made_at desc, report_id desc limit $1", limit).fetch_all(r.conn()).await?;
    rows.into_iter().map(Report::try_from).collect()
}

pub(super) async fn find(r: &mut Reader, id: ReportId) -> Done<Option<Report>> {
    let row = report_where!("where report_id = $1", id.0).fetch_optional(r.conn()).await?;
    row.map(Report::try_from).transpose()
}

/// All of a kind and year, in the order in which they follow each other.
pub(super) async fn of_year(r: &mut Reader, kind: Kind, year: i16) -> Done<Vec<Report>> {
    let rows = report_where!("where kind = $1 and year = $2 order by made_at, report_id", kind.name(), year)
        .fetch_all(r.conn())
        .await?;
    rows.into_iter().map(Report::try_from).collect()
}

/// What was said of a seller last.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub report: ReportId,
    pub doc_ref: String,
    pub says: SaysOf,
    pub print: Vec<u8>,
}

/// The last word about each seller, in a kind and year.
pub(super) async fn said(r: &mut Reader, kind: Kind, year: i16) -> Done<HashMap<MemberId, Said>> {
    let rows = sqlx::query!(
        r#"select distinct on (s.member_id) s.member_id as "member: MemberId", s.report_id as "report: ReportId", s.doc_ref,
             s.says, s.print
           from yearly_report_sellers s join yearly_reports r using (report_id)
           where r.kind = $1 and r.year = $2 order by s.member_id, r.made_at desc, r.report_id desc"#,
        kind.name(),
        year
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let says = SaysOf::find(&row.says).ok_or_else(|| unknown(&row.says))?;
            Ok((row.member, Said { report: row.report, doc_ref: row.doc_ref, says, print: row.print }))
        })
        .collect()
}

/// What was said of one seller in all reports.
#[derive(Clone, Debug)]
pub(super) struct OfSeller {
    pub report: ReportId,
    pub doc_ref: String,
    pub says: SaysOf,
}

/// The newest first.
pub(super) async fn of_seller(r: &mut Reader, seller: MemberId) -> Done<Vec<OfSeller>> {
    let rows = sqlx::query!(
        r#"select s.report_id as "report: ReportId", s.doc_ref, s.says
           from yearly_report_sellers s join yearly_reports r using (report_id)
           where s.member_id = $1 order by r.year desc, r.made_at desc, r.report_id desc limit 100"#,
        seller.0
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let says = SaysOf::find(&row.says).ok_or_else(|| unknown(&row.says))?;
            Ok(OfSeller { report: row.report, doc_ref: row.doc_ref, says })
        })
        .collect()
}

/// A report that another one was made beside is refused by `yearly_reports_one_by_one`.
pub(super) async fn insert(tx: &mut Tx, it: &Report) -> Done<()> {
    let year = i16::try_from(it.year).unwrap_or(i16::MAX);
    let total = serde_json::to_value(&it.total).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "insert into yearly_reports (report_id, kind, year, profile, message_ref, follows, says, sellers, missing, total,
           object_key, hash, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        it.id.0,
        it.kind.name(),
        year,
        it.profile,
        it.message_ref,
        it.follows.map(|report| report.0),
        it.says.name(),
        it.sellers,
        it.missing,
        total,
        it.object_key,
        it.hash.as_slice(),
        it.made_by.map(|by| by.0),
        it.made_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_seller(
    tx: &mut Tx,
    report: ReportId,
    member: MemberId,
    (doc_ref, says, print): (&str, SaysOf, [u8; 32]),
) -> Done<()> {
    sqlx::query!(
        "insert into yearly_report_sellers (report_id, member_id, doc_ref, says, print) values ($1, $2, $3, $4, $5)",
        report.0,
        member.0,
        doc_ref,
        says.name(),
        print.as_slice()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
