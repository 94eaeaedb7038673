//! Recovery codes: how many are left, and new ones, shown once.

use super::{must_be_shown, urls};
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tone, back, button, form_acts, layout, link, notice, post};
use kit::visit::{SignedIn, Visit};
use market::accounts::notices::{self, Notice};
use market::factors::recovery::{self, Code};
use market::factors::totp;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let enrolled = totp::enrolled(&mut visit.read().await?, visit.member().id).await?;
    match enrolled.is_on() {
        true => Ok(Answer::page(page(&visit, enrolled.codes_left)).secret()),
        // They are nothing without a code whose place they take.
        false => Ok(Answer::to(links::security())),
    }
}

pub(super) async fn make(visit: SignedIn) -> Result<Answer, Answer> {
    let member = visit.member();
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    if !totp::enrolled(&mut tx, member.id).await?.is_on() {
        return Ok(Answer::to(links::security()));
    }
    let made = recovery::make(&mut tx, member).await?;
    notices::note(&mut tx, member, Notice::CodesMade, &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::page(fresh(&visit, &made, None)).secret())
}

fn page(visit: &Visit, left: i64) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_codes()) } p { (say.security_codes_left(left)) } } }
        p { (say.codes_lead()) }
        (post(visit, urls::CODES, None, html! { (button(say.codes_make()).primary()) }))
    };
    layout(visit, Page::titled(say.security_codes()).medium().noindex().at(Active::Account), body)
}

/// The new codes, this once.
pub(super) fn fresh(visit: &Visit, codes: &[Code], said: Option<String>) -> Markup {
    let say = &visit.say;
    let body = html! {
        div.head { div { h1 { (say.codes_title()) } p { (said.unwrap_or_else(|| say.codes_made())) } } }
        (notice(Tone::Accent, &say.codes_once_title(), html! { (say.codes_once()) }))
        ul.codes role="list" translate="no" { @for code in codes { li { code { (code.reveal()) } } } }
        (form_acts(false, html! { (link(links::security(), say.codes_kept()).primary()) }))
    };
    layout(visit, Page::titled(say.codes_title()).medium().noindex().at(Active::Account), body)
}
