//! One document as a page: the same words as in its file.

use super::{Asked, kind, paper};
use kernel::DocumentId;
use kit::answer::Answer;
use kit::form::{Path, Query};
use kit::links;
use kit::parts::Tone;
use kit::parts::{Active, Page, back, button, get_form, layout, link, notice};
use kit::visit::SignedIn;
use market::documents::{self, Document, Tongue};
use maud::{Markup, html};

pub(super) async fn show(
    me: SignedIn,
    Path(id): Path<DocumentId>,
    Query(asked): Query<Asked>,
) -> Result<Answer, Answer> {
    let document = documents::show(&mut me.read().await?, me.member(), id).await?;
    let tongue = asked.tongue(&document.head);
    Ok(Answer::page(page(&me, &document, tongue)))
}

fn page(me: &SignedIn, document: &Document, tongue: Tongue) -> Markup {
    let (say, head) = (&me.say, &document.head);
    // Staff comes from the order, and has a list of their own.
    let mine = head.is_of(me.member().id);
    let body = html! {
        @match head.order {
            Some(order) if !mine => (back(&links::order(order), &say.documents_about_order())),
            _ => (back(&links::documents(), &say.documents_title())),
        }
        div.stack {
            (paper::article(&documents::lay_out(&document.body, tongue)))
            div.acts {
                (link(links::document_pdf(head.id, (tongue != head.tongue).then(|| tongue.code())), say.document_pdf()).primary())
                @if let Some(order) = head.order { (link(links::order(order), say.documents_about_order())) }
                @if let Some(corrected) = head.corrects {
                    (link(links::document(corrected), say.document_corrected()))
                }
            }
            (languages(me, document, tongue))
            (notice(Tone::Plain, "", html! { (say.document_stays()) }))
        }
    };
    let title = format!("{} {}", kind(say, head.kind), head.label);
    layout(me, Page::titled(title).medium().noindex().at(Active::Account), body)
}

/// The languages that documents speak.
fn languages(me: &SignedIn, document: &Document, tongue: Tongue) -> Markup {
    let say = &me.say;
    get_form(
        &links::document(document.head.id),
        Some("paper-lang toolbar"),
        html! {
            div.field {
                label for="f-lang" { (say.document_language()) }
                select #f-lang name="lang" {
                    @for one in Tongue::ALL {
                        option value=(one.code()) lang=(one.code()) selected[one == tongue] { (one.name()) }
                    }
                }
            }
            (button(say.document_language_show()))
        },
    )
}
