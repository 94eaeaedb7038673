//! The pieces of a search page: the form of filters, and the frame that scripts replace when a filter changes.

use super::icon::icon;
use crate::links::SearchLink;
use kernel::Say;
use maud::{Markup, html};

/// A value that can be ticked in a filter, and how many things have it.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub value: String,
    pub label: String,
    pub count: Option<u64>,
}

/// Hidden fields for what a form must keep of a search, but for the names it has fields for.
pub fn kept(link: &SearchLink, but: &[&str]) -> Markup {
    html! {
        @for (name, value) in link.pairs().filter(|(n, _)| *n != "cursor" && !but.contains(n)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// Boxes of one filter.
pub fn boxes(say: &Say, link: &SearchLink, name: &str, legend: &str, buckets: &[Bucket]) -> Markup {
    html! {
        @if !buckets.is_empty() {
            fieldset.rows {
                legend { (legend) }
                @for bucket in buckets {
                    label.row {
                        input type="checkbox" id={ "c-" (name) "-" (bucket.value) } name=(name) value=(bucket.value)
                            checked[link.has(name, &bucket.value)];
                        span { (bucket.label) }
                        @if let Some(count) = bucket.count { span.count { (say.number(count)) } }
                    }
                }
            }
        }
    }
}

/// From and to, as amounts; `more` stands below them.
pub fn range(say: &Say, link: &SearchLink, legend: &str, names: (&str, &str), more: Markup) -> Markup {
    let one = |name: &str, label: String| {
        html! {
            div.field {
                label for={ "f-" (name) } { (label) }
                input id={ "f-" (name) } name=(name) inputmode="decimal" autocomplete="off"
                    value=(link.value(name).unwrap_or_default());
            }
        }
    };
    html! {
        fieldset {
            legend { (legend) }
            div.pair { (one(names.0, say.filters_from())) (one(names.1, say.filters_to())) }
            (more)
        }
    }
}

/// The form of filters: a sheet on phones, a side bar where there is room. `fields` are what can be set,
/// hidden fields included; `show` is the label of its button, `clear` the list without any filter.
pub fn filters(say: &Say, show: &str, clear: &str, fields: Markup) -> Markup {
    html! {
        form #filters .filters popover action="/search" method="get" data-swap="results" data-auto
            aria-label=(say.filters_title()) {
            div.filters-head {
                h2 { (say.filters_title()) }
                button.btn.quiet.square type="button" popovertarget="filters" popovertargetaction="hide"
                    aria-label=(say.filters_close()) { (icon("close")) }
            }
            (fields)
            div.filters-acts {
                button.btn.primary.wide { (show) }
                a.btn.quiet.wide href=(clear) data-swap="results" { (say.filters_clear()) }
            }
        }
    }
}

/// Opens the filters on a phone.
pub fn filters_open(say: &Say) -> Markup {
    html! {
        button.btn.filters-open type="button" popovertarget="filters" { (icon("filter")) " " (say.filters_title()) }
    }
}

/// Chooses the order of a list: value and label of each.
pub fn sort(say: &Say, link: &SearchLink, current: &str, orders: &[(String, String)]) -> Markup {
    html! {
        form.sort action="/search" method="get" data-swap="results" data-auto="always" {
            (kept(link, &["sort"]))
            label.vh for="sort" { (say.filters_sort()) }
            select #sort name="sort" {
                @for (value, label) in orders { option value=(value) selected[value == current] { (label) } }
            }
            button.btn.js-hide { (say.filters_sort()) }
        }
    }
}

/// What is replaced when a filter changes. `announce` is read out then.
pub fn results(announce: &str, filters: Markup, list: Markup) -> Markup {
    html! {
        div #results .results data-announce=(announce) {
            (filters)
            section.results-main aria-labelledby="results-title" { (list) }
        }
    }
}
