//! One comparison: both columns, and what to do about what is not the same.

use super::super::{Counts, frame};
use super::{outcome, path_of_suspense};
use crate::deals::{People, staff_page};
use kernel::{Money, RunId, Say};
use kit::answer::Answer;
use kit::form::Path;
use kit::parts::{Facts, Tone, back, date_time, facts, notice, panel, table};
use kit::policy::Permission;
use kit::visit::{SignedIn, Visit};
use market::reconciliation::model::{Compared, Finding, Report};
use market::reconciliation::rules;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/reconciliation/{run}";

pub(super) async fn show(me: SignedIn, Path(id): Path<RunId>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let report = rules::report(&mut reader, id).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let people = People::find(&mut reader, report.run.by).await?;
    let say = &me.say;
    let body = html! {
        (back(&staff_page("reconciliation"), &say.admin_reconciliation()))
        (facts(&told(say, &report, &people)))
        @if !report.run.balances.is_empty() { (panel("sums", &say.reconciliation_balances(), sums(say, &report))) }
        @if report.run.ended_at.is_some() { (panel("found", &say.reconciliation_found(), found(&me, &report))) }
    };
    let heads = (say.reconciliation_run(report.run.provider.as_str()), say.reconciliation_run_lead());
    Ok(Answer::page(frame(&me, counts, "reconciliation", (&heads.0, &heads.1), body)))
}

fn told(say: &Say, report: &Report, people: &People) -> Facts {
    let run = &report.run;
    let by = match run.by {
        Some(id) => html! { bdi { (people.view(id).name) } },
        None => html! { (say.reconciliation_by_itself()) },
    };
    let mut told = vec![
        (say.reconciliation_state(), outcome(say, run)),
        (say.reconciliation_began(), date_time(say, run.began_at)),
        (say.reconciliation_by(), by),
    ];
    if let Some(at) = run.ended_at {
        told.push((say.reconciliation_ended(), date_time(say, at)));
    }
    let counted = [
        (say.reconciliation_lines(), run.lines),
        (say.reconciliation_matched(), run.matched),
        (say.reconciliation_booked(), run.booked),
        (say.reconciliation_suspended(), run.suspended),
    ];
    told.extend(counted.map(|(name, n)| (name, html! { (say.number(n)) })));
    told
}

fn sums(say: &Say, report: &Report) -> Markup {
    let heads = [
        (say.reconciliation_currency(), false),
        (say.reconciliation_ours_pending(), true),
        (say.reconciliation_theirs_pending(), true),
        (say.reconciliation_ours_available(), true),
        (say.reconciliation_theirs_available(), true),
    ];
    let was_compared = report.run.balances.iter().all(|row| row.theirs.is_some());
    html! {
        p { (say.reconciliation_balances_text()) }
        @if !was_compared { (notice(Tone::Plain, "", html! { (say.reconciliation_not_compared()) })) }
        (table("sums-table", &say.reconciliation_balances(), &heads, html! {
            @for row in &report.run.balances {
                tr {
                    th scope="row" data-label=(heads[0].0) { (row.currency) }
                    @for (sum, (head, _)) in columns(row).iter().zip(&heads[1..]) {
                        td.num data-label=(head) {
                            @match sum {
                                Some(sum) => (say.money(*sum)),
                                None => "–",
                            }
                        }
                    }
                }
            }
        }))
    }
}

fn columns(row: &Compared) -> [Option<Money>; 4] {
    let money = |amount| Money::new(amount, row.currency);
    [
        Some(money(row.ours.pending)),
        row.theirs.map(|theirs| money(theirs.pending)),
        Some(money(row.ours.available)),
        row.theirs.map(|theirs| money(theirs.available)),
    ]
}

fn found(visit: &Visit, report: &Report) -> Markup {
    let say = &visit.say;
    if report.found.is_empty() {
        return html! { p { (say.reconciliation_found_none()) } };
    }
    html! {
        ul.rows-list role="list" { @for finding in &report.found { li { (one(visit, finding)) } } }
    }
}

/// What it is, both sides, and what to do.
fn one(visit: &Visit, finding: &Finding) -> Markup {
    let say = &visit.say;
    let key = finding.kind.key();
    let said = |amount: Option<i64>| amount.map_or_else(|| "–".to_owned(), |a| say.money(finding.money(a)));
    let may_clear = visit.member.as_ref().is_some_and(|m| m.may(Permission::LedgerAdjust));
    let mut both = vec![
        (say.reconciliation_about(), html! { code { (finding.about) } }),
        (say.reconciliation_ours(), html! { (said(finding.ours)) }),
        (say.reconciliation_theirs(), html! { (said(finding.theirs)) }),
    ];
    if let Some(entry) = finding.entry {
        both.push((say.suspense_entry(), html! { code { (entry) } }));
    }
    html! {
        div {
            p { b { (say.by_key(&key)) } }
            (facts(&both))
            p { (say.by_key(&format!("{key}-do"))) }
            @if let (Some(id), true) = (finding.suspense, may_clear) {
                p { a href=(path_of_suspense(id)) { (say.suspense_page()) } }
            }
        }
    }
}
