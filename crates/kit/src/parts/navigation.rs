//! Ways around: breadcrumbs, chips, tabs, pages, steps.

use super::icon::{icon, icon_of};
use kernel::Say;
use maud::{Markup, html};

/// A named link, of which one may be the page one is on.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub href: String,
    pub label: String,
}

impl Crumb {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// The way to here from the top; the last is here.
pub fn crumbs(say: &Say, way: &[Crumb]) -> Markup {
    html! {
        nav.crumbs aria-label=(say.nav_breadcrumb()) {
            ol role="list" {
                @for (n, crumb) in way.iter().enumerate() {
                    li { a href=(crumb.href) aria-current=[(n + 1 == way.len()).then_some("page")] { (crumb.label) } }
                }
            }
        }
    }
}

/// A row of links; `here` tells which of them is the page one is on.
pub fn chips(label: &str, links: &[Crumb], here: impl Fn(&Crumb) -> bool) -> Markup {
    html! {
        nav.chips aria-label=(label) {
            ul role="list" {
                @for link in links {
                    li { a.chip href=(link.href) aria-current=[here(link).then_some("page")] { (link.label) } }
                }
            }
        }
    }
}

/// The filters in use; each link leads to the same list without it. Nothing when there are none.
pub fn active_filters(say: &Say, filters: &[Crumb], clear: &str) -> Markup {
    html! {
        @if !filters.is_empty() {
            ul.chips.active role="list" aria-label=(say.filters_active()) {
                @for filter in filters {
                    li {
                        a.chip href=(filter.href) data-swap="results" {
                            span.vh { (say.filters_remove()) } " " (filter.label) " " (icon("close"))
                        }
                    }
                }
                li { a.chip.clear href=(clear) data-swap="results" { (say.filters_clear()) } }
            }
        }
    }
}

/// To the pages before and after; nothing when there is only one.
pub fn pager(say: &Say, previous: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav.pager aria-label=(say.nav_pages()) {
                @if let Some(href) = previous {
                    a.btn rel="prev" href=(href) { (icon_of("chevron-start", "icon flip")) " " (say.nav_previous()) }
                }
                @if let Some(href) = next {
                    a.btn rel="next" href=(href) { (say.nav_next()) " " (icon_of("chevron-end", "icon flip")) }
                }
            }
        }
    }
}

/// A link back to where one came from.
pub fn back(href: &str, label: &str) -> Markup {
    html! { a.back href=(href) { (icon_of("chevron-start", "icon flip")) " " (label) } }
}

/// One of several views of a thing.
#[derive(Clone, Debug)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub count: Option<i64>,
    pub here: bool,
}

/// Views of a thing, each a page of its own.
pub fn tabs(say: &Say, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul role="list" {
                @for tab in tabs {
                    li {
                        a href=(tab.href) aria-current=[tab.here.then_some("page")] {
                            (tab.label)
                            @if let Some(count) = tab.count { " " span.count { (say.number(count)) } }
                        }
                    }
                }
            }
        }
    }
}

/// How far one is in a flow; `at` counts from 0.
pub fn steps(labels: &[String], at: usize) -> Markup {
    html! {
        ol.steps role="list" {
            @for (n, label) in labels.iter().enumerate() {
                li class=[(n < at).then_some("done")] aria-current=[(n == at).then_some("step")] { (label) }
            }
        }
    }
}
