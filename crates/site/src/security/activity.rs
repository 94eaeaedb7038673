//! What has happened to the safety of the account.

use super::places;
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Empty, Page, ago, back, empty, layout, link};
use kit::visit::{SignedIn, Visit};
use market::accounts::devices::name_of;
use market::accounts::model::SecurityEvent;
use market::accounts::notices::{self, Notice};
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let events = notices::of(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &events)))
}

fn page(visit: &Visit, events: &[SecurityEvent]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.activity_title()) } p { (say.activity_lead()) } } }
        @if events.is_empty() {
            (empty(&Empty {
                icon: "clock",
                title: say.activity_empty(),
                text: say.activity_empty_text(),
                action: Some(link(links::security(), say.security_title())),
            }))
        } @else {
            ul.rows-list role="list" { @for event in events { (row(visit, event)) } }
            p.hint { (say.activity_kept()) }
            (places::hint(visit, events.iter().map(|event| event.address.as_str())))
        }
    };
    layout(visit, Page::titled(say.activity_title()).medium().noindex().at(Active::Account), body)
}

fn row(visit: &Visit, event: &SecurityEvent) -> Markup {
    let say = &visit.say;
    // What a later version wrote has no words here.
    let known = Notice::find(&event.kind);
    let title = known.map_or_else(|| event.kind.clone(), |n| n.title(say));
    html! {
        li {
            div {
                b { (title) }
                p.hint {
                    @if known.is_some_and(Notice::is_by_staff) { (say.activity_by_staff()) } @else {
                        (name_of(say, &event.user_agent))
                    }
                    @if !event.address.is_empty() { " · " (places::address(visit, &event.address)) }
                    " · " (ago(say, event.at, visit.now))
                }
            }
        }
    }
}
