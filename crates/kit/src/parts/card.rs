//! Listings in lists.

use super::money::price_was;
use super::notice::tag;
use super::picture::{PictureView, StandIn, Urgency, no_photo, picture};
use kernel::{Money, Say};
use maud::{Markup, html};

/// What a card shows.
#[derive(Clone, Debug, Default)]
pub struct CardView {
    pub href: String,
    pub title: String,
    pub photo: Option<PictureView>,
    /// What stands where the photo would.
    pub stand_in: Option<StandIn>,
    /// None when only things are taken for it.
    pub price: Option<Money>,
    /// What it was before the price fell.
    pub was: Option<Money>,
    /// The price in the viewer's currency, in words.
    pub beside: Option<String>,
    /// Condition, place, age: short words.
    pub meta: Vec<String>,
    /// On the photo: kind and word.
    pub flags: Vec<(&'static str, String)>,
    /// Under the words: kind and word.
    pub tags: Vec<(&'static str, String)>,
    /// It cannot be had (any more).
    pub off: bool,
}

/// A heading's level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Under the page's title.
    Two,
    /// Under a shelf's title.
    Three,
}

/// The `n`th card of a list, counted from 0.
pub fn card(say: &Say, view: &CardView, level: Level, n: usize) -> Markup {
    let urgency = match n {
        0 => Urgency::First,
        1..6 => Urgency::Soon,
        _ => Urgency::Lazy,
    };
    let name = html! { a href=(view.href) { (view.title) } };
    html! {
        li class=(if view.off { "card off" } else { "card" }) {
            @match &view.photo {
                Some(photo) => div.shot {
                    (picture(photo, "(width < 48rem) 45vw, 14rem", 480, urgency))
                    (tags(&view.flags))
                },
                None => (no_photo(view.stand_in.as_ref(), &tags(&view.flags))),
            }
            @match level {
                Level::Two => h2.name { (name) },
                Level::Three => h3.name { (name) },
            }
            (price_was(say, view.price, view.was))
            @if let Some(beside) = &view.beside { p.beside { (beside) } }
            @if !view.meta.is_empty() { p.meta { @for word in &view.meta { span { (word) } } } }
            @if !view.tags.is_empty() { p.tags { @for (kind, word) in &view.tags { (tag(kind, word)) } } }
        }
    }
}

fn tags(tags: &[(&'static str, String)]) -> Markup {
    html! { @if !tags.is_empty() { span.tags { @for (kind, word) in tags { (tag(kind, word)) } } } }
}

/// A grid of cards under the page's title.
pub fn card_grid(say: &Say, cards: &[CardView]) -> Markup {
    html! { ul.grid role="list" { @for (n, view) in cards.iter().enumerate() { (card(say, view, Level::Two, n)) } } }
}

/// A titled row of cards. `id` is that of its heading; `all` leads to the rest. Nothing when it would be empty.
pub fn shelf(say: &Say, id: &str, title: &str, all: Option<&str>, cards: &[CardView]) -> Markup {
    html! {
        @if !cards.is_empty() {
            section.shelf aria-labelledby=(id) {
                div.head {
                    h2 id=(id) { (title) }
                    @if let Some(href) = all { a href=(href) { (say.shelf_all()) span.vh { ": " (title) } } }
                }
                ul.grid.rail role="list" {
                    // Never the first thing seen: a title stands above.
                    @for (n, view) in cards.iter().enumerate() { (card(say, view, Level::Three, n + 1)) }
                }
            }
        }
    }
}
