//! The page that is shown when there is no ordinary one: what happened, and what to do now.

use crate::answer::Denied;
use crate::links;
use crate::parts::{Page, acts, error_summary, layout, link};
use crate::visit::Visit;
use http::StatusCode;
use maud::{Markup, html};

/// The error page for a refusal.
pub fn page(visit: &Visit, denied: &Denied) -> Markup {
    let say = &visit.say;
    let title = denied.title(say);
    let body = html! {
        div.oops {
            p.oops-code { (denied.status().as_u16()) }
            h1 { (&title) }
            p { (denied.text(say)) }
            @if let Some(errors) = denied.fields() { (error_summary(say, errors, &[])) }
            (acts(html! {
                @if denied.status() == StatusCode::NOT_FOUND {
                    (link(links::search().to_string(), say.oops_search()).primary())
                }
                (link(links::home(), say.oops_home()))
            }))
            p.fine { (say.oops_reference()) " " code { (visit.request_id) } }
        }
    };
    layout(visit, Page::titled(title).medium().noindex(), body)
}
