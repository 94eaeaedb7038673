//! Showing once more who one is, before something that a thief at an open screen must not do.

use super::verify::page;
use super::{passkey, provider, sent};
use crate::security::with_token;
use axum::http::StatusCode;
use kernel::Refusal;
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::{button, error_summary, form, password, text};
use kit::visit::{Holder, Visit};
use market::accounts::model::Password;
use market::accounts::sessions;
use market::signin::model::Ways;
use market::signin::rules as signin;
use maud::{Markup, html};
use serde::Deserialize;

const SEND: &str = "/confirm/send";

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    /// Where to go afterwards.
    next: Option<String>,
}

pub(super) async fn show(visit: Holder, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let door = &visit.app.market.door;
    let ways = signin::ways_again(&mut visit.read().await?, door, visit.member().id).await?;
    let filled = Filled::from(Typed::of([("next", asked.next.unwrap_or_default())]));
    Ok(Answer::page(question(&visit, &filled, &ways)).secret())
}

pub(super) async fn answer(visit: Holder, typed: Typed) -> Result<Answer, Answer> {
    let (door, base_url) = (&visit.app.market.door, &visit.app.web.base_url);
    let session = visit.session.ok_or(Refusal::SignIn)?;
    let password = Password::typed(typed.get("password"));
    let (member, code, client) = (visit.member(), typed.get("code"), visit.client());
    let method = match signin::confirm(door, member, &password, code, session, &client, base_url).await {
        Err(Refusal::Fields(errors)) => {
            let ways = signin::ways_again(&mut visit.read().await?, door, member.id).await?;
            let filled = Typed::of([("next", typed.get("next"))]).with(errors);
            let page = question(&visit, &filled, &ways);
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
        other => other?,
    };
    let mut tx = visit.begin().await?;
    let token = sessions::confirm(&mut tx, session, method).await?;
    tx.commit().await?;
    Ok(with_token(Answer::to(links::local(typed.get("next"))), &token))
}

/// Sends a code, and comes back to the page that asks for it.
pub(super) async fn send(visit: Holder, typed: Typed) -> Result<Answer, Answer> {
    let (session, channel) = (visit.session.ok_or(Refusal::SignIn)?, sent::channel(&typed)?);
    let mut tx = visit.begin().await?;
    let door = &visit.app.market.door;
    let asked = signin::send_confirming(&mut tx, door, visit.member(), session, channel).await;
    let flash = sent::told(&visit, asked)?;
    tx.commit().await?;
    Ok(Answer::to(links::confirm(&links::local(typed.get("next")))).saying(flash))
}

fn question(visit: &Visit, filled: &Filled, ways: &Ways) -> Markup {
    let (say, by_code) = (&visit.say, !ways.codes.is_empty());
    let body = html! {
        p { (say.confirm_text()) }
        (error_summary(say, &filled.errors, &[("code", say.second_code()), ("password", say.account_password())]))
        // Some have nothing that will do but a passkey.
        @if by_code || ways.password {
            (form(visit, "/confirm", html! {
                input type="hidden" name="next" value=(filled.get("next"));
                @if by_code {
                    (text(say, filled, "code", say.second_code()).autocomplete("one-time-code").max(40).autofocus())
                } @else {
                    (password(say, filled, "password", say.account_password()).autofocus())
                }
                (button(say.confirm_button()).primary().wide())
            }))
        }
        (sent::ways(visit, SEND, &ways.codes, filled.get("next")))
        (passkey::confirm_button(visit, filled.get("next")))
        (provider::confirm_buttons(visit, &ways.providers, filled.get("next")))
        @if ways.password { p.center { a href=(links::reset()) { (say.sign_in_forgotten()) } } }
    };
    page(visit, &say.confirm_title(), body)
}
