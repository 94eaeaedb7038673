//! The test cards of the sandbox and what each does, and the sandbox's own door: the pages of its test bank, and, while
//! developing, what moves its clock and lets it fail. Only where payments are simulated.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use kernel::{Refusal, Say};
use kit::answer::Answer;
use kit::app::App;
use kit::links;
use kit::parts::{Page, layout, table};
use kit::policy::{Audience, Rate};
use kit::route::{Route, delete, get, post};
use kit::visit::Visit;
use market::payments::sandbox::{Asked, cards};
use maud::{Markup, html};

/// Header fields that the sandbox looks at.
const HEARD: [&str; 2] = ["content-type", "accept"];

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/about/sandbox", "sandbox.show", show).audience(Audience::Everyone),
        get("/sandbox", "sandbox.old", old).audience(Audience::Everyone),
    ]
}

/// The sandbox's own door. It is plain: who comes is at a test bank, and not with us.
pub(crate) fn plain_routes() -> Vec<Route> {
    let all = [
        get("/_sim/{*path}", "sandbox.door", door),
        post("/_sim/{*path}", "sandbox.door_act", door),
        delete("/_sim/{*path}", "sandbox.door_clear", door),
    ];
    all.into_iter().map(|route| route.audience(Audience::Everyone).rate(Rate::Plain)).collect()
}

async fn door(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Answer> {
    let sandbox = app.market.providers.sandbox().ok_or(Refusal::NotFound)?;
    // Its clock and its faults are for who develops; its bank is for whoever plays with test cards.
    let is_bank = uri.path().starts_with("/_sim/door/");
    if !is_bank && !app.web.development {
        return Err(Refusal::NotFound.into());
    }
    if method != Method::GET && !is_ours(&app, &headers) {
        return Err(Refusal::Forbidden.into());
    }
    let target = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let mut asked = Asked::new(method.as_str(), &target);
    for name in HEARD {
        if let Some(value) = headers.get(name).and_then(|value| value.to_str().ok()) {
            asked = asked.with_header(name, value);
        }
    }
    asked.body = body.to_vec();
    let answered = sandbox.answer(asked).await;
    let said = |name: &str| answered.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let kind = match said("content-type") {
        Some(kind) if kind.starts_with("text/html") => "text/html; charset=utf-8",
        Some(kind) if kind.starts_with("application/json") => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // It leads back to us and nowhere else, whatever stands in an address.
    let base = format!("{}/", app.web.base_url);
    let back =
        said("location").filter(|to| to.starts_with(&base) || (to.starts_with('/') && !to.starts_with("//")));
    let back = back.and_then(|to| HeaderValue::from_str(to).ok());
    let answer = Answer::file(kind, answered.body.clone()).status(status);
    let answer = answer.header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(match back {
        Some(to) => answer.header(header::LOCATION, to),
        None => answer,
    })
}

/// A form of ours, or a program: another site's page cannot send JSON without asking first, and is not answered then.
fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said("content-type").starts_with("application/json")
        || said("sec-fetch-site") == "same-origin"
        || said("origin") == app.web.base_url
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
