//! A new password, by a link sent to the address. Nobody learns whether the address has an account.

use super::verify::{mailbox, page};
use super::{enter, puzzle};
use crate::urls;
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::{acts, button, email, error_summary, form, link, new_password};
use kit::visit::Visit;
use kit::{Flash, Typed};
use market::accounts::model::{Email, Password};
use market::accounts::rules as accounts;
use market::pressure::model::{Form, Puzzle};
use market::pressure::rules as pressure;
use market::signin::jobs::SendReset;
use market::signin::rules as signin;
use market::signin::unproven::forget_ways_in;
use maud::{Markup, html};
use platform::jobs;
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    sent: Option<String>,
    token: Option<String>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    match asked.sent {
        Some(_) => Answer::page(sent(&visit)),
        None => {
            let puzzle = puzzle::of(&visit, Form::Reset).await;
            Answer::page(question(&visit, &Filled::empty(), puzzle.as_ref()))
        }
    }
}

pub(super) async fn ask(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let address = match Email::read(typed.get("email")) {
        Ok(address) => address,
        Err(wrong) => {
            let filled = typed.with(kernel::FieldErrors::one("email", wrong));
            let puzzle = puzzle::of(&visit, Form::Reset).await;
            let page = question(&visit, &filled, puzzle.as_ref());
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    if let Some(stopped) = puzzle::stops(&visit, Form::Reset, &typed, Some(address.as_str())).await? {
        let page = question(&visit, &typed.with(stopped.errors), stopped.puzzle.as_ref());
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let mut tx = visit.begin().await?;
    // As a job, for whatever address: the time of this answer must not tell which has an account.
    jobs::enqueue(&mut tx, &SendReset { email: address.as_str().to_owned() }).await?;
    pressure::note(&mut tx, &visit.app.market.door.gate, &visit.client()).await?;
    tx.commit().await?;
    Ok(Answer::to(urls::reset_sent()))
}

pub(super) async fn show_new(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    match asked.token {
        Some(token) => Answer::page(new(&visit, &Filled::from(Typed::of([("token", token)])))).secret(),
        None => Answer::to(links::reset()),
    }
}

/// Sets the password, signs every other browser out and this one in, or asks it for the second factor.
pub(super) async fn set(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let owner = accounts::reset_link_owner(&mut visit.read().await?, typed.get("token")).await?;
    let was_proven = owner.as_ref().is_some_and(|m| m.verified);
    let known = owner.map(|m| (m.email, m.display_name)).unwrap_or_default();
    let known = [known.0.as_str(), &known.1, &visit.app.web.brand.name];
    let password = match Password::choose(typed.get("password"), &known) {
        Ok(password) => password,
        Err(wrong) => {
            let filled = typed.with(kernel::FieldErrors::one("password", wrong));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, new(&visit, &filled)).secret());
        }
    };
    // The slow work comes first: no transaction is open while it lasts.
    let hash =
        visit.app.market.door.hasher.hash(password.reveal().to_owned()).await.map_err(accounts::busy)?;
    let mut tx = visit.begin().await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let member = match accounts::reset_password(&mut tx, typed.get("token"), &hash, &client, base_url).await {
        Err(Refusal::Conflict("link-expired")) => {
            return Ok(Answer::page_with(StatusCode::CONFLICT, expired(&visit)));
        }
        other => other?,
    };
    if !was_proven {
        forget_ways_in(&mut tx, member.id).await?;
    }
    let (said, next) = (Flash::ok(visit.say.reset_done()), links::home());
    let step = signin::with_link(&mut tx, &visit.app.market.door, member, &client, &next).await?;
    enter::proceed(tx, &visit, step, Answer::to(next).saying(said)).await
}

fn question(visit: &Visit, filled: &Filled, puzzle: Option<&Puzzle>) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.reset_title(),
        html! {
            p { (say.reset_text()) }
            (error_summary(say, &filled.errors, &[]))
            (form(visit, &links::reset(), html! {
                (email(say, filled, "email", say.account_email()))
                (puzzle::fields(visit, puzzle))
                (button(say.reset_button()).primary().wide())
            }))
        },
    )
}

fn sent(visit: &Visit) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.verify_look(),
        html! {
                p { (say.reset_sent()) }
            p.hint { (say.verify_look_hint()) }
            (mailbox(visit))
        },
    )
}

fn new(visit: &Visit, filled: &Filled) -> Markup {
    let say = &visit.say;
    page(
        visit,
        &say.reset_new_title(),
        html! {
            p { (say.reset_new_text()) }
            (error_summary(say, &filled.errors, &[]))
            (form(visit, &urls::reset_new(), html! {
                input type="hidden" name="token" value=(filled.get("token"));
                (new_password(say, filled, "password", say.account_new_password())
                    .hint(say.account_password_hint(Password::MIN)).max(Password::MAX))
                (button(say.reset_new_button()).primary().wide())
            }))
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
            (acts(html! { (link(links::reset(), say.reset_title()).primary()) }))
        },
    )
}
