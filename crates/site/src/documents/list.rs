//! The list of one's documents, newest first.

use super::kind;
use kernel::{Cursor, Refusal};
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::{
    Active, Empty, Page, back, button, date_time, empty, form_section, layout, link, pager, post, table,
};
use kit::visit::{SignedIn, Visit};
use market::documents::{self, Head, Issuer, wishes};
use maud::{Markup, html};
use serde::Deserialize;

/// Documents on one page.
const PAGE: usize = 30;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    cursor: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let (id, cursor) = (me.member().id, asked.cursor.map(Cursor));
    let found = match documents::page(&mut reader, id, cursor.as_ref(), PAGE).await {
        // A cursor that somebody cut short: from the beginning.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(links::documents())),
        other => other?,
    };
    let wanted = wishes::wants_letters(&mut reader, id).await?;
    // A cursor is a document's id, so nothing in it needs escaping.
    let next = found.next.map(|cursor| format!("{}?cursor={}", links::documents(), cursor.0));
    Ok(Answer::page(page(&me, &found.items, next.as_deref(), wanted)))
}

fn page(me: &SignedIn, heads: &[Head], next: Option<&str>, wanted: bool) -> Markup {
    let say = &me.say;
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.documents_title()) } p { (say.documents_lead()) } } }
        @if heads.is_empty() {
            (empty(&Empty {
                icon: "receipt",
                title: say.documents_none(),
                text: say.documents_none_text(),
                action: Some(link(links::orders(), say.orders_title_buying())),
            }))
        } @else {
            (list(me, heads))
            (pager(say, None, next))
        }
        (letters(me, wanted))
    };
    layout(me, Page::titled(say.documents_title()).medium().noindex().at(Active::Account), body)
}

fn list(me: &SignedIn, heads: &[Head]) -> Markup {
    let say = &me.say;
    let columns = [
        (say.documents_kind(), false),
        (say.documents_number(), false),
        (say.documents_date(), false),
        (say.documents_total(), true),
    ];
    let rows = html! {
        @for head in heads {
            tr {
                th scope="row" data-label=(columns[0].0) {
                    a href=(links::document(head.id)) { (kind(say, head.kind)) }
                    @if head.issuer == Issuer::Member(me.member().id) { " " span.hint { (say.documents_in_your_name()) } }
                }
                td data-label=(columns[1].0) { (head.label) }
                td data-label=(columns[2].0) { (date_time(say, head.issued_at)) }
                td.num data-label=(columns[3].0) { (say.money(head.total)) }
            }
        }
    };
    table("documents", &say.documents_title(), &columns, rows)
}

fn letters(visit: &Visit, wanted: bool) -> Markup {
    let say = &visit.say;
    let (hint, label, value) = match wanted {
        true => (say.documents_letters_on(), say.documents_letters_stop(), "off"),
        false => (say.documents_letters_off(), say.documents_letters_begin(), "on"),
    };
    let press = button(label).value("letters", value);
    form_section(
        "s-letters",
        &say.documents_letters(),
        Some(&hint),
        html! {
            (post(visit, &links::documents_letters(), None, html! { (press) }))
        },
    )
}
