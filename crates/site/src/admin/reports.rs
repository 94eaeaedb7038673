//! Yearly reports to tax offices: what was made, making more, and taking their files.

use super::{Counts, acts, frame_of};
use crate::deals::{key, staff_page};
use axum::http::{HeaderValue, header};
use kernel::{FieldErrors, Refusal, ReportId, Say, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{
    Empty, Opt, button, date_time, details, empty, error_summary, form, form_acts, form_section, number,
    post, select, table,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::yearly::making;
use market::yearly::model::{Kind, Report};
use market::yearly::telling;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/reports";
pub(super) const FILE: &str = "/admin/reports/{report}";
const NAME: &str = "reports";
/// The first year that can be told of.
const FIRST_YEAR: i64 = 2023;

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let (reports, counts) = load(&me).await?;
    Ok(Answer::page(page(&me, counts, &reports, &me.filled(PATH))).secret())
}

pub(super) async fn make(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let mut errors = FieldErrors::none();
    let kind = errors.take("kind", Kind::find(typed.get("kind")).ok_or(Wrong::NotAChoice));
    let year = errors.take("year", typed.get("year").trim().parse::<i32>().map_err(|_| Wrong::NotANumber));
    let made = match (kind, year) {
        (Some(kind), Some(year)) => {
            making::make(&me.app.market.office(), kind, year, Some(me.member().id)).await
        }
        _ => Err(errors.into()),
    };
    let errors = match made {
        Ok(made) => {
            let missing = made.first().map_or(0, |report| report.missing);
            let told = me.say.reports_made(made.len(), missing);
            return Ok(Answer::to(PATH).saying(Flash::ok(told)));
        }
        Err(Refusal::Fields(errors)) => errors,
        Err(Refusal::Conflict(why)) => FieldErrors::one("year", refused(why)),
        Err(refusal) => return Err(refusal.into()),
    };
    let (reports, counts) = load(&me).await?;
    Ok(acts::refused(typed, errors, |filled| page(&me, counts, &reports, filled)))
}

/// The file of a report. That it was taken is written down first.
pub(super) async fn take(me: SignedIn, Path(id): Path<ReportId>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let report = making::find(&mut reader, id).await?;
    let file = telling::open(&mut reader, &me.app.market.office(), &report).await?;
    drop(reader);
    let mut tx = me.begin().await?;
    making::taken(&mut tx, me.member().id, &report).await?;
    tx.commit().await?;
    let name = format!("attachment; filename=\"{}\"", report.file_name());
    let name = HeaderValue::from_str(&name).map_err(|error| Answer::from(Refusal::broken(error)))?;
    Ok(Answer::file(report.kind.media_type(), file).header(header::CONTENT_DISPOSITION, name).secret())
}

/// The sentence for why none was made.
fn refused(why: &str) -> Wrong {
    Wrong::Because(match why {
        "report-year" => "refused-report-year",
        "report-operator" => "refused-report-operator",
        "report-missing" => "refused-report-missing",
        "report-meanwhile" => "refused-report-meanwhile",
        "report-no-rate" => "refused-report-no-rate",
        _ => "refused-report-unchanged",
    })
}

async fn load(me: &SignedIn) -> Result<(Vec<Report>, Counts), Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((making::list(&mut reader).await?, counts))
}

fn page(me: &SignedIn, counts: Counts, reports: &[Report], filled: &Filled) -> Markup {
    let say = &me.say;
    let kinds = Kind::ALL.map(|kind| Opt::new(kind.name(), kind_name(say, kind))).to_vec();
    let last = i64::from(me.now.year() - 1);
    let labels = [("kind", say.reports_kind()), ("year", say.reports_year())];
    let body = html! {
        (error_summary(say, &filled.errors, &labels))
        @if reports.is_empty() {
            (empty(&Empty { icon: "receipt", title: say.reports_none(), text: say.reports_none_text(), action: None }))
        } @else {
            (list(me, reports))
        }
        (form_section("s-make", &say.reports_make(), Some(&say.reports_make_hint()), form(me, PATH, html! {
            (select(say, filled, "kind", say.reports_kind(), kinds))
            (number(say, filled, "year", say.reports_year(), FIRST_YEAR, last).or(last.to_string()))
            (form_acts(false, html! { (button(say.reports_make_button()).primary()) }))
        })))
    };
    let heads = (say.admin_reports(), say.admin_reports_lead());
    frame_of(me, counts, NAME, (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn kind_name(say: &Say, kind: Kind) -> String {
    say.by_key(&key("report-kind", kind.name()))
}

fn list(visit: &Visit, reports: &[Report]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.reports_kind(), false),
        (say.reports_year(), true),
        (say.reports_says(), false),
        (say.reports_sellers(), true),
        (say.reports_missing(), true),
        (say.reports_made_at(), false),
        (say.reports_file(), false),
    ];
    table(
        "reports",
        &say.admin_reports(),
        &heads,
        html! {
            @for report in reports {
                tr {
                    th scope="row" data-label=(heads[0].0) { (kind_name(say, report.kind)) }
                    td.num data-label=(heads[1].0) { (report.year) }
                    td data-label=(heads[2].0) { (say.by_key(&key("report-says", report.says.name()))) }
                    td.num data-label=(heads[3].0) { (say.number(report.sellers)) }
                    td.num data-label=(heads[4].0) { (say.number(report.missing)) }
                    td data-label=(heads[5].0) { (date_time(say, report.made_at)) }
                    td data-label=(heads[6].0) { (file(visit, report)) }
                }
            }
        },
    )
}

/// The button that takes the file, and its hash.
fn file(visit: &Visit, report: &Report) -> Markup {
    let say = &visit.say;
    let label = say.reports_take_heard(report.message_ref.as_str());
    html! {
        (post(visit, &format!("{}/{}", staff_page(NAME), report.id), None, html! {
            (button(say.reports_take()).small().heard_as(label))
        }))
        (details(&say.reports_hash(), html! { code { (report.print()) } }))
    }
}
