//! Panels, facts, numbers and tables.

use maud::{Markup, html};

/// A titled box. `id` is that of its heading.
pub fn panel(id: &str, title: &str, body: Markup) -> Markup {
    html! { section.panel aria-labelledby=(id) { h2 id=(id) { (title) } (body) } }
}

/// Names and what they are.
pub type Facts = Vec<(String, Markup)>;

/// A list of facts.
pub fn facts(facts: &[(String, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { dt { (name) } dd { (value) } } } }
}

/// Numbers that matter.
pub fn stats(stats: &[(String, String)]) -> Markup {
    html! { dl.stats { @for (name, value) in stats { div { dt { (name) } dd { (value) } } } } }
}

/// A table that scrolls by itself; `rows` are its `tr` elements. `numeric` columns are aligned at their end.
pub fn table(id: &str, caption: &str, heads: &[(String, bool)], rows: Markup) -> Markup {
    scrolling(id, Some(caption), heads, rows)
}

/// A titled box with nothing but a table in it, which has the title's name. `id` is that of the heading.
pub fn table_panel(id: &str, title: &str, heads: &[(String, bool)], rows: Markup) -> Markup {
    html! { section.panel { h2 id=(id) { (title) } (scrolling(id, None, heads, rows)) } }
}

/// Without a caption the element `id` names it.
fn scrolling(id: &str, caption: Option<&str>, heads: &[(String, bool)], rows: Markup) -> Markup {
    let named_by = caption.is_none().then_some(id);
    html! {
        div.table-wrap role="region" aria-labelledby=(id) tabindex="0" {
            table.table.stack-phone aria-labelledby=[named_by] {
                @if let Some(caption) = caption { caption.vh id=(id) { (caption) } }
                thead { tr { @for (head, numeric) in heads { th scope="col" class=[numeric.then_some("num")] { (head) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// Something that opens on demand.
pub fn details(summary: &str, body: Markup) -> Markup {
    html! { details.more { summary { (summary) } (body) } }
}
