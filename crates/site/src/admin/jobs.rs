//! Jobs that gave up.

use super::{Counts, frame};
use crate::deals::staff_page;
use kernel::{JobId, Say};
use kit::answer::Answer;
use kit::parts::{Empty, date_time, details, empty, table};
use kit::visit::{SignedIn, Visit};
use maud::{Markup, html};
use platform::jobs::{self, DeadJob};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let dead = jobs::dead(&mut reader).await?;
    let say = &me.say;
    let body = if dead.is_empty() { none(say) } else { list(&me, &dead) };
    Ok(Answer::page(frame(&me, counts, "jobs", (&say.admin_jobs(), &say.admin_jobs_lead()), body)))
}

/// The page of one of them.
pub(super) fn path(id: JobId) -> String {
    format!("{}/{id}", staff_page("jobs"))
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
    ];
    table(
        "dead-jobs",
        &say.admin_jobs(),
        &heads,
        html! {
            @for job in dead {
                tr {
                    th scope="row" data-label=(heads[0].0) { a href=(path(job.id)) { code { (job.kind) } } }
                    td data-label=(heads[1].0) { (date_time(say, job.dead_at)) }
                    td.num data-label=(heads[2].0) { (say.number(job.tries)) }
                    td.grow data-label=(heads[3].0) { (why(say, job)) }
                }
            }
        },
    )
}

/// What went wrong, and what it was to work on.
pub(super) fn why(say: &Say, job: &DeadJob) -> Markup {
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
