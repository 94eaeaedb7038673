//! Codes by SMS as the second step of signing in. It is the weakest way, and the page says so before anything else.

use super::channels::{bound, told, turn_off, turn_on};
use super::urls;
use axum::http::StatusCode;
use kernel::{FieldErrors, Refusal};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, Tone, acts, back, button, details, digits, error_summary, form, form_acts, layout, link, notice,
    post, text,
};
use kit::visit::{SignedIn, Visit};
use market::factors::channels::{self, Phone, Standing};
use market::factors::sent::Channel;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    Ok(Answer::page(shown(&visit, &Filled::empty()).await?).secret())
}

/// Takes a number and sends a code there.
pub(super) async fn begin(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    must_exist(&visit)?;
    let phone = match Phone::read(typed.get("number")) {
        Ok(phone) => phone,
        Err(wrong) => return refused(&visit, typed.with(FieldErrors::one("number", wrong))).await,
    };
    let bound = bound(&visit)?;
    let mut tx = visit.begin().await?;
    let codes = &visit.app.market.door.codes;
    let flash = match channels::begin_phone(&mut tx, codes, visit.member(), &phone, &bound).await {
        // Somebody sent the form twice: it is on.
        Err(Refusal::Conflict("factor-on")) => return Ok(Answer::to(urls::PHONE)),
        // The number before was asked a moment ago; nothing of this one is kept.
        other @ Err(Refusal::TooMany { .. }) => {
            let flash = told(&visit, other)?;
            return Ok(Answer::to(urls::PHONE).saying(flash));
        }
        other => told(&visit, other)?,
    };
    tx.commit().await?;
    Ok(Answer::to(urls::PHONE).saying(flash))
}

/// Sends another code to the number that waits.
pub(super) async fn send(visit: SignedIn) -> Result<Answer, Answer> {
    let bound = bound(&visit)?;
    let mut tx = visit.begin().await?;
    let codes = &visit.app.market.door.codes;
    let again = channels::again(&mut tx, codes, visit.member(), Channel::Sms, &bound).await;
    let flash = told(&visit, again)?;
    tx.commit().await?;
    Ok(Answer::to(urls::PHONE).saying(flash))
}

pub(super) async fn confirm(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    match turn_on(&visit, Channel::Sms, typed.get("code")).await? {
        Ok(answer) => Ok(answer),
        Err(errors) => refused(&visit, Typed::default().with(errors)).await,
    }
}

pub(super) async fn remove(visit: SignedIn) -> Result<Answer, Answer> {
    turn_off(&visit, Channel::Sms).await
}

/// Without a gateway there is no such page.
fn must_exist(visit: &Visit) -> Result<(), Refusal> {
    if visit.app.market.door.codes.has_texts() { Ok(()) } else { Err(Refusal::NotFound) }
}

async fn refused(visit: &SignedIn, filled: Filled) -> Result<Answer, Answer> {
    let page = shown(visit, &filled).await?;
    Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret())
}

async fn shown(visit: &SignedIn, filled: &Filled) -> Result<Markup, Answer> {
    let standing = channels::standing(&mut visit.read().await?, visit.member().id, Channel::Sms).await?;
    // Whoever has turned it on can turn it off, also when the gateway is gone.
    if !standing.as_ref().is_some_and(|standing| standing.is_on) {
        must_exist(visit)?;
    }
    Ok(page(visit, standing.as_ref(), filled))
}

fn page(visit: &Visit, standing: Option<&Standing>, filled: &Filled) -> Markup {
    let say = &visit.say;
    let labels = [("number", say.phone_number()), ("code", say.sent_code())];
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.phone_title()) } p { (say.phone_lead()) } } }
        div.stack {
            (notice(Tone::Accent, &say.phone_weak_title(), html! { (say.phone_weak()) }))
            (acts(html! {
                (link(urls::PASSKEYS, say.security_passkeys()).icon("key"))
                (link(urls::TOTP, say.security_totp()).icon("lock"))
            }))
            (error_summary(say, &filled.errors, &labels))
            @match standing {
                Some(Standing { is_on: true, hint }) => {
                    p { (say.phone_ends(hint.as_str())) }
                    (post(visit, urls::PHONE_OFF, None, html! { (button(say.sent_turn_off()).danger()) }))
                },
                Some(Standing { hint, .. }) => {
                    p { (say.phone_waits(hint.as_str())) }
                    (form(visit, urls::PHONE_CONFIRM, html! {
                        (digits(say, filled, "code", say.sent_code()).autocomplete("one-time-code").max(12).short())
                        (form_acts(false, html! { (button(say.sent_turn_on()).primary()) }))
                    }))
                    (post(visit, urls::PHONE_SEND, None, html! { (button(say.sent_again())) }))
                    (details(&say.phone_other(), number(visit, filled)))
                },
                None => { (number(visit, filled)) },
            }
        }
    };
    let page = Page::titled(say.phone_title()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

fn number(visit: &Visit, filled: &Filled) -> Markup {
    let say = &visit.say;
    form(
        visit,
        urls::PHONE,
        html! {
            (text(say, filled, "number", say.phone_number()).hint(say.phone_number_hint()).autocomplete("tel").max(30).short())
            (form_acts(false, html! { (button(say.sent_by_sms())) }))
        },
    )
}
