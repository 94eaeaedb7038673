//! Signing in and out.

use super::enter;
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, button, email, error_summary, form, layout, password};
use kit::visit::Visit;
use kit::{Flash, Typed};
use market::accounts::model::Password;
use market::accounts::rules as accounts;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    /// Where to go afterwards.
    next: Option<String>,
    /// Asked for once more, though somebody is signed in.
    again: Option<String>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let next = asked.next.unwrap_or_default();
    if visit.is_signed_in() && asked.again.is_none() {
        return Answer::to(links::local(&next));
    }
    let mut typed = Typed::of([("next", next)]);
    if let (Some(again), Some(member)) = (asked.again, &visit.member) {
        typed.add("again", again);
        typed.add("email", &member.email);
    }
    Answer::page(page(&visit, &Filled::from(typed)))
}

pub(super) async fn enter(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let market = &visit.app.market;
    let password = Password::typed(typed.get("password"));
    let known = accounts::authenticate(&market.db, &market.hasher, typed.get("email"), &password).await;
    let member = match known {
        Err(Refusal::Fields(errors)) => {
            let filled = typed.with(errors);
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &filled)));
        }
        other => other?,
    };
    let mut tx = visit.begin().await?;
    let token = enter::open(&mut tx, &visit, member.id).await?;
    tx.commit().await?;
    Ok(enter::with_session(Answer::to(links::local(typed.get("next"))), &token))
}

/// Ends the session of this browser. Without one there is nothing to do, which is fine too.
pub(super) async fn leave(visit: Visit) -> Result<Answer, Answer> {
    if let (Some(member), Some(session)) = (&visit.member, visit.session) {
        let mut tx = visit.begin().await?;
        accounts::close_session(&mut tx, member.id, session).await?;
        tx.commit().await?;
    }
    let home = Answer::to(links::home()).saying(Flash::ok(visit.say.sign_out_done()));
    Ok(home.with_cookie(Cookie::removed(Name::Session)))
}

fn page(visit: &Visit, filled: &Filled) -> Markup {
    let say = &visit.say;
    let next = filled.get("next");
    let again = filled.values.ticked("again");
    let body = html! {
        section.auth.panel {
            h1 { (say.sign_in_title()) }
            @if again { p { (say.sign_in_again()) } }
            (error_summary(say, &filled.errors, &[]))
            (form(visit, "/sign-in", html! {
                input type="hidden" name="next" value=(next);
                @if again { input type="hidden" name="again" value="1"; }
                (email(say, filled, "email", say.account_email()))
                (password(say, filled, "password", say.account_password()))
                (button(say.nav_sign_in()).primary().wide())
            }))
            p.center { a href=(links::reset()) { (say.sign_in_forgotten()) } }
        }
        p.auth-alt { (say.sign_in_new_here()) " " a href=(links::register(next)) { (say.register_title()) } }
    };
    let title = Page::titled(say.sign_in_title()).narrow().noindex().at(Active::SignIn);
    layout(visit, title.with_errors(!filled.errors.is_empty()), body)
}
