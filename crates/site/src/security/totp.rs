//! Setting up an authenticator app: a picture for its camera, a text for typing, and a code to show that it works.

use super::{codes, must_be_shown, urls, with_token};
use axum::http::StatusCode;
use kernel::Refusal;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, back, button, details, error_summary, form, form_acts, layout, post, qr, submit_once, text,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::accounts::model::Method;
use market::accounts::notices::{self, Notice};
use market::accounts::sessions;
use market::factors::model::Enrolled;
use market::factors::recovery;
use market::factors::totp::{self, Shown};
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let (id, vault) = (visit.member().id, &visit.app.market.door.vault);
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    let enrolled = totp::enrolled(&mut tx, id).await?;
    if enrolled.totp {
        return Ok(Answer::page(set_up(&visit, enrolled)).secret());
    }
    // The same secret while it waits: whoever comes back to the page has it in the app already.
    let shown = match totp::waiting(&mut tx, vault, id).await? {
        Some(shown) => shown,
        None => totp::begin(&mut tx, vault, id).await?,
    };
    tx.commit().await?;
    Ok(Answer::page(page(&visit, &shown, &Filled::empty())).secret())
}

/// Turns it on, and shows the recovery codes, which exist from now on.
pub(super) async fn confirm(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let (member, vault) = (visit.member(), &visit.app.market.door.vault);
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    match totp::confirm(&mut tx, vault, member, typed.get("code")).await {
        Err(Refusal::Fields(errors)) => {
            let shown = totp::waiting(&mut tx, vault, member.id).await?.ok_or(Refusal::NotFound)?;
            let page = page(&visit, &shown, &Typed::default().with(errors));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
        // Somebody sent the form twice: it is on.
        Err(Refusal::NotFound) => return Ok(Answer::to(links::security())),
        other => other?,
    }
    let made = recovery::make(&mut tx, member).await?;
    notices::note(&mut tx, member, Notice::TotpOn, &visit.client(), &visit.app.web.base_url).await?;
    let token = sessions::confirm(&mut tx, visit.session.ok_or(Refusal::SignIn)?, Method::Totp).await?;
    tx.commit().await?;
    let answer = Answer::page(codes::fresh(&visit, &made, Some(visit.say.totp_done()))).secret();
    Ok(with_token(answer, &token))
}

pub(super) async fn remove(visit: SignedIn) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    match totp::remove(&mut tx, visit.member()).await {
        // Somebody sent the form twice: it is off.
        Err(Refusal::NotFound) => return Ok(Answer::to(links::security())),
        other => other?,
    }
    notices::note(&mut tx, visit.member(), Notice::TotpOff, &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::security()).saying(Flash::ok(visit.say.totp_removed())))
}

fn page(visit: &Visit, shown: &Shown, filled: &Filled) -> Markup {
    let say = &visit.say;
    let account = visit.member.as_ref().map_or("", |m| m.email.as_str());
    let address = shown.address(visit.app.web.brand.name.as_str(), account);
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_totp()) } p { (say.totp_lead()) } } }
        ol.ways {
            li { p { (say.totp_install()) } }
            li {
                p { (say.totp_scan()) }
                (qr(&address, &say.totp_picture()))
                (details(&say.totp_by_hand(), html! { p.secret translate="no" { (grouped(&shown.text())) } }))
                p { a href=(address) { (say.totp_here()) } }
            }
            li {
                p { (say.totp_type()) }
                (error_summary(say, &filled.errors, &[("code", say.totp_code())]))
                (form(visit, urls::TOTP, html! {
                    (text(say, filled, "code", say.totp_code()).autocomplete("one-time-code").max(12).short())
                    (form_acts(false, submit_once(say, &button(say.totp_button()).primary())))
                }))
            }
        }
    };
    let page = Page::titled(say.security_totp()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

/// It is on already.
fn set_up(visit: &Visit, enrolled: Enrolled) -> Markup {
    let say = &visit.say;
    let has_others = enrolled.mail || enrolled.phone;
    let text = if has_others { say.totp_off_text_sent() } else { say.totp_off_text() };
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_totp()) } p { (say.security_totp_on()) } } }
        p { (text) }
        (post(visit, urls::TOTP_OFF, None, html! { (button(say.totp_off_button()).danger()) }))
    };
    layout(visit, Page::titled(say.security_totp()).medium().noindex().at(Active::Account), body)
}

/// In groups of four, to be read and typed.
fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
