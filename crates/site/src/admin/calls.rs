//! What we asked providers to do, and what became of it.

use super::payments::{Here, views};
use super::{Counts, call, event, frame};
use crate::deals::staff_page;
use kernel::Say;
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::parts::form::get_form;
use kit::parts::{Empty, Opt, State, button, date_time, empty, select, status, table, text};
use kit::visit::{SignedIn, Visit};
use market::payments::calls::reading::{self as calls, Filter, Listed, STATES};
use maud::{Markup, html};
use serde::Deserialize;

/// Calls in the list.
const NEWEST: i64 = 100;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    state: Option<String>,
    provider: Option<String>,
    operation: Option<String>,
    about: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let typed = Typed::of([
        ("state", asked.state.as_deref().unwrap_or_default()),
        ("provider", asked.provider.as_deref().unwrap_or_default().trim()),
        ("operation", asked.operation.as_deref().unwrap_or_default().trim()),
        ("about", asked.about.as_deref().unwrap_or_default().trim()),
    ]);
    let given = |name: &str| Some(typed.get(name).to_owned()).filter(|text| event::is_name(text));
    let filter = Filter {
        state: given("state").filter(|state| STATES.contains(&state.as_str())),
        provider: given("provider"),
        operation: given("operation"),
        subject: typed.get("about").parse().ok(),
    };
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let unknown = calls::unknown(&mut reader).await?;
    let found = calls::newest(&mut reader, &filter, NEWEST).await?;
    let say = &me.say;
    let body = html! {
        (views(say, counts, unknown, Here::Calls))
        (form(say, &Filled::from(typed)))
        @if found.is_empty() { (none(say)) } @else { (list(&me, &found)) }
    };
    let heads = (say.admin_calls(), say.admin_calls_lead());
    Ok(Answer::page(frame(&me, counts, "payments", (&heads.0, &heads.1), body)))
}

fn form(say: &Say, filled: &Filled) -> Markup {
    let mut states = vec![Opt::new("", say.admin_calls_any())];
    states.extend(STATES.iter().map(|state| Opt::new(state, state_name(say, state))));
    get_form(
        &format!("{}/calls", staff_page("payments")),
        Some("toolbar"),
        html! {
            (select(say, filled, "state", say.admin_event_state(), states))
            (text(say, filled, "provider", say.admin_event_provider()).short().autocomplete("off"))
            (text(say, filled, "operation", say.admin_call_operation()).short().autocomplete("off"))
            (text(say, filled, "about", say.admin_call_about()).short().autocomplete("off"))
            (button(say.admin_order_find()))
        },
    )
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "check",
        title: say.admin_calls_none(),
        text: say.admin_calls_none_text(),
        action: None,
    })
}

fn list(visit: &Visit, found: &[Listed]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_call_operation(), false),
        (say.admin_event_provider(), false),
        (say.admin_call_first(), false),
        (say.admin_job_tries(), true),
        (say.admin_event_state(), false),
    ];
    table(
        "calls",
        &say.admin_calls(),
        &heads,
        html! {
            @for one in found {
                tr {
                    th scope="row" data-label=(heads[0].0) { a href=(call::path(&one.key, "")) { code { (one.operation) } } }
                    td data-label=(heads[1].0) { (one.provider) }
                    td data-label=(heads[2].0) { (date_time(say, one.created_at)) }
                    td.num data-label=(heads[3].0) { (say.number(one.tries)) }
                    td data-label=(heads[4].0) { (state(say, &one.state)) }
                }
            }
        },
    )
}

/// Where a call is.
pub(super) fn state(say: &Say, name: &str) -> Markup {
    let tone = match name {
        "answered" => State::Ok,
        "refused" => State::Off,
        "unknown" => State::Bad,
        _ => State::Wait,
    };
    status(tone, &state_name(say, name))
}

fn state_name(say: &Say, name: &str) -> String {
    match name {
        "answered" => say.admin_call_answered(),
        "refused" => say.admin_call_refused(),
        "not_done" => say.admin_call_not_done(),
        "sending" => say.admin_call_sending(),
        _ => say.admin_call_unknown(),
    }
}
