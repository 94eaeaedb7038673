//! One's own data: the copy that was asked for last, and the way out.

use super::urls;
use crate::deals::why;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use kernel::{Moment, Refusal, Say};
use kit::Flash;
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Button, Page, State, Tone, back, button, date_time, form_section, layout, link, notice, post, status,
};
use kit::visit::{Holder, Visit};
use market::privacy::copy::{self, EVERY};
use market::privacy::model::{DataCopy, Ready};
use maud::{Markup, html};

/// Bytes in a tenth of a megabyte: what sizes are shown in.
const TENTH: u64 = 100_000;
/// What browsers call the archive.
const SAVED_AS: &str = "attachment; filename=\"my-data.zip\"";

pub(super) async fn show(visit: Holder) -> Result<Answer, Answer> {
    let copy = copy::find(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, visit.member().leaving, copy.as_ref())))
}

pub(super) async fn ask(visit: Holder) -> Result<Answer, Answer> {
    let here = Answer::to(links::account_page("data"));
    let mut tx = visit.begin().await?;
    match copy::ask(&mut tx, visit.member(), &visit.client(), &visit.app.web.base_url).await {
        Err(refusal @ Refusal::Conflict(_)) => {
            return Ok(here.saying(Flash::bad(why(&visit.say, refusal)?)));
        }
        other => other?,
    }
    tx.commit().await?;
    Ok(here.saying(Flash::ok(visit.say.copy_asked())))
}

/// The archive, piece by piece.
pub(super) async fn take(visit: Holder) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let ready = copy::take(&mut tx, visit.member(), &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    let pieces = visit.app.market.objects.stream(&ready.key).await.map_err(Refusal::from)?;
    let body = Body::from_stream(pieces.ok_or(Refusal::NotFound)?);
    Ok(Answer::file("application/zip", body)
        .header(header::CONTENT_DISPOSITION, HeaderValue::from_static(SAVED_AS))
        .secret())
}

fn page(visit: &Visit, leaving: Option<Moment>, copy: Option<&DataCopy>) -> Markup {
    let say = &visit.say;
    let body = html! {
        @match &visit.suspended {
            Some(_) => (back(&links::suspension(), &say.suspension_title())),
            None => (back(&links::account(), &say.account_title())),
        }
        div.head { div { h1 { (say.data_title()) } p { (say.data_lead()) } } }
        @if let Some(due) = leaving { (take_back(visit, due)) }
        (form_section("s-copy", &say.copy_title(), Some(&say.copy_lead()), copy_part(visit, copy)))
        @if leaving.is_none() {
            (form_section("s-leave", &say.leave_title(), Some(&say.leave_lead()), html! {
                div.acts { (link(urls::DELETE, say.leave_open()).danger()) }
            }))
        }
    };
    layout(visit, Page::titled(say.data_title()).medium().noindex().at(Active::Account), body)
}

fn take_back(visit: &Visit, due: Moment) -> Markup {
    let say = &visit.say;
    let button = button(say.leave_undo()).primary();
    html! {
        section.stack {
            (notice(Tone::Danger, &say.leave_pending_title(), html! { (say.leave_pending(say.date_time(due))) }))
            (post(visit, urls::UNDO, None, html! { (button) }))
        }
    }
}

fn copy_part(visit: &Visit, copy: Option<&DataCopy>) -> Markup {
    let say = &visit.say;
    let may_ask = copy.is_none_or(|copy| visit.now - copy.asked_at >= EVERY);
    let ready = copy.and_then(|copy| copy.ready.as_ref());
    html! {
        @match (copy, ready) {
            (_, Some(ready)) => {
                p.hint { (say.copy_until()) " " (date_time(say, ready.ends_at)) }
                div.acts { (take_link(say, ready)) }
            }
            (Some(_), None) if !may_ask => { p { (status(State::Wait, &say.copy_making())) } }
            _ => {}
        }
        @if may_ask { (post(visit, urls::COPY, None, html! { (button(say.copy_button())) })) }
    }
}

fn take_link(say: &Say, ready: &Ready) -> Button {
    let tenths = u64::try_from(ready.bytes).unwrap_or_default().div_ceil(TENTH);
    let size = say.decimal(&format!("{}.{}", tenths / 10, tenths % 10));
    link(urls::COPY, say.copy_take(size)).primary()
}
