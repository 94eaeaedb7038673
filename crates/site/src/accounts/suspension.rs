//! What a suspended member sees: why, until when, and where to answer. Beside it they have a copy of what is theirs, and
//! the way out.

use axum::http::StatusCode;
use kernel::{FieldErrors, Refusal};
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, Tone, acts, button, date_time, error_summary, form, form_acts, layout, link, notice, post, textarea,
};
use kit::visit::Visit;
use kit::{Flash, Typed};
use market::accounts::model::Member;
use market::staff::model::{Appeal, Suspension};
use market::staff::suspensions;
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn show(visit: Visit) -> Result<Answer, Answer> {
    let (_, suspension) = load(&visit).await?;
    let filled = visit.filled(&links::suspension());
    Ok(Answer::page(page(&visit, suspension.as_ref(), &filled)).secret())
}

/// Takes the answer. It can be given once.
pub(super) async fn appeal(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let (member, suspension) = load(&visit).await?;
    let text = match Appeal::read(typed.get("appeal")) {
        Ok(text) => text,
        Err(wrong) => {
            let filled = typed.with(FieldErrors::one("appeal", wrong));
            let page = page(&visit, suspension.as_ref(), &filled);
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
    };
    let mut tx = visit.begin().await?;
    suspensions::appeal(&mut tx, &member, &text, &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::suspension()).saying(Flash::ok(visit.say.suspension_appeal_sent())))
}

async fn load(visit: &Visit) -> Result<(Arc<Member>, Option<Suspension>), Answer> {
    let member = visit.suspended.clone().ok_or(Refusal::NotFound)?;
    let suspension = suspensions::current(&mut visit.read().await?, &member).await?;
    Ok((member, suspension))
}

fn page(visit: &Visit, suspension: Option<&Suspension>, filled: &Filled) -> Markup {
    let say = &visit.say;
    let body = html! {
        div.head { div { h1 { (say.suspension_title()) } p { (say.suspension_lead()) } } }
        (error_summary(say, &filled.errors, &[("appeal", say.suspension_appeal_label())]))
        @match suspension {
            Some(suspension) => {
                (notice(Tone::Danger, &say.suspension_why(), html! { (suspension.words) }))
                p {
                    @match suspension.until {
                        Some(until) => { (say.suspension_ends()) " " (date_time(say, until)) },
                        None => (say.suspension_open_end()),
                    }
                }
                (answer(visit, suspension, filled))
            },
            None => p { (say.refused_account_suspended()) },
        }
        (acts(html! { (link(links::account_page("data"), say.data_title())) }))
        (post(visit, &links::sign_out(), None, html! { (button(say.nav_sign_out())) }))
    };
    let page = Page::titled(say.suspension_title()).medium().noindex().at(Active::SignIn);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

fn answer(visit: &Visit, suspension: &Suspension, filled: &Filled) -> Markup {
    let say = &visit.say;
    html! {
        @match &suspension.appeal {
            Some(text) => {
                (notice(Tone::Plain, &say.suspension_appealed(), html! { (text) }))
                @if let Some(answer) = &suspension.answer {
                    (notice(Tone::Danger, &say.suspension_upheld(), html! { (answer) }))
                }
            },
            None => (form(visit, &links::suspension(), html! {
                (textarea(say, filled, "appeal", say.suspension_appeal_label(), 6)
                    .hint(say.suspension_appeal_hint()).max(Appeal::MAX))
                (form_acts(false, html! { (button(say.suspension_appeal_button()).primary()) }))
            })),
        }
    }
}
