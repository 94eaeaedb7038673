//! One ticket: taking it, and saying what came of it.

use super::{about, tickets as list};
use crate::admin::{Counts, acts, frame_of};
use crate::deals::{People, staff_page};
use kernel::{Refusal, TicketId};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::form::post;
use kit::parts::{
    Facts, back, button, date_time, details, error_summary, facts, form, form_acts, panel, textarea,
};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::tickets::{self, Filter, Ticket};
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/tickets/{ticket}";
/// Characters of what came of it, at most.
const OUTCOME_MAX: usize = 1_000;

pub(super) fn path(id: TicketId) -> String {
    format!("{}/{id}", staff_page("tickets"))
}

/// What is shown.
struct Found {
    ticket: Ticket,
    /// Others that are open about the same.
    others: Vec<Ticket>,
    people: People,
    counts: Counts,
}

pub(super) async fn show(me: SignedIn, Path(id): Path<TicketId>) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    Ok(Answer::page(page(&me, &found, &me.filled(&path(id)))))
}

/// Takes it, or closes it: the button says which.
pub(super) async fn decide(me: SignedIn, Path(id): Path<TicketId>, typed: Typed) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    let (by, say) = (me.member().id, &me.say);
    let mut tx = me.begin().await?;
    if typed.get("do") == "take" {
        tickets::take(&mut tx, by, id).await?;
        tx.commit().await?;
        return Ok(Answer::to(path(id)).saying(Flash::ok(say.ticket_is_taken())));
    }
    match tickets::close_by(&mut tx, by, id, typed.get("outcome")).await {
        Err(Refusal::Fields(errors)) => Ok(acts::refused(typed, errors, |filled| page(&me, &found, filled))),
        other => {
            other?;
            tx.commit().await?;
            Ok(Answer::to(staff_page("tickets")).saying(Flash::ok(say.ticket_is_closed())))
        }
    }
}

async fn load(me: &SignedIn, id: TicketId) -> Result<Found, Answer> {
    let mut reader = me.read().await?;
    let ticket = tickets::find(&mut reader, id).await?;
    let mut others = match ticket.subject {
        Some(subject) => {
            let about = Filter { subject: Some(subject), ..Filter::default() };
            tickets::list(&mut reader, &about).await?
        }
        None => Vec::new(),
    };
    others.retain(|other| other.id != id);
    let takers = others.iter().chain([&ticket]).filter_map(|it| it.taken_by).collect::<Vec<_>>();
    let people = People::find(&mut reader, takers).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok(Found { ticket, others, people, counts })
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, ticket) = (&me.say, &found.ticket);
    let body = html! {
        (back(&staff_page("tickets"), &say.admin_tickets()))
        (error_summary(say, &filled.errors, &[("outcome", say.ticket_outcome())]))
        (facts(&told(me, found)))
        (details(&say.ticket_detail(), html! {
            pre { (serde_json::to_string_pretty(&ticket.detail).unwrap_or_default()) }
            p.hint { code { (ticket.key) } }
        }))
        @if ticket.closed_at.is_none() { (open(me, ticket, filled)) }
        @if !found.others.is_empty() {
            (panel("others", &say.ticket_others(), list::list(me, &found.others, &found.people)))
        }
    };
    let heads = (say.by_key(&ticket.kind.key()), say.admin_ticket_lead());
    let has_errors = !filled.errors.is_empty();
    frame_of(me, found.counts, "tickets", (&heads.0, &heads.1), has_errors, body)
}

fn told(me: &SignedIn, found: &Found) -> Facts {
    let (say, ticket) = (&me.say, &found.ticket);
    let mut all: Facts = vec![(say.ticket_about(), about::thing(me, ticket))];
    if let Some(amount) = ticket.amount {
        all.push((say.ticket_amount(), html! { (say.money(amount)) }));
    }
    all.push((say.ticket_opened(), date_time(say, ticket.opened_at)));
    all.push((say.ticket_due(), list::due(me, ticket)));
    all.push((say.ticket_seen(), html! { (say.number(ticket.seen)) }));
    let taken = match ticket.taken_by {
        Some(by) => html! { bdi { (found.people.view(by).name) } },
        None => html! { (say.ticket_nobody()) },
    };
    all.push((say.ticket_taken_by(), taken));
    if let (Some(at), Some(outcome)) = (ticket.closed_at, &ticket.outcome) {
        all.push((say.ticket_closed(), html! { (date_time(say, at)) ": " (outcome) }));
    }
    all
}

fn open(me: &SignedIn, ticket: &Ticket, filled: &Filled) -> Markup {
    let (say, action) = (&me.say, path(ticket.id));
    let is_mine = ticket.taken_by == Some(me.member().id);
    html! {
        @if !is_mine {
            (post(me, &action, None, html! { (button(say.ticket_take()).value("do", "take")) }))
        }
        (form(me, &action, html! {
            (textarea(say, filled, "outcome", say.ticket_outcome(), 3).hint(say.ticket_outcome_hint()).max(OUTCOME_MAX))
            (form_acts(false, html! { (button(say.ticket_close()).value("do", "close").primary()) }))
        }))
    }
}
