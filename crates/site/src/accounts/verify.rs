//! Proving an address. The link of the mail only shows a button: programs that look at every link in a mail
//! before its reader does must not use it up.

use super::enter;
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, acts, button, form, layout, link, post};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::accounts::rules as accounts;
use market::accounts::sessions;
use market::signin::rules as signin;
use market::signin::unproven::forget_ways_in;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    token: Option<String>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    match asked.token {
        Some(token) => Answer::page(confirm(&visit, &token)).secret(),
        None => Answer::page(sent(&visit)),
    }
}

/// Proves the address and signs its owner in; every other browser and program is signed out.
pub(super) async fn prove(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let member = match accounts::verify_email(&mut tx, typed.get("token")).await {
        Err(Refusal::Conflict("link-expired")) => {
            return Ok(Answer::page_with(StatusCode::CONFLICT, expired(&visit)));
        }
        other => other?,
    };
    let welcome = Flash::ok(visit.say.verify_done(member.display_name.as_str()));
    if visit.is(member.id) {
        sessions::close_all(&mut tx, member.id, visit.session).await?;
        tx.commit().await?;
        return Ok(Answer::to(links::home()).saying(welcome));
    }
    // Whoever opened the account, and may be in it, is not known to be who has just proven the address.
    forget_ways_in(&mut tx, member.id).await?;
    let next = links::home();
    let step = signin::with_link(&mut tx, &visit.app.market.door, member, &visit.client(), &next).await?;
    enter::proceed(tx, &visit, step, Answer::to(next).saying(welcome)).await
}

/// Sends the link once more.
pub(super) async fn again(visit: SignedIn) -> Result<Answer, Answer> {
    let member = visit.member();
    if member.verified {
        return Ok(Answer::to(links::account()).saying(Flash::info(visit.say.verify_already())));
    }
    let mut tx = visit.begin().await?;
    accounts::send_verification(&mut tx, member, &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::account()).saying(Flash::ok(visit.say.verify_sent_to(member.email.as_str()))))
}

fn confirm(visit: &Visit, token: &str) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.verify_title(),
        html! {
            p { (say.verify_text()) }
            (form(visit, "/verify", html! {
                input type="hidden" name="token" value=(token);
                (button(say.verify_button()).primary().wide())
            }))
        },
    )
}

/// What to do after registering.
fn sent(visit: &Visit) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.verify_look(),
        html! {
                p { (say.verify_look_text()) }
            p.hint { (say.verify_look_hint()) }
            (mailbox(visit))
        },
    )
}

fn expired(visit: &Visit) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.verify_expired(),
        html! {
            p { (say.refused_link_expired()) }
            @if visit.member.as_ref().is_some_and(|m| !m.verified) {
                (post(visit, &links::verify_again(), None, html! { (button(say.account_verify_again()).primary().wide()) }))
            } @else {
                p { (say.verify_expired_text()) }
                (acts(html! { (link(links::sign_in(&links::account()), say.nav_sign_in()).primary()) }))
            }
        },
    )
}

/// In development mails are not sent: the way to where they are.
pub(super) fn mailbox(visit: &Visit) -> Markup {
    html! {
        @if visit.app.web.development {
            (acts(html! { (link(links::mailbox(), visit.say.verify_mailbox()).icon("mail")) }))
        }
    }
}

/// A short page of this module.
pub(super) fn page(visit: &Visit, title: &str, body: Markup) -> Markup {
    let body = html! { section.auth.panel { div.stack { h1 { (title) } (body) } } };
    layout(visit, Page::titled(title).narrow().noindex().at(Active::SignIn), body)
}
