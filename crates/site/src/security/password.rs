//! A new password for somebody who knows the old one.

use super::{urls, with_token};
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, acts, back, button, error_summary, form, form_acts, layout, link, new_password, password, tick,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::accounts::model::{Method, Password};
use market::accounts::rules::{self as accounts, SignOut};
use market::accounts::sessions;
use market::signin::rules as signin;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    if !accounts::has_password(&mut visit.read().await?, visit.member().id).await? {
        return Ok(Answer::page(none(&visit)));
    }
    Ok(Answer::page(page(&visit, &Filled::from(Typed::of([("elsewhere", "1")])))))
}

pub(super) async fn change(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let refused = |errors| {
        let filled = Typed::of([("elsewhere", typed.get("elsewhere"))]).with(errors);
        Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &filled)))
    };
    // The new one first: a slip in it must not cost a try of the old one.
    let known = [visit.member().email.as_str(), &visit.member().display_name, &visit.app.web.brand.name];
    let new = match Password::choose(typed.get("new_password"), &known) {
        Ok(new) => new,
        Err(wrong) => return refused(kernel::FieldErrors::one("new_password", wrong)),
    };
    let (door, client) = (&visit.app.market.door, visit.client());
    let old = Password::typed(typed.get("password"));
    let old = match signin::knows_password(door, visit.member(), &old, &client).await {
        Err(Refusal::Fields(errors)) => return refused(errors),
        other => other?,
    };
    let hash = door.hasher.hash(new.reveal().to_owned()).await.map_err(accounts::busy)?;
    let elsewhere = match typed.ticked("elsewhere") {
        true => SignOut::AllBut(visit.session),
        false => SignOut::Nobody,
    };
    let mut tx = visit.begin().await?;
    let base_url = &visit.app.web.base_url;
    let (member, session) = (visit.member(), visit.session.ok_or(Refusal::SignIn)?);
    match accounts::change_password(&mut tx, member, (&old, &hash), elsewhere, &client, base_url).await {
        Err(Refusal::Fields(errors)) => return refused(errors),
        other => other?,
    }
    signin::forget_attempts(&mut tx, member.id).await?;
    // The password shows who it is only where nothing more is asked for.
    let token = match signin::ways_again(&mut tx, door, member.id).await?.password {
        true => sessions::confirm(&mut tx, session, Method::Password).await?,
        false => sessions::renew(&mut tx, session).await?,
    };
    tx.commit().await?;
    let done = Answer::to(links::security()).saying(Flash::ok(visit.say.password_changed()));
    Ok(with_token(done, &token))
}

/// Somebody who signs in by other ways: a password is set by mail.
fn none(visit: &Visit) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_password()) } p { (say.password_none()) } } }
        (acts(html! { (link(links::reset(), say.reset_title()).primary()) }))
    };
    layout(visit, Page::titled(say.security_password()).medium().noindex().at(Active::Account), body)
}

fn page(visit: &Visit, filled: &Filled) -> Markup {
    let say = &visit.say;
    let labels = [("password", say.password_old()), ("new_password", say.account_new_password())];
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_password()) } p { (say.password_lead()) } } }
        (error_summary(say, &filled.errors, &labels))
        (form(visit, urls::PASSWORD, html! {
            (password(say, filled, "password", say.password_old()))
            (new_password(say, filled, "new_password", say.account_new_password())
                .hint(say.account_password_hint(Password::MIN)).max(Password::MAX))
            (tick(filled, "elsewhere", &say.password_elsewhere()))
            (form_acts(false, html! {
                (button(say.password_button()).primary())
                (link(links::reset(), say.sign_in_forgotten()).quiet())
            }))
        }))
    };
    let page = Page::titled(say.security_password()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}
