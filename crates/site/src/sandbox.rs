//! The test cards of the sandbox and what each does. Only where payments are simulated.

use kernel::{Refusal, Say};
use kit::answer::Answer;
use kit::links;
use kit::parts::{Page, layout, table};
use kit::policy::Audience;
use kit::route::{Route, get};
use kit::visit::Visit;
use market::payments::sandbox::cards;
use maud::{Markup, html};

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/about/sandbox", "sandbox.show", show).audience(Audience::Everyone),
        get("/sandbox", "sandbox.old", old).audience(Audience::Everyone),
    ]
}

async fn old(_: Visit) -> Answer {
    Answer::moved(links::about_page("sandbox"))
}

async fn show(visit: Visit) -> Result<Answer, Answer> {
    let say = &visit.say;
    if !visit.app.web.sandbox {
        return Err(Refusal::NotFound.into());
    }
    let body = html! {
        div.head { div { h1 { (say.cards_title()) } p { (say.cards_lead()) } } }
        (cards_table(say, "cards"))
        div.prose {
            h2 { (say.cards_how()) }
            p { (say.cards_how_text()) }
            h2 { (say.cards_bank()) }
            p { (say.cards_bank_text()) }
        }
    };
    let path = links::about_page("sandbox");
    let page = Page::titled(say.cards_title()).described(say.cards_lead()).canonical(path).medium();
    Ok(Answer::page(layout(&visit, page, body)).cacheable(300))
}

/// The cards. `id` is that of the table's caption, unique on its page.
pub(crate) fn cards_table(say: &Say, id: &str) -> Markup {
    let heads = [(say.cards_number(), false), (say.cards_does(), false)];
    table(
        id,
        &say.cards_title(),
        &heads,
        html! {
            @for card in cards() {
                tr {
                    th scope="row" data-label=(heads[0].0) { code.nowrap { (card.number) } }
                    td data-label=(heads[1].0) { (say.by_key(card.behaviour.message())) }
                }
            }
        },
    )
}
