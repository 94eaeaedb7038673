//! One's own listings.

use crate::{cards, urls};
use kernel::{Cursor, Page as Cut, Refusal};
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tab, Tone, button, card_grid, icon_of, layout, link, notice, post, tabs};
use kit::visit::{SignedIn, Visit};
use market::listings::model::{Listing, State};
use market::listings::rules as listings;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Listings on one page.
const PAGE: usize = 24;
/// The states one may look at by themselves.
const STATES: [State; 4] = [State::Live, State::Draft, State::Paused, State::Sold];

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    state: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn index(visit: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let state = asked.state.as_deref().and_then(State::find).filter(|s| STATES.contains(s));
    let after = asked.cursor.map(Cursor);
    let mut reader = visit.read().await?;
    let found = match listings::mine(&mut reader, visit.member().id, state, after.as_ref(), PAGE).await {
        Err(Refusal::Fields(_)) => return Ok(Answer::to(links::sell())),
        other => other?,
    };
    let counts = listings::counts(&mut reader, visit.member().id).await?;
    Ok(Answer::page(page(&visit, (state, &counts), after.is_some(), &found)))
}

/// How many listings are in each state.
type Counts = BTreeMap<State, i64>;

fn page(
    visit: &SignedIn,
    (state, counts): (Option<State>, &Counts),
    later: bool,
    found: &Cut<Listing>,
) -> Markup {
    let say = &visit.say;
    let body = html! {
        div.head {
            div { h1 { (say.sell_mine()) } }
            // An empty list leads there by itself.
            @if !found.items.is_empty() { div.head-acts { (start(visit)) } }
        }
        @if !visit.member().verified { (unverified(visit)) }
        (states(visit, state, counts))
        @if found.items.is_empty() { (nothing(visit, state)) } @else { (list(visit, found)) }
        (next(visit, state, later, found))
    };
    layout(visit, Page::titled(say.sell_mine()).noindex().at(Active::Sell), body)
}

/// Opens a draft.
fn start(visit: &Visit) -> Markup {
    post(visit, &links::sell(), None, html! { (button(visit.say.sell_something()).primary().icon("plus")) })
}

/// Nothing can be published before the address is proven: said before it is tried.
fn unverified(visit: &Visit) -> Markup {
    let say = &visit.say;
    let again =
        post(visit, &links::verify_again(), None, html! { (button(say.account_verify_again()).small()) });
    html! {
        (notice(Tone::Plain, &say.account_unverified(), html! { (say.sell_verify_first()) }))
        div.gap { (again) }
    }
}

fn states(visit: &Visit, here: Option<State>, counts: &Counts) -> Markup {
    let say = &visit.say;
    let whole = Some(counts.values().sum());
    let mut all =
        vec![Tab { href: links::sell(), label: say.sell_all(), count: whole, here: here.is_none() }];
    all.extend(STATES.into_iter().map(|state| Tab {
        href: urls::sell_in(state.name()),
        label: say.by_key(&format!("sell-tab-{}", state.name())),
        count: Some(counts.get(&state).copied().unwrap_or(0)),
        here: here == Some(state),
    }));
    tabs(say, &say.sell_mine(), &all)
}

fn list(visit: &Visit, found: &Cut<Listing>) -> Markup {
    let view = |l: &Listing| cards::own(&visit.say, l, href(l));
    card_grid(&visit.say, &found.items.iter().map(view).collect::<Vec<_>>())
}

/// A draft goes on being written; everything else is looked at first.
fn href(listing: &Listing) -> String {
    match listing.state {
        State::Draft => links::sell_edit(listing.id),
        _ => links::listing(&listing.slug, listing.id),
    }
}

fn nothing(visit: &Visit, state: Option<State>) -> Markup {
    let say = &visit.say;
    let (title, text) = match state {
        None => (say.sell_nothing(), say.sell_nothing_text()),
        Some(_) => (say.sell_nothing_here(), say.sell_nothing_here_text()),
    };
    html! {
        div.empty {
            (icon_of("tag", "icon"))
            h2 { (title) }
            p { (text) }
            (post(visit, &links::sell(), None, html! { (button(say.sell_something()).icon("plus")) }))
        }
    }
}

fn next(visit: &Visit, state: Option<State>, later: bool, found: &Cut<Listing>) -> Markup {
    let say = &visit.say;
    let first = state.map_or_else(links::sell, |s| urls::sell_in(s.name()));
    let sign = if first.contains('?') { '&' } else { '?' };
    let more = found.next.as_ref().map(|c| format!("{first}{sign}cursor={}", c.0));
    html! {
        @if later || more.is_some() {
            nav.pager aria-label=(say.nav_pages()) {
                @if later { (link(&first, say.find_first_page())) }
                @if let Some(href) = more { (link(href, say.nav_next()).icon_end("chevron-end").rel("next")) }
            }
        }
    }
}
