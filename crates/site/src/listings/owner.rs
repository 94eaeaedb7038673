//! What its seller may do with a listing, on its own page.

use super::view::top;
use crate::{limits, urls};
use kit::links;
use kit::parts::{Tone, acts, button, link, notice, post};
use kit::visit::Visit;
use market::listings::model::{Listing, State};
use market::orders::limits::Limits;
use maud::{Markup, html};

/// Price, state, and the seller's tools.
pub(super) fn panel(visit: &Visit, listing: &Listing, limited: Option<&Limits>) -> Markup {
    let say = &visit.say;
    let price = listing.price.filter(|_| listing.deal.takes_cash() && listing.state != State::Sold);
    html! {
        section.buy aria-label=(say.own_tools()) {
            (top(say, listing))
            (notice(Tone::Plain, &say.own_yours(), html! { (about(visit, listing)) }))
            (limits::above(say, limited, price))
            (acts(html! {
                (link(links::sell_edit(listing.id), say.own_edit()).primary().icon("edit"))
                (link(urls::sell_history(listing.id), say.own_history()).icon("clock"))
            }))
            (tools(visit, listing))
        }
    }
}

/// How it stands and how often it was looked at.
fn about(visit: &Visit, listing: &Listing) -> String {
    let say = &visit.say;
    let state = match listing.state {
        State::Draft => say.own_draft(),
        State::Live => say.own_live(),
        State::Paused => say.own_paused(),
        State::Sold | State::Deleted => say.own_sold(),
    };
    format!("{state} {}", say.own_views(listing.views))
}

/// The moves that its state allows, each a form of its own.
pub(crate) fn tools(visit: &Visit, listing: &Listing) -> Markup {
    let (say, id) = (&visit.say, listing.id);
    let one = |url: String, label: String, icon: &'static str| {
        post(visit, &url, None, html! { (button(label).icon(icon)) })
    };
    let state = listing.state;
    html! {
        div.acts {
            @if state == State::Paused { (one(links::sell_publish(id), say.own_resume(), "play")) }
            @if state == State::Sold { (one(links::sell_publish(id), say.own_relist(), "play")) }
            @if state.may_become(State::Paused) { (one(links::sell_pause(id), say.own_pause(), "pause")) }
            @if state.may_become(State::Sold) { (one(urls::sell_sold(id), say.own_mark_sold(), "check")) }
            @if state.may_become(State::Deleted) {
                (post(visit, &links::sell_delete(id), None, html! { (button(say.own_delete()).danger().icon("trash")) }))
            }
        }
    }
}
