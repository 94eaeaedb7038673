//! The second factor, after the first: a code of the authenticator app, one that is sent, or a recovery code.

use super::verify::page;
use super::{enter, sent};
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::{button, details, error_summary, form, text, tick};
use kit::visit::Visit;
use kit::{Flash, Typed};
use market::accounts::devices;
use market::accounts::model::Method;
use market::factors::sent::Bound;
use market::signin::model::Halfway;
use market::signin::rules as signin;
use maud::{Markup, html};

const SEND: &str = "/sign-in/second/send";

pub(super) async fn show(visit: Visit) -> Result<Answer, Answer> {
    match halfway(&visit).await? {
        Some((_, halfway)) => Ok(Answer::page(question(&visit, &halfway, &Filled::empty())).secret()),
        None => Ok(late(&visit)),
    }
}

pub(super) async fn enter(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let Some((attempt, halfway)) = halfway(&visit).await? else { return Ok(late(&visit)) };
    let door = &visit.app.market.door;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    signin::count_code(door, &halfway.member, &client, &Bound::attempt(&attempt)).await?;
    let mut tx = visit.begin().await?;
    let proven = match signin::second(&mut tx, door, &attempt, typed.get("code"), &client, base_url).await {
        Err(Refusal::Fields(errors)) => {
            let trust = typed.get("trust").to_owned();
            let filled = Typed::of([("trust", trust)]).with(errors);
            let page = question(&visit, &halfway, &filled);
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
        Err(Refusal::SignIn) => return Ok(late(&visit)),
        other => other?,
    };
    let opened = enter::open(&mut tx, &visit, &proven).await?;
    let device = opened.device.as_ref().map(|d| d.reveal()).or(visit.device.as_deref());
    if let Some(device) = device.filter(|_| typed.ticked("trust") && !halfway.member.is_staff()) {
        devices::trust(&mut tx, halfway.member.id, device).await?;
    }
    tx.commit().await?;
    let to = enter::destination(&halfway.member, &halfway.next);
    Ok(enter::with_session(Answer::to(to), &opened))
}

/// Sends a code, and comes back to the page that asks for it.
pub(super) async fn send(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let Some(attempt) = &visit.attempt else { return Ok(late(&visit)) };
    let channel = sent::channel(&typed)?;
    let mut tx = visit.begin().await?;
    let flash = match signin::send_code(&mut tx, &visit.app.market.door, attempt, channel).await {
        Err(Refusal::SignIn) => return Ok(late(&visit)),
        other => sent::told(&visit, other.map(drop))?,
    };
    tx.commit().await?;
    Ok(Answer::to(links::sign_in_second()).saying(flash))
}

/// Who is on the way, and by which token.
async fn halfway(visit: &Visit) -> Result<Option<(String, Halfway)>, Answer> {
    let Some(attempt) = &visit.attempt else { return Ok(None) };
    match signin::halfway(&mut visit.read().await?, &visit.app.market.door, attempt).await {
        Ok(halfway) => Ok(Some((attempt.clone(), halfway))),
        Err(Refusal::SignIn) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

fn late(visit: &Visit) -> Answer {
    Answer::to(links::sign_in("")).saying(Flash::info(visit.say.second_late()))
}

fn question(visit: &Visit, halfway: &Halfway, filled: &Filled) -> Markup {
    let say = &visit.say;
    let (label, name) = (say.second_code(), halfway.member.display_name.as_str());
    let text_of = match halfway.offered.contains(&Method::Totp) {
        true => say.second_text(name),
        false => say.second_text_sent(name),
    };
    let body = html! {
        p { (text_of) }
        (error_summary(say, &filled.errors, &[("code", label.clone())]))
        (form(visit, &links::sign_in_second(), html! {
            (text(say, filled, "code", label).autocomplete("one-time-code").max(40).autofocus())
            @if !halfway.member.is_staff() { (tick(filled, "trust", &say.second_trust())) }
            (button(say.second_button()).primary().wide())
        }))
        (sent::ways(visit, SEND, &halfway.offered, ""))
        @if halfway.offered.contains(&Method::Recovery) {
            (details(&say.second_lost(), html! { p { (say.second_lost_text()) } }))
        }
    };
    page(visit, &say.second_title(), body)
}
