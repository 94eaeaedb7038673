//! Whether the books and what providers say are the same: comparisons and what they found, what stands in suspense, and
//! what the company does with its own money.

mod list;
mod own;
mod run;
mod suspense;

use crate::deals::staff_page;
use kernel::{Refusal, RunId, Say, SuspenseId};
use kit::parts::{Facts, State, status};
use kit::policy::{Audience, Object, Permission, Rate};
use kit::route::{Route, get, post};
use market::approvals::model::Act;
use market::orders::rules as orders;
use market::reconciliation::model::{Run, Suspended, Was};
use market::reconciliation::suspense as suspended;
use maud::{Markup, html};
use platform::Reader;

const PATH: &str = "/admin/reconciliation";
const OWN: &str = "/admin/own-money";

pub(super) fn routes() -> Vec<Route> {
    let (run, adjust) =
        (Audience::Staff(Permission::ReconcileRun), Audience::Staff(Permission::LedgerAdjust));
    vec![
        get(PATH, "admin.reconciliation", list::show).audience(run),
        post(PATH, "admin.reconcile", list::begin).audience(run).rate(Rate::Money).form_on(PATH),
        get(run::PATH, "admin.reconciliation_run", run::show).audience(run).object(Object::Run),
        get(suspense::PATH, "admin.suspense_form", suspense::show)
            .audience(adjust)
            .object(Object::Run)
            .step_up(),
        post(suspense::PATH, "admin.suspense", suspense::clear)
            .audience(adjust)
            .object(Object::Run)
            .step_up()
            .form_on(suspense::PATH),
        get(OWN, "admin.own_money_form", own::show).audience(adjust).step_up(),
        post(OWN, "admin.own_money", own::book).audience(adjust).rate(Rate::Money).step_up().form_on(OWN),
    ]
}

pub(super) fn path_of_run(id: RunId) -> String {
    format!("{}/{id}", staff_page("reconciliation"))
}

fn path_of_suspense(id: SuspenseId) -> String {
    format!("{}/{id}", staff_page("suspense"))
}

/// How a comparison went, in a word.
fn outcome(say: &Say, run: &Run) -> Markup {
    match (run.ended_at, run.was_cut, run.findings) {
        (None, ..) => status(State::Wait, &say.reconciliation_state_running()),
        (Some(_), true, _) => status(State::Off, &say.reconciliation_state_cut()),
        (Some(_), false, 0) => status(State::Ok, &say.reconciliation_state_clean()),
        (Some(_), false, n) => status(State::Bad, &say.reconciliation_state_found(n)),
    }
}

/// What stands in suspense, for who shall say what it was.
fn told(say: &Say, it: &Suspended) -> Facts {
    let mut told = vec![
        (say.suspense_what(), html! { (say.by_key(&it.why.finding().key())) }),
        (say.suspense_amount(), html! { (say.money(it.amount)) }),
        (say.reconciliation_provider(), html! { (it.provider) }),
    ];
    if let Some(line) = &it.line {
        told.push((say.suspense_line(), html! { code { (line) } }));
    }
    if let Some(entry) = it.entry {
        told.push((say.suspense_entry(), html! { code { (entry) } }));
    }
    told
}

/// What one of these acts is, in detail.
pub(super) async fn act_facts(reader: &mut Reader, say: &Say, act: &Act) -> Result<Facts, Refusal> {
    Ok(match act {
        Act::ClearSuspense { suspense, was } => {
            let (it, _) = suspended::find(reader, *suspense).await?;
            let mut all = told(say, &it);
            all.push((say.suspense_was(), html! { (say.by_key(&suspense::key_of(was.name()))) }));
            if let Some(order) = was.order() {
                let number = orders::find(reader, order).await?.number;
                all.push((say.suspense_order(), html! { (number) }));
            }
            if let Was::Buyer { reference, .. } = was {
                all.push((say.order_reference(), html! { code { (reference) } }));
            }
            all
        }
        Act::TakeEarnings { provider, reference, money } | Act::TopUp { provider, reference, money } => vec![
            (say.own_money_provider(), html! { (provider) }),
            (say.own_money_reference(), html! { code { (reference) } }),
            (say.own_money_amount(), html! { (say.money(*money)) }),
        ],
        Act::PayTax { place, money, .. } => vec![
            (say.own_money_place(), html! { (place) }),
            (say.own_money_amount(), html! { (say.money(*money)) }),
        ],
        _ => Vec::new(),
    })
}
