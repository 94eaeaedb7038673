//! Opening an account. The answer is the same whether the address is known or not.

use super::{provider, puzzle};
use crate::urls;
use axum::http::StatusCode;
use kernel::FieldErrors;
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, button, email, error_summary, form, layout, new_password, text};
use kit::visit::Visit;
use market::accounts::model::{DisplayName, Password, Registration};
use market::accounts::rules as accounts;
use market::pressure::model::{Form, Puzzle};
use market::pressure::rules as pressure;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    next: Option<String>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let next = asked.next.unwrap_or_default();
    if visit.is_signed_in() {
        return Answer::to(links::local(&next));
    }
    let puzzle = puzzle::of(&visit, Form::Register).await;
    Answer::page(page(&visit, &Filled::from(Typed::of([("next", next)])), puzzle.as_ref()))
}

pub(super) async fn open(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let (address, name) = (typed.get("email"), typed.get("display_name"));
    let (brand, password) = (&visit.app.web.brand.name, typed.get("password"));
    let registration = match Registration::read_at(brand, address, password, name, visit.say.lang()) {
        Ok(registration) => registration,
        Err(errors) => {
            // A puzzle is asked for when the rest is right, so that a slip does not cost one.
            let puzzle = puzzle::of(&visit, Form::Register).await;
            return Ok(refused(&visit, typed, errors, puzzle.as_ref()));
        }
    };
    if let Some(stopped) = puzzle::stops(&visit, Form::Register, &typed, None).await? {
        return Ok(refused(&visit, typed, stopped.errors, stopped.puzzle.as_ref()));
    }
    // The slow work comes first: no transaction is open while it lasts.
    let password = registration.password.reveal().to_owned();
    let hash = visit.app.market.door.hasher.hash(password).await.map_err(accounts::busy)?;
    let mut tx = visit.begin().await?;
    accounts::register(&mut tx, &registration, &hash, &visit.app.web.base_url).await?;
    pressure::note(&mut tx, &visit.app.market.door.gate, &visit.client()).await?;
    tx.commit().await?;
    Ok(Answer::to(urls::verify_sent()))
}

fn refused(visit: &Visit, typed: Typed, errors: FieldErrors, puzzle: Option<&Puzzle>) -> Answer {
    Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page(visit, &typed.with(errors), puzzle))
}

fn page(visit: &Visit, filled: &Filled, puzzle: Option<&Puzzle>) -> Markup {
    let say = &visit.say;
    let next = filled.get("next");
    let labels = [
        ("display_name", say.account_name()),
        ("email", say.account_email()),
        ("password", say.account_password()),
    ];
    let body = html! {
        section.auth.panel {
            h1 { (say.register_title()) }
            p { (say.register_lead()) }
            (error_summary(say, &filled.errors, &labels))
            (form(visit, "/register", html! {
                input type="hidden" name="next" value=(next);
                (text(say, filled, "display_name", say.account_name())
                    .hint(say.account_name_hint()).autocomplete("nickname").max(DisplayName::MAX))
                (email(say, filled, "email", say.account_email()).hint(say.register_email_hint()))
                (new_password(say, filled, "password", say.account_password())
                    .hint(say.account_password_hint(Password::MIN)).max(Password::MAX))
                (puzzle::fields(visit, puzzle))
                (button(say.register_title()).primary().wide())
            }))
            (provider::buttons(visit, next))
        }
        p.auth-alt { (say.register_known()) " " a href=(links::sign_in(next)) { (say.nav_sign_in()) } }
    };
    let title = Page::titled(say.register_title()).narrow().noindex().at(Active::SignIn);
    layout(visit, title.with_errors(!filled.errors.is_empty()), body)
}
