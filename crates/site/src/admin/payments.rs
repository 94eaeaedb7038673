//! What providers told us by webhook, and what became of it.

use super::{Counts, frame};
use crate::deals::staff_page;
use kernel::Say;
use kit::answer::Answer;
use kit::form::Query;
use kit::parts::{Empty, State, Tab, date_time, details, empty, status, table, tabs};
use kit::visit::{SignedIn, Visit};
use market::payments::inbox::{self, Received};
use maud::{Markup, html};
use serde::Deserialize;

/// Events in the list.
const NEWEST: i64 = 100;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    only: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let waiting = asked.only.as_deref() == Some("waiting");
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let received = inbox::newest(&mut reader, waiting, NEWEST).await?;
    let say = &me.say;
    let all = staff_page("payments");
    let views = [
        Tab { href: all.clone(), label: say.admin_events_all(), count: None, here: !waiting },
        Tab {
            href: format!("{all}?only=waiting"),
            label: say.admin_events_waiting(),
            count: Some(counts.events),
            here: waiting,
        },
    ];
    let body = html! {
        (tabs(say, &say.admin_events(), &views))
        @if received.is_empty() { (none(say)) } @else { (list(&me, &received)) }
    };
    Ok(Answer::page(frame(
        &me,
        counts,
        "payments",
        (&say.admin_payments(), &say.admin_payments_lead()),
        body,
    )))
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
            @for event in received {
                tr {
                    th scope="row" data-label=(heads[0].0) { code { (event.kind) } }
                    td data-label=(heads[1].0) { (event.provider) }
                    td data-label=(heads[2].0) { code { (event.event) } }
                    td data-label=(heads[3].0) { (date_time(say, event.received_at)) }
                    td data-label=(heads[4].0) { (outcome(say, event)) }
                }
            }
        },
    )
}

fn outcome(say: &Say, event: &Received) -> Markup {
    match (event.handled_at, &event.note) {
        (None, _) => status(State::Wait, &say.admin_event_waits()),
        (Some(_), None) => status(State::Ok, &say.admin_event_handled()),
        (Some(_), Some(note)) => html! {
            (status(State::Off, &say.admin_event_passed_over()))
            (details(&say.admin_job_why(), html! { pre { (note) } }))
        },
    }
}
