//! Receipts, invoices, credit notes and statements: the list, each as a page that can be printed, and as a file.

mod list;
mod paper;
mod show;

use crate::deals::key;
use axum::http::{HeaderValue, header};
use kernel::{DocumentId, Refusal, Say};
use kit::Typed;
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::{Path, Query};
use kit::links;
use kit::parts::{date_time, panel};
use kit::policy::{Audience, Object};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use market::documents::{self, Head, Kind, Tongue, wishes};
use maud::{Markup, html};
use serde::Deserialize;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let all = [
        get("/documents", "documents.list", list::show),
        post("/documents/letters", "documents.letters", letters),
        get("/documents/{document}", "documents.show", show::show),
        // What it holds is not for staff that looks as its reader.
        get("/documents/{document}/pdf", "documents.pdf", pdf).private(),
    ];
    all.into_iter().map(|route| route.audience(Audience::Member).object(Object::Document)).collect()
}

/// In which language somebody wants to read a document.
#[derive(Deserialize, Default)]
struct Asked {
    lang: Option<String>,
}

impl Asked {
    /// The document's own, unless another was asked for that documents speak.
    fn tongue(&self, of: &Head) -> Tongue {
        self.lang.as_deref().and_then(Tongue::find).unwrap_or(of.tongue)
    }
}

/// What kind of paper it is, in the reader's words.
fn kind(say: &Say, kind: Kind) -> String {
    say.by_key(&key("document-kind", kind.name()))
}

/// The documents about a deal or a payout, with links; nothing when there are none. `id` is that of its heading.
pub(crate) fn panel_of(say: &Say, id: &str, heads: &[Head]) -> Markup {
    html! {
        @if !heads.is_empty() {
            (panel(id, &say.documents_title(), html! {
                ul.rows-list role="list" {
                    @for head in heads {
                        li {
                            a href=(links::document(head.id)) { (kind(say, head.kind)) " " (head.label) }
                            span.hint { (say.money(head.total)) " · " (date_time(say, head.issued_at)) }
                        }
                    }
                }
            }))
        }
    }
}

/// The file, as something to keep.
async fn pdf(me: SignedIn, Path(id): Path<DocumentId>, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let document = documents::show(&mut me.read().await?, me.member(), id).await?;
    let market = &me.app.market;
    let tongue = asked.tongue(&document.head);
    let bytes = documents::pdf(&market.objects, &market.press, &document, tongue).await?;
    // Labels are letters, digits and dashes.
    let name = format!("attachment; filename=\"{}.pdf\"", document.head.label);
    let name = HeaderValue::try_from(name).map_err(Refusal::broken)?;
    Ok(Answer::file("application/pdf", bytes).header(header::CONTENT_DISPOSITION, name).secret())
}

/// Whether they are told of new documents by mail.
async fn letters(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let wanted = typed.get("letters") == "on";
    let mut tx = me.begin().await?;
    wishes::set_letters(&mut tx, me.member().id, wanted).await?;
    tx.commit().await?;
    let said = if wanted { me.say.documents_letters_are_on() } else { me.say.documents_letters_are_off() };
    Ok(Answer::to(links::documents()).saying(Flash::ok(said)))
}
