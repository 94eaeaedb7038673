//! What needs a person, on one page.

use super::{Counts, DECIDE, frame, money};
use crate::deals::staff_page;
use crate::orders::words;
use kernel::Moment;
use kit::answer::Answer;
use kit::parts::{Tone, acts, ago, facts, link, notice, panel, stats, status};
use kit::policy::Permission;
use kit::visit::{SignedIn, Visit};
use market::orders::overview as deals;
use maud::{Markup, html};
use platform::jobs;

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let due = jobs::due_at(&mut reader).await?;
    let states = deals::states(&mut reader).await?;
    let glance = money::Glance::load(&mut reader, &me).await?;
    let say = &me.say;
    let may = |permission| me.member().may(permission);
    let takes_two = me.app.market.terms().ask_at_all();
    let numbers: Vec<(String, String)> = [
        (takes_two && DECIDE.permits(me.member()), say.admin_approvals(), counts.approvals),
        (may(Permission::TicketsSee), say.admin_tickets(), counts.tickets),
        (may(Permission::OrdersSee), say.admin_orders_waiting(), counts.orders),
        (may(Permission::MembersSee), say.admin_appeals(), counts.appeals),
        (may(Permission::JobsRun), say.admin_jobs_dead(), counts.dead_jobs),
        (may(Permission::PaymentsSee), say.admin_events_count(), counts.events),
        (may(Permission::ChargebacksManage), say.admin_chargebacks(), counts.chargebacks),
    ]
    .into_iter()
    .filter(|(is_shown, ..)| *is_shown)
    .map(|(_, label, count)| (label, say.number(count)))
    .collect();
    let body = html! {
        @if glance.is_quiet() { (all_well(&me, counts)) }
        (stats(&numbers))
        (money::panel_of(&me, &glance))
        @if may(Permission::JobsRun) { (panel("queue", &say.admin_queue(), queue(&me, due))) }
        @if may(Permission::LedgerSee) {
            (panel("books", &say.admin_ledger(), html! {
                p { (say.admin_ledger_lead()) }
                (acts(html! { (link(staff_page("ledger"), say.admin_ledger_check())) }))
            }))
        }
        @if may(Permission::OrdersSee) && !states.is_empty() { (panel("states", &say.admin_orders_states(), orders(&me, &states))) }
    };
    Ok(Answer::page(frame(&me, counts, "", (&say.admin_overview(), &say.admin_overview_lead()), body)))
}

fn all_well(visit: &Visit, counts: Counts) -> Markup {
    let say = &visit.say;
    html! {
        @if counts.dead_jobs + counts.events + counts.orders + counts.appeals + counts.approvals + counts.chargebacks == 0 {
            (notice(Tone::Brand, &say.admin_all_well(), html! { (say.admin_all_well_text()) }))
        }
    }
}

/// Whether work is done in time: the oldest job that is due.
fn queue(visit: &Visit, due: Option<Moment>) -> Markup {
    let say = &visit.say;
    match due {
        Some(at) if at <= visit.now => {
            html! { p { (say.admin_queue_oldest()) " " (ago(say, at, visit.now)) } }
        }
        Some(at) => html! { p { (say.admin_queue_next(say.in_time(at, visit.now))) } },
        None => html! { p { (say.admin_queue_empty()) } },
    }
}

fn orders(visit: &Visit, states: &[(String, i64)]) -> Markup {
    let say = &visit.say;
    let rows: Vec<(String, Markup)> = states
        .iter()
        .map(|(state, n)| {
            let count = html! { (status(words::tone(state), &say.number(*n))) };
            (words::state_name(say, state), count)
        })
        .collect();
    facts(&rows)
}
