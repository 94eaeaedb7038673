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
    html! {
        div.table-wrap role="region" aria-labelledby=(id) tabindex="0" {
            table.table.stack-phone {
                caption.vh id=(id) { (caption) }
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
