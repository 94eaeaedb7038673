//! What providers told us by webhook, and what became of it.

use super::{Counts, event, frame};
use crate::deals::staff_page;
use kernel::Say;
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{Empty, State, Tab, button, date_time, details, empty, pager, status, table, tabs, text};
use kit::visit::{SignedIn, Visit};
use market::payments::calls::reading as calls;
use market::payments::inbox::{self, Filter, Received};
use maud::{Markup, html};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Events in the list.
const NEWEST: i64 = 100;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    only: Option<String>,
    provider: Option<String>,
    kind: Option<String>,
    before: Option<String>,
}

/// Which of the lists of payments somebody looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Events,
    Waiting,
    Calls,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let waiting = asked.only.as_deref() == Some("waiting");
    let typed = Typed::of([
        ("only", if waiting { "waiting" } else { "" }),
        ("provider", asked.provider.as_deref().unwrap_or_default().trim()),
        ("kind", asked.kind.as_deref().unwrap_or_default().trim()),
    ]);
    let given = |name: &str| Some(typed.get(name).to_owned()).filter(|text| event::is_name(text));
    let before = asked.before.and_then(|at| OffsetDateTime::parse(&at, &Rfc3339).ok());
    let filter = Filter { waiting, provider: given("provider"), kind: given("kind"), before };
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let unknown = calls::unknown(&mut reader).await?;
    let received = inbox::newest(&mut reader, &filter, NEWEST).await?;
    let say = &me.say;
    let is_full = i64::try_from(received.len()).is_ok_and(|n| n == NEWEST);
    let older = received.last().filter(|_| is_full).and_then(|last| older(&typed, last.received_at));
    let here = if waiting { Here::Waiting } else { Here::Events };
    let body = html! {
        (views(say, counts, unknown, here))
        (form(say, &Filled::from(typed)))
        @if received.is_empty() { (none(say)) } @else { (list(&me, &received)) }
        (pager(say, None, older.as_deref()))
    };
    Ok(Answer::page(frame(
        &me,
        counts,
        "payments",
        (&say.admin_payments(), &say.admin_payments_lead()),
        body,
    )))
}

/// The ways between events and calls.
pub(super) fn views(say: &Say, counts: Counts, unknown: i64, here: Here) -> Markup {
    let all = staff_page("payments");
    let views = [
        Tab { href: all.clone(), label: say.admin_events_all(), count: None, here: here == Here::Events },
        Tab {
            href: format!("{all}?only=waiting"),
            label: say.admin_events_waiting(),
            count: Some(counts.events),
            here: here == Here::Waiting,
        },
        Tab {
            href: format!("{all}/calls"),
            label: say.admin_calls(),
            count: Some(unknown),
            here: here == Here::Calls,
        },
    ];
    tabs(say, &say.admin_payments(), &views)
}

fn older(typed: &Typed, before: OffsetDateTime) -> Option<String> {
    let before = before.format(&Rfc3339).ok()?;
    let all = typed.pairs().fold(links::search(), |link, (name, value)| link.with(name, value));
    Some(all.with("before", &before).to_string().replacen("/search", &staff_page("payments"), 1))
}

fn form(say: &Say, filled: &Filled) -> Markup {
    get_form(
        &staff_page("payments"),
        Some("toolbar"),
        html! {
            @if !filled.get("only").is_empty() { input type="hidden" name="only" value=(filled.get("only")); }
            (text(say, filled, "provider", say.admin_event_provider()).short().autocomplete("off"))
            (text(say, filled, "kind", say.admin_event_kind()).short().autocomplete("off"))
            (button(say.admin_order_find()))
        },
    )
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "check",
        title: say.admin_events_none(),
        text: say.admin_events_none_text(),
        action: None,
    })
}

fn list(visit: &Visit, received: &[Received]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_event_kind(), false),
        (say.admin_event_provider(), false),
        (say.admin_event_id(), false),
        (say.admin_event_received(), false),
        (say.admin_event_state(), false),
    ];
    table(
        "events",
        &say.admin_events(),
        &heads,
        html! {
            @for one in received {
                tr {
                    th scope="row" data-label=(heads[0].0) { a href=(event::path(one, "")) { code { (one.kind) } } }
                    td data-label=(heads[1].0) { (one.provider) }
                    td data-label=(heads[2].0) { code { (one.event) } }
                    td data-label=(heads[3].0) { (date_time(say, one.received_at)) }
                    td data-label=(heads[4].0) { (outcome(say, one)) }
                }
            }
        },
    )
}

/// What became of an event.
pub(super) fn outcome(say: &Say, event: &Received) -> Markup {
    match (event.handled_at, &event.note) {
        (None, _) => status(State::Wait, &say.admin_event_waits()),
        (Some(_), None) => status(State::Ok, &say.admin_event_handled()),
        (Some(_), Some(note)) => html! {
            (status(State::Off, &say.admin_event_passed_over()))
            (details(&say.admin_job_why(), html! { pre { (note) } }))
        },
    }
}
