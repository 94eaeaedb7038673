//! A job that gave up: why, and another try or an end, for a reason.

use super::{Counts, acts, frame_of, jobs};
use crate::acting;
use crate::deals::staff_page;
use kernel::{FieldErrors, JobId, Refusal};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{back, button, date_time, error_summary, facts, form, form_acts};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::Act;
use market::staff::dead_jobs;
use market::staff::model::Reason;
use maud::{Markup, html};
use platform::jobs::DeadJob;

pub(super) const PATH: &str = "/admin/jobs/{job}";

pub(super) async fn show(me: SignedIn, Path(id): Path<JobId>) -> Result<Answer, Answer> {
    let (job, counts) = load(&me, id).await?;
    Ok(Answer::page(page(&me, counts, &job, &me.filled(&jobs::path(job.id)))).secret())
}

/// Tries it again, or discards it: the button says which.
pub(super) async fn decide(me: SignedIn, Path(id): Path<JobId>, typed: Typed) -> Result<Answer, Answer> {
    let (job, counts) = load(&me, id).await?;
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(&me, counts, &job, filled)));
        }
    };
    let all = staff_page("jobs");
    if typed.get("do") == "discard" {
        let became = acting::carry_out(&me, &Act::DiscardJob { job: id }, &why).await?;
        return Ok(acting::answer(&me, became, &all, me.say.admin_job_discarded()));
    }
    let mut tx = me.begin().await?;
    dead_jobs::retry(&mut tx, me.member(), id, &why).await?;
    tx.commit().await?;
    Ok(Answer::to(all).saying(Flash::ok(me.say.admin_job_revived())))
}

async fn load(me: &SignedIn, id: JobId) -> Result<(DeadJob, Counts), Answer> {
    let mut reader = me.read().await?;
    let job = platform::jobs::find_dead(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((job, counts))
}

fn page(me: &SignedIn, counts: Counts, job: &DeadJob, filled: &Filled) -> Markup {
    let say = &me.say;
    let known = [
        (say.admin_job_dead_at(), date_time(say, job.dead_at)),
        (say.admin_job_tries(), html! { (say.number(job.tries)) }),
    ];
    let body = html! {
        (back(&staff_page("jobs"), &say.admin_jobs()))
        (error_summary(say, &filled.errors, &[("reason", say.staff_reason())]))
        (facts(&known))
        (jobs::why(say, job))
        (form(me, &jobs::path(job.id), html! {
            (acts::reason(say, filled))
            p { (say.admin_job_discard_text()) }
            (form_acts(false, html! {
                (button(say.admin_job_retry()).value("do", "retry").primary().icon("refresh"))
                (button(say.admin_job_discard()).value("do", "discard").danger())
            }))
        }))
    };
    let heads = (job.kind.as_str(), say.admin_job_lead());
    frame_of(me, counts, "jobs", (heads.0, &heads.1), !filled.errors.is_empty(), body)
}
