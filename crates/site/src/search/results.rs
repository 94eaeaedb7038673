//! The list of results with everything around it that changes with the search.

use super::active::{self, Filter};
use super::ask::{Asked, sorts};
use super::filters;
use crate::cards;
use kernel::Say;
use kit::links;
use kit::parts::filters as parts;
use kit::parts::{Crumb, active_filters, card_grid, icon_of, link, notice};
use kit::visit::Visit;
use market::catalog::catalog;
use market::search::model::{Results, Sort};
use maud::{Markup, html};

/// What the page is called: the words, the category, or both.
pub(super) fn title(say: &Say, asked: &Asked) -> String {
    let category = asked.category.map(|c| c.name(say.lang()).to_owned());
    match (asked.ask.text.trim(), category) {
        ("", None) => say.find_title_all(),
        ("", Some(category)) => category,
        (text, None) => say.find_title(text),
        (text, Some(category)) => say.find_title_in(category, text),
    }
}

/// "1,342 items".
fn count(say: &Say, n: usize) -> String {
    say.find_count(n, say.number(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// For search engines.
pub(super) fn description(say: &Say, asked: &Asked) -> String {
    say.find_description(title(say, asked))
}

/// The part that changes with every filter. `ways_out` are filters that, left out, would give something.
pub(super) fn piece(visit: &Visit, asked: &Asked, found: &Results, ways_out: &[(Filter, usize)]) -> Markup {
    let say = &visit.say;
    let announce = count(say, found.total);
    let used: Vec<Crumb> = active::filters(say, asked).iter().map(Filter::crumb).collect();
    let clear = asked.cleared().to_string();
    let list = html! {
        (head(say, asked, found))
        div.stack.above-list {
            (children(say, asked, found))
            (active_filters(say, &used, &clear))
            (remarks(say, asked, found))
        }
        @if found.items.is_empty() { (nothing(say, asked, found, ways_out)) } @else {
            (card_grid(say, &found.items.iter().map(|f| cards::found(visit, f)).collect::<Vec<_>>()))
            (pager(say, asked, found))
        }
    };
    parts::results(&announce, filters::form(say, asked, found), list)
}

fn head(say: &Say, asked: &Asked, found: &Results) -> Markup {
    let order = |(name, _): (&str, Sort)| {
        (name.to_owned(), say.by_key(&format!("find-sort-{}", name.replace('_', "-"))))
    };
    let all = sorts(asked.has_words(), asked.town.is_some());
    let sort = if found.relaxed && !found.items.is_empty() { Sort::Relevance } else { asked.ask.sort };
    let current = all.iter().find(|(_, s)| *s == sort).map_or("newest", |(name, _)| *name);
    let orders: Vec<(String, String)> = all.into_iter().map(order).collect();
    html! {
        div.head {
            div { h1 #results-title { (title(say, asked)) } p { (count(say, found.total)) } }
            div.head-acts { (parts::filters_open(say)) (parts::sort(say, &asked.link, current, &orders)) }
        }
    }
}

/// The categories below the chosen one that have results. The other filters stay: a category has the
/// attributes of those above it.
fn children(say: &Say, asked: &Asked, found: &Results) -> Markup {
    let below = found.facets.categories.iter().filter_map(|(id, count)| Some((catalog().find(id)?, *count)));
    let chips: Vec<(String, &str, u64)> = below
        .map(|(c, count)| (asked.link.clone().set("category", &c.id).to_string(), c.name(say.lang()), count))
        .collect();
    html! {
        @if !chips.is_empty() {
            nav.chips aria-label=(say.find_categories()) {
                ul role="list" {
                    @for (href, name, count) in &chips {
                        li { a.chip href=(href) { (name) " " span.count { (say.number(*count)) } } }
                    }
                }
            }
        }
    }
}

/// What was understood differently from what was typed.
fn remarks(say: &Say, asked: &Asked, found: &Results) -> Markup {
    let typed = asked.ask.text.as_str();
    html! {
        @for (field, wrong) in asked.errors.iter().filter(|(f, _)| *f != "near") {
            p.err { (say.by_key(&format!("find-field-{field}"))) ": " (wrong.say(say)) }
        }
        @if let Some(instead) = &found.corrected {
            (notice(kit::parts::Tone::Plain, "", html! { (say.find_corrected(instead.as_str(), typed)) }))
        }
        @if found.relaxed && found.corrected.is_none() {
            (notice(kit::parts::Tone::Plain, "", html! {
                @if found.whole > 0 { (say.find_relaxed_some()) } @else { (say.find_relaxed()) }
            }))
        }
    }
}

fn pager(say: &Say, asked: &Asked, found: &Results) -> Markup {
    let first = asked.ask.after.as_ref().map(|_| asked.link.clone().without("cursor").to_string());
    let next = found.next.as_ref().map(|c| asked.link.clone().after(&c.0).to_string());
    html! {
        @if first.is_some() || next.is_some() {
            nav.pager aria-label=(say.nav_pages()) {
                @if let Some(href) = first { (link(href, say.find_first_page())) }
                @if let Some(href) = next { (link(href, say.nav_next()).icon_end("chevron-end").rel("next")) }
            }
        }
    }
}

fn nothing(say: &Say, asked: &Asked, found: &Results, ways_out: &[(Filter, usize)]) -> Markup {
    if found.filling {
        return cards::filling(say);
    }
    let text = if ways_out.is_empty() { say.find_nothing_text() } else { say.find_nothing_filters() };
    html! {
        div.empty {
            (icon_of("search", "icon"))
            h2 { (say.find_nothing()) }
            p { (text) }
            @if !ways_out.is_empty() {
                ul.chips role="list" {
                    @for (filter, count) in ways_out {
                        li {
                            a.chip href=(filter.href) data-swap="results" {
                                (say.find_without(filter.label.as_str())) " " span.count { (say.number(*count)) }
                            }
                        }
                    }
                }
            }
            @if let Some(href) = wider(asked) { (link(href, say.find_everywhere())) }
            (link(links::search().to_string(), say.find_see_all()).primary())
        }
    }
}

/// The same words in all categories.
fn wider(asked: &Asked) -> Option<String> {
    let narrowed = asked.category.is_some() && asked.has_words();
    narrowed.then(|| links::search_for(&asked.ask.text).to_string())
}
