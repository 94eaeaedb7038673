//! The comparisons so far, what stands in suspense, and a button for the next one.

use super::super::{Counts, frame};
use super::{outcome, path_of_run, path_of_suspense};
use crate::deals::{staff_page, why};
use kernel::{Moment, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::parts::form::post;
use kit::parts::{Empty, button, date_time, empty, panel, table};
use kit::policy::Permission;
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::reconciliation::jobs::GoThrough;
use market::reconciliation::model::{Run, Suspended};
use market::reconciliation::{rules, suspense};
use maud::{Markup, html};
use platform::jobs;

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let runs = rules::newest(&mut reader).await?;
    let open = suspense::open(&mut reader).await?;
    let mut providers = Vec::new();
    for name in names(&me) {
        providers.push((name, rules::last(&mut reader, name).await?));
    }
    let say = &me.say;
    let body = html! {
        (ways(&me, &providers))
        (panel("suspense", &say.suspense_open(), in_suspense(&me, &open)))
        @if runs.is_empty() { (none(say)) } @else { (panel("runs", &say.reconciliation_runs(), list(say, &runs))) }
    };
    let heads = (say.admin_reconciliation(), say.admin_reconciliation_lead());
    Ok(Answer::page(frame(&me, counts, "reconciliation", (&heads.0, &heads.1), body)))
}

/// Begins a comparison, which a job goes through.
pub(super) async fn begin(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let provider = names(&me).into_iter().find(|name| *name == typed.get("provider"));
    let provider = provider.ok_or_else(|| Refusal::field("provider", Wrong::NotAChoice))?;
    let mut tx = me.begin().await?;
    match rules::begin(&mut tx, provider, Some(me.member().id)).await {
        Ok(run) => {
            jobs::enqueue(&mut tx, &GoThrough { run, provider: provider.to_owned() }).await?;
            tx.commit().await?;
            Ok(Answer::to(path_of_run(run)).saying(Flash::ok(me.say.reconciliation_begun())))
        }
        Err(refusal) => {
            tx.rollback().await?;
            let said = why(&me.say, refusal)?;
            Ok(Answer::to(staff_page("reconciliation")).saying(Flash::bad(said)))
        }
    }
}

/// The providers that are set up.
fn names(visit: &Visit) -> Vec<&'static str> {
    visit.app.market.providers.all().map(|provider| provider.name()).collect()
}

/// Each provider, when it was compared last, and the way to do so now.
fn ways(visit: &Visit, providers: &[(&'static str, Option<Moment>)]) -> Markup {
    let say = &visit.say;
    html! {
        ul.rows-list role="list" {
            @for (name, last) in providers {
                li {
                    div {
                        p { b { (name) } }
                        p.hint {
                            @match last {
                                Some(at) => { (say.reconciliation_last()) " " (date_time(say, *at)) },
                                None => (say.reconciliation_never()),
                            }
                        }
                    }
                    (post(visit, &staff_page("reconciliation"), None, html! {
                        (button(say.reconciliation_now()).value("provider", *name).icon("refresh"))
                    }))
                }
            }
        }
    }
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "swap",
        title: say.reconciliation_runs_none(),
        text: say.reconciliation_runs_none_text(),
        action: None,
    })
}

fn in_suspense(visit: &Visit, open: &[Suspended]) -> Markup {
    let say = &visit.say;
    if open.is_empty() {
        return html! { p { (say.suspense_none()) } };
    }
    let may_clear = visit.member.as_ref().is_some_and(|m| m.may(Permission::LedgerAdjust));
    let heads = [
        (say.suspense_what(), false),
        (say.reconciliation_about(), false),
        (say.suspense_since(), false),
        (say.suspense_amount(), true),
    ];
    html! {
        p { (say.suspense_open_text()) }
        (table("suspense-table", &say.suspense_open(), &heads, html! {
            @for it in open {
                tr {
                    th scope="row" data-label=(heads[0].0) { (say.by_key(&it.why.finding().key())) }
                    td data-label=(heads[1].0) {
                        @if may_clear { a href=(path_of_suspense(it.id)) { code { (it.item) } } } @else { code { (it.item) } }
                    }
                    td data-label=(heads[2].0) { (date_time(say, it.opened_at)) }
                    td.num data-label=(heads[3].0) { (say.money(it.amount)) }
                }
            }
        }))
    }
}

fn list(say: &Say, runs: &[Run]) -> Markup {
    let heads = [
        (say.reconciliation_began(), false),
        (say.reconciliation_provider(), false),
        (say.reconciliation_lines(), true),
        (say.reconciliation_state(), false),
    ];
    table(
        "runs-table",
        &say.reconciliation_runs(),
        &heads,
        html! {
            @for run in runs {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(path_of_run(run.id)) { (date_time(say, run.began_at)) }
                    }
                    td data-label=(heads[1].0) { (run.provider) }
                    td.num data-label=(heads[2].0) { (say.number(run.lines)) }
                    td data-label=(heads[3].0) { (outcome(say, run)) }
                }
            }
        },
    )
}
