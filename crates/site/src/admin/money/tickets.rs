//! What must be looked at, what is due first at the top.

use super::{about, ticket};
use crate::admin::{Counts, frame};
use crate::deals::{People, staff_page};
use kernel::Say;
use kit::answer::Answer;
use kit::form::Query;
use kit::parts::{Crumb, Empty, State, Tab, chips, date_time, empty, status, table, tabs};
use kit::visit::SignedIn;
use market::tickets::{self, Filter, Kind, Ticket};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    only: Option<String>,
    kind: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let is_mine = asked.only.as_deref() == Some("mine");
    let kind = asked.kind.as_deref().and_then(Kind::find);
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let kinds = tickets::counts(&mut reader).await?;
    let filter = Filter { kind, taken_by: is_mine.then(|| me.member().id), subject: None };
    let open = tickets::list(&mut reader, &filter).await?;
    let people = People::find(&mut reader, open.iter().filter_map(|it| it.taken_by)).await?;
    let say = &me.say;
    let views = [
        Tab { href: address(None), label: say.tickets_all(), count: Some(counts.tickets), here: !is_mine },
        Tab { href: mine(), label: say.tickets_mine(), count: None, here: is_mine },
    ];
    let body = html! {
        (tabs(say, &say.admin_tickets(), &views))
        @if !is_mine && kinds.len() > 1 { (by_kind(say, &kinds, kind)) }
        @if open.is_empty() { (none(say)) } @else { (list(&me, &open, &people)) }
    };
    let heads = (say.admin_tickets(), say.admin_tickets_lead());
    Ok(Answer::page(frame(&me, counts, "tickets", (&heads.0, &heads.1), body)))
}

/// The list, of one kind or of all.
pub(super) fn address(kind: Option<Kind>) -> String {
    let page = staff_page("tickets");
    kind.map_or(page.clone(), |kind| format!("{page}?kind={}", kind.name()))
}

fn mine() -> String {
    format!("{}?only=mine", staff_page("tickets"))
}

fn by_kind(say: &Say, kinds: &[(Kind, i64)], here: Option<Kind>) -> Markup {
    let label = |kind: Kind, n: i64| format!("{} ({})", say.by_key(&kind.key()), say.number(n));
    let ways: Vec<Crumb> =
        kinds.iter().map(|(kind, n)| Crumb::new(address(Some(*kind)), label(*kind, *n))).collect();
    let now = here.map(|kind| address(Some(kind)));
    chips(&say.tickets_kinds(), &ways, |way| now.as_ref() == Some(&way.href))
}

fn none(say: &Say) -> Markup {
    empty(&Empty { icon: "check", title: say.tickets_none(), text: say.tickets_none_text(), action: None })
}

/// Tickets in a table.
pub(super) fn list(me: &SignedIn, open: &[Ticket], people: &People) -> Markup {
    let say = &me.say;
    let heads = [
        (say.ticket_what(), false),
        (say.ticket_about(), false),
        (say.ticket_amount(), true),
        (say.ticket_due(), false),
        (say.ticket_taken_by(), false),
    ];
    table(
        "tickets-table",
        &say.admin_tickets(),
        &heads,
        html! {
            @for it in open {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(ticket::path(it.id)) { (say.by_key(&it.kind.key())) }
                    }
                    td data-label=(heads[1].0) { (about::thing(me, it)) }
                    td.num data-label=(heads[2].0) { @if let Some(amount) = it.amount { (say.money(amount)) } @else { "–" } }
                    td data-label=(heads[3].0) { (due(me, it)) }
                    td data-label=(heads[4].0) {
                        @match it.taken_by {
                            Some(by) => bdi { (people.view(by).name) },
                            None => (status(State::Wait, &say.ticket_nobody())),
                        }
                    }
                }
            }
        },
    )
}

/// Until when there is time, and whether that is over.
pub(super) fn due(me: &SignedIn, it: &Ticket) -> Markup {
    html! {
        (date_time(&me.say, it.due_at))
        @if it.due_at <= me.now && it.closed_at.is_none() { " " (status(State::Bad, &me.say.ticket_late())) }
    }
}
