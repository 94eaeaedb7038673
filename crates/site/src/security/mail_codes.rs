//! Codes by mail as the second step of signing in.

use super::channels::{bound, told, turn_off, turn_on};
use super::urls;
use axum::http::StatusCode;
use kernel::Refusal;
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, back, button, digits, error_summary, form, form_acts, layout, post};
use kit::visit::{SignedIn, Visit};
use market::factors::channels::{self, Standing};
use market::factors::sent::Channel;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let standing = channels::standing(&mut visit.read().await?, visit.member().id, Channel::Mail).await?;
    Ok(Answer::page(page(&visit, standing.as_ref(), &Filled::empty())).secret())
}

/// Sends a code to the address of the account.
pub(super) async fn send(visit: SignedIn) -> Result<Answer, Answer> {
    let bound = bound(&visit)?;
    let mut tx = visit.begin().await?;
    let codes = &visit.app.market.door.codes;
    let flash = match channels::begin_mail(&mut tx, codes, visit.member(), &bound).await {
        // Somebody sent the form twice: it is on.
        Err(Refusal::Conflict("factor-on")) => return Ok(Answer::to(urls::MAIL_CODES)),
        // One was sent a moment ago, and stays good.
        other @ Err(Refusal::TooMany { .. }) => {
            let flash = told(&visit, other)?;
            return Ok(Answer::to(urls::MAIL_CODES).saying(flash));
        }
        other => told(&visit, other)?,
    };
    tx.commit().await?;
    Ok(Answer::to(urls::MAIL_CODES).saying(flash))
}

pub(super) async fn confirm(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let errors = match turn_on(&visit, Channel::Mail, typed.get("code")).await? {
        Ok(answer) => return Ok(answer),
        Err(errors) => errors,
    };
    let standing = channels::standing(&mut visit.read().await?, visit.member().id, Channel::Mail).await?;
    let page = page(&visit, standing.as_ref(), &Typed::default().with(errors));
    Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret())
}

pub(super) async fn remove(visit: SignedIn) -> Result<Answer, Answer> {
    turn_off(&visit, Channel::Mail).await
}

fn page(visit: &Visit, standing: Option<&Standing>, filled: &Filled) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.mail_codes_title()) } p { (say.mail_codes_lead()) } } }
        div.stack {
            @match standing {
                Some(Standing { is_on: true, .. }) => {
                    p { (say.mail_codes_on()) }
                    (post(visit, urls::MAIL_CODES_OFF, None, html! { (button(say.sent_turn_off()).danger()) }))
                },
                Some(_) => {
                    (error_summary(say, &filled.errors, &[("code", say.sent_code())]))
                    (form(visit, urls::MAIL_CODES, html! {
                        (digits(say, filled, "code", say.sent_code()).autocomplete("one-time-code").max(12).short())
                        (form_acts(false, html! { (button(say.sent_turn_on()).primary()) }))
                    }))
                    (post(visit, urls::MAIL_CODES_SEND, None, html! { (button(say.sent_again())) }))
                },
                None => {
                    (post(visit, urls::MAIL_CODES_SEND, None, html! { (button(say.sent_by_mail()).primary()) }))
                },
            }
            p.hint { (say.mail_codes_hint()) }
        }
    };
    let page = Page::titled(say.mail_codes_title()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}
