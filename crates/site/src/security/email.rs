//! Another address for the account. The links of both mails only show a button, as all links of ours do: programs
//! that look at every link in a mail must not use them up.

use super::urls;
use axum::http::StatusCode;
use kernel::{FieldErrors, Refusal, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, acts, back, button, email, error_summary, form, form_acts, layout, link};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::accounts::emails;
use market::accounts::model::Email;
use market::apikeys::rules as apikeys;
use market::banks::rules as banks;
use market::factors::{sent, totp};
use market::oidc::rules as oidc;
use market::signin::rules as signin;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    token: Option<String>,
}

pub(super) async fn show(visit: SignedIn) -> Answer {
    Answer::page(page(&visit, &visit.member().email, &visit.filled(urls::EMAIL)))
}

pub(super) async fn ask(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let member = visit.member();
    let new = match Email::read(typed.get("email")) {
        Ok(new) if new.as_str().eq_ignore_ascii_case(&member.email) => {
            Err(Wrong::Because("wrong-email-same"))
        }
        other => other,
    };
    let new = match new {
        Ok(new) => new,
        Err(wrong) => {
            let page = page(&visit, &member.email, &typed.with(FieldErrors::one("email", wrong)));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    let mut tx = visit.begin().await?;
    emails::ask_change(&mut tx, member, &new, &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::security()).saying(Flash::ok(visit.say.email_sent(new.as_str()))))
}

pub(super) async fn confirm_form(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let say = &visit.say;
    let (title, text, label) =
        (say.email_confirm_title(), say.email_confirm_text(), say.email_confirm_button());
    by_link(&visit, asked, urls::EMAIL_CONFIRM, title, text, label)
}

pub(super) async fn confirm(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let client = visit.client();
    let changed = emails::confirm(&mut tx, typed.get("token"), &client, &visit.app.web.base_url).await;
    let member = match changed {
        Err(Refusal::Conflict("link-expired")) => return Ok(expired(&visit)),
        other => other?,
    };
    // Codes that were sent went to the address before.
    sent::end_all(&mut tx, member.id).await?;
    tx.commit().await?;
    Ok(Answer::to(links::home()).saying(Flash::ok(visit.say.email_confirmed())))
}

pub(super) async fn undo_form(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let say = &visit.say;
    let (title, text, label) = (say.email_undo_title(), say.email_undo_text(), say.email_undo_button());
    by_link(&visit, asked, urls::EMAIL_UNDO, title, text, label)
}

pub(super) async fn undo(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let undone = emails::undo(&mut tx, typed.get("token"), &client, base_url).await;
    let undone = match undone {
        Err(Refusal::Conflict("link-expired")) => return Ok(expired(&visit)),
        other => other?,
    };
    signin::forget_attempts(&mut tx, undone.member.id).await?;
    sent::end_all(&mut tx, undone.member.id).await?;
    totp::forget_since(&mut tx, undone.member.id, undone.since).await?;
    apikeys::revoke_since(&mut tx, undone.member.id, undone.since).await?;
    oidc::forget_since(&mut tx, undone.member.id, undone.since).await?;
    banks::restore_since(&mut tx, &undone.member, undone.since, &client, base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::home()).saying(Flash::ok(visit.say.email_undone())))
}

fn page(visit: &Visit, now: &str, filled: &Filled) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_email()) } p { (say.email_lead(now)) } } }
        (error_summary(say, &filled.errors, &[("email", say.email_new())]))
        (form(visit, urls::EMAIL, html! {
            (email(say, filled, "email", say.email_new()).hint(say.email_new_hint()))
            (form_acts(false, html! { (button(say.email_button()).primary()) }))
        }))
    };
    let page = Page::titled(say.security_email()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

/// What a link of a mail leads to: a sentence and a button.
pub(super) fn by_link(
    visit: &Visit,
    asked: Asked,
    action: &str,
    title: String,
    text: String,
    label: String,
) -> Answer {
    let Some(token) = asked.token else { return Answer::to(links::home()) };
    let body = html! {
        section.auth.panel {
            div.stack {
                h1 { (title) }
                p { (text) }
                (form(visit, action, html! {
                    input type="hidden" name="token" value=(token);
                    (button(label).primary().wide())
                }))
            }
        }
    };
    Answer::page(layout(visit, Page::titled(title).narrow().noindex().at(Active::SignIn), body)).secret()
}

pub(super) fn expired(visit: &Visit) -> Answer {
    let say = &visit.say;
    let body = html! {
        section.auth.panel {
            div.stack {
                h1 { (say.verify_expired()) }
                p { (say.refused_link_expired()) }
                (acts(html! { (link(links::security(), say.security_title()).primary()) }))
            }
        }
    };
    let page = Page::titled(say.verify_expired()).narrow().noindex().at(Active::SignIn);
    Answer::page_with(StatusCode::CONFLICT, layout(visit, page, body))
}
