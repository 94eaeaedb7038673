//! Forms. A posted form carries its token first, so none can forget it.

use crate::visit::Visit;
use crate::{csrf, kept};
use maud::{Markup, html};

/// The hidden token of this browser's forms; and what the page was filled with, to be forgotten when it is sent again.
pub fn csrf_field(visit: &Visit) -> Markup {
    html! {
        input type="hidden" name=(csrf::FIELD) value=(visit.csrf());
        @if let Some(id) = visit.kept_shown() { input type="hidden" name=(kept::FIELD) value=(id); }
    }
}

/// A form with fields.
pub fn form(visit: &Visit, action: &str, body: Markup) -> Markup {
    html! { form.form method="post" action=(action) novalidate { (csrf_field(visit)) (body) } }
}

/// The same with an id, unique on its page, for links and scripts.
pub fn form_named(visit: &Visit, id: &str, action: &str, body: Markup) -> Markup {
    html! { form.form method="post" id=(id) action=(action) novalidate { (csrf_field(visit)) (body) } }
}

/// A small posted form of a button or two, with a class of its own ("stepper", "fav-form") or none.
pub fn post(visit: &Visit, action: &str, class: Option<&str>, body: Markup) -> Markup {
    html! { form method="post" action=(action) class=[class] { (csrf_field(visit)) (body) } }
}

/// A form that sends files.
pub fn upload_form(visit: &Visit, action: &str, class: Option<&str>, body: Markup) -> Markup {
    html! {
        form method="post" enctype="multipart/form-data" action=(action) class=[class] { (csrf_field(visit)) (body) }
    }
}

/// A form whose fields become the query of a page.
pub fn get_form(action: &str, class: Option<&str>, body: Markup) -> Markup {
    html! { form method="get" action=(action) class=[class] { (body) } }
}

/// A titled part of a long form.
pub fn form_section(id: &str, title: &str, hint: Option<&str>, body: Markup) -> Markup {
    html! {
        section.form-section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if let Some(hint) = hint { p.hint { (hint) } }
            (body)
        }
    }
}

/// The buttons at the end of a form; `sticky` keeps them in sight on long ones.
pub fn form_acts(sticky: bool, buttons: Markup) -> Markup {
    html! { div class=(if sticky { "form-acts sticky" } else { "form-acts" }) { (buttons) } }
}
