//! Jobs that gave up: why, and another try or an end.

use super::{Counts, frame};
use crate::deals::staff_page;
use kernel::{JobId, Say};
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::Path;
use kit::parts::form::post;
use kit::parts::{Empty, button, date_time, details, empty, table};
use kit::visit::{SignedIn, Visit};
use maud::{Markup, html};
use platform::audit;
use platform::jobs::{self, DeadJob};
use serde_json::json;

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let dead = jobs::dead(&mut reader).await?;
    let say = &me.say;
    let body = if dead.is_empty() { none(say) } else { list(&me, &dead) };
    Ok(Answer::page(frame(&me, counts, "jobs", (&say.admin_jobs(), &say.admin_jobs_lead()), body)))
}

pub(super) async fn retry(me: SignedIn, Path(id): Path<JobId>) -> Result<Answer, Answer> {
    let mut tx = me.begin().await?;
    if !jobs::revive(&mut tx, id).await? {
        return Ok(Answer::to(staff_page("jobs")).saying(Flash::bad(me.say.admin_job_not_revived())));
    }
    audit::write(&mut tx, Some(me.member().id), "jobs.retry", ("job", id.0), json!({})).await?;
    tx.commit().await?;
    Ok(Answer::to(staff_page("jobs")).saying(Flash::ok(me.say.admin_job_revived())))
}

pub(super) async fn discard(me: SignedIn, Path(id): Path<JobId>) -> Result<Answer, Answer> {
    let mut tx = me.begin().await?;
    if jobs::forget(&mut tx, id).await? {
        audit::write(&mut tx, Some(me.member().id), "jobs.discard", ("job", id.0), json!({})).await?;
        tx.commit().await?;
    }
    Ok(Answer::to(staff_page("jobs")).saying(Flash::ok(me.say.admin_job_discarded())))
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "check",
        title: say.admin_jobs_none(),
        text: say.admin_jobs_none_text(),
        action: None,
    })
}

fn list(visit: &Visit, dead: &[DeadJob]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_job_kind(), false),
        (say.admin_job_dead_at(), false),
        (say.admin_job_tries(), true),
        (say.admin_job_error(), false),
        (say.admin_job_acts(), false),
    ];
    table(
        "dead-jobs",
        &say.admin_jobs(),
        &heads,
        html! {
            @for job in dead {
                tr {
                    th scope="row" data-label=(heads[0].0) { code { (job.kind) } }
                    td data-label=(heads[1].0) { (date_time(say, job.dead_at)) }
                    td.num data-label=(heads[2].0) { (say.number(job.tries)) }
                    td.grow data-label=(heads[3].0) { (why(say, job)) }
                    td data-label="" { div.acts { (acts(visit, job)) } }
                }
            }
        },
    )
}

fn why(say: &Say, job: &DeadJob) -> Markup {
    let payload = serde_json::to_string_pretty(&job.payload).unwrap_or_default();
    details(
        &say.admin_job_why(),
        html! {
            pre { (job.last_error.as_deref().unwrap_or("–")) }
            p.hint { (say.admin_job_payload()) }
            pre { (payload) }
        },
    )
}

fn acts(visit: &Visit, job: &DeadJob) -> Markup {
    let (say, at) = (&visit.say, format!("{}/{}", staff_page("jobs"), job.id));
    let kind = job.kind.as_str();
    html! {
        (post(visit, &format!("{at}/retry"), None, html! {
            (button(say.admin_job_retry()).small().icon("refresh").heard_as(say.admin_job_retry_kind(kind)))
        }))
        (details(&say.admin_job_discard(), html! {
            p { (say.admin_job_discard_text()) }
            (post(visit, &format!("{at}/discard"), None, html! {
                (button(say.admin_job_discard_sure()).small().danger().heard_as(say.admin_job_discard_kind(kind)))
            }))
        }))
    }
}
