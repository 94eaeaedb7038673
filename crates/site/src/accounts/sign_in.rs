//! Signing in and out.

use super::{enter, passkey, provider, puzzle};
use axum::http::{HeaderName, HeaderValue, StatusCode};
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
use market::accounts::sessions;
use market::pressure::model::{Form, Puzzle};
use market::signin::rules as signin;
use maud::{Markup, html};
use serde::Deserialize;

const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
/// What a browser forgets when somebody leaves. Not the cookies: by one of them it is known when they come back.
const LEFT_BEHIND: &str = "\"cache\", \"storage\"";

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    /// Where to go afterwards.
    next: Option<String>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let next = asked.next.unwrap_or_default();
    if visit.is_signed_in() {
        return Answer::to(links::local(&next));
    }
    let puzzle = puzzle::of(&visit, Form::SignIn).await;
    Answer::page(page(&visit, &Filled::from(Typed::of([("next", next)])), puzzle.as_ref()))
}

pub(super) async fn enter(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let next = links::local(typed.get("next"));
    if let Some(stopped) = puzzle::stops(&visit, Form::SignIn, &typed, Some(typed.get("email"))).await? {
        let page = page(&visit, &typed.with(stopped.errors), stopped.puzzle.as_ref());
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let password = Password::typed(typed.get("password"));
    let door = &visit.app.market.door;
    let known = signin::with_password(door, typed.get("email"), &password, &visit.client(), &next).await;
    let step = match known {
        Err(Refusal::Fields(errors)) => {
            let filled = typed.with(errors);
            let puzzle = puzzle::of(&visit, Form::SignIn).await;
            let page = page(&visit, &filled, puzzle.as_ref());
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        other => other?,
    };
    enter::proceed(visit.begin().await?, &visit, step, Answer::to(next)).await
}

/// Ends the session of this browser. Without one there is nothing to do, which is fine too.
pub(super) async fn leave(visit: Visit) -> Result<Answer, Answer> {
    if let (Some(member), Some(session)) = (visit.account(), visit.session) {
        let mut tx = visit.begin().await?;
        sessions::leave(&mut tx, member.id, session).await?;
        tx.commit().await?;
    }
    let home = Answer::to(links::home()).saying(Flash::ok(visit.say.sign_out_done()));
    Ok(home.with_cookie(Cookie::removed(Name::Session)).header(CLEAR, HeaderValue::from_static(LEFT_BEHIND)))
}

fn page(visit: &Visit, filled: &Filled, puzzle: Option<&Puzzle>) -> Markup {
    let say = &visit.say;
    let next = filled.get("next");
    let body = html! {
        section.auth.panel {
            h1 { (say.sign_in_title()) }
            (error_summary(say, &filled.errors, &[]))
            (form(visit, "/sign-in", html! {
                input type="hidden" name="next" value=(next);
                (email(say, filled, "email", say.account_email()).autocomplete("username webauthn"))
                (password(say, filled, "password", say.account_password()))
                (puzzle::fields(visit, puzzle))
                (button(say.nav_sign_in()).primary().wide())
            }))
            (passkey::sign_in_button(visit, next))
            (provider::buttons(visit, next))
            p.center { a href=(links::reset()) { (say.sign_in_forgotten()) } }
        }
        p.auth-alt { (say.sign_in_new_here()) " " a href=(links::register(next)) { (say.register_title()) } }
    };
    let title = Page::titled(say.sign_in_title()).narrow().noindex().at(Active::SignIn);
    layout(visit, title.with_errors(!filled.errors.is_empty()), body)
}
