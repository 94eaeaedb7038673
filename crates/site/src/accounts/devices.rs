//! Where one is signed in, and signing out there.

use crate::security::{places, sign_out_elsewhere, with_token};
use kernel::{Refusal, SessionId, TokenFamilyId};
use kit::Flash;
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, ago, back, button, layout, post, tag};
use kit::visit::{SignedIn, Visit};
use market::accounts::devices::name_of;
use market::accounts::model::{Device, Program};
use market::accounts::notices::{self, Notice};
use market::accounts::{sessions, tokens};
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let (mut reader, id) = (visit.read().await?, visit.member().id);
    let devices = sessions::devices(&mut reader, id).await?;
    let programs = tokens::programs(&mut reader, id).await?;
    Ok(Answer::page(page(&visit, &devices, &programs)))
}

/// Signs a browser out, or a program: both stand in one list.
pub(super) async fn close(visit: SignedIn, Path(id): Path<SessionId>) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    match sessions::close(&mut tx, visit.member().id, id).await {
        Err(Refusal::NotFound) => tokens::close(&mut tx, visit.member().id, TokenFamilyId(id.0)).await?,
        other => other?,
    }
    tx.commit().await?;
    Ok(done(&visit))
}

/// Signs out everywhere but here.
pub(super) async fn close_others(visit: SignedIn) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    sessions::close_all(&mut tx, visit.member().id, visit.session).await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    notices::note(&mut tx, visit.member(), Notice::SignedOutElsewhere, &client, base_url).await?;
    // A copy of this browser's own token is worthless too.
    let token = match visit.session {
        Some(session) => Some(sessions::renew(&mut tx, session).await?),
        None => None,
    };
    tx.commit().await?;
    Ok(match token {
        Some(token) => with_token(done(&visit), &token),
        None => done(&visit),
    })
}

fn done(visit: &Visit) -> Answer {
    Answer::to(links::account_page("sessions")).saying(Flash::ok(visit.say.devices_closed()))
}

fn page(visit: &Visit, devices: &[Device], programs: &[Program]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.devices_title()) } p { (say.devices_lead()) } } }
        ul.rows-list role="list" { @for device in devices { (row(visit, device)) } }
        (places::hint(visit, devices.iter().map(|device| device.address.as_str())))
        @if !programs.is_empty() {
            h2 { (say.devices_programs_title()) }
            ul.rows-list role="list" { @for program in programs { (program_row(visit, program)) } }
        }
        // Also where nothing else is listed: a list is as old as the page.
        div.gap {
            (sign_out_elsewhere(visit))
            p.hint { (say.devices_programs()) }
        }
    };
    layout(visit, Page::titled(say.devices_title()).medium().noindex().at(Active::Account), body)
}

fn program_row(visit: &Visit, program: &Program) -> Markup {
    let say = &visit.say;
    let called: String = tokens::product(&program.user_agent).chars().take(60).collect();
    let name = if called.is_empty() { say.devices_unknown() } else { called };
    html! {
        li {
            div {
                b { (name) }
                p.hint { (say.devices_since()) " " (ago(say, program.created_at, visit.now)) }
            }
            (post(visit, &links::account_session(SessionId(program.id.0)), None, html! {
                (button(say.nav_sign_out()).small().heard_as(say.devices_close(name.as_str())))
            }))
        }
    }
}

fn row(visit: &Visit, device: &Device) -> Markup {
    let say = &visit.say;
    let name = name_of(say, &device.user_agent);
    let here = visit.session == Some(device.id);
    html! {
        li {
            div {
                b { (name) }
                @if here { " " (tag("brand", &say.devices_here())) }
                p.hint {
                    (places::address(visit, &device.address)) " · " (say.devices_seen()) " " (ago(say, device.last_seen_at, visit.now))
                }
            }
            @if here {
                (post(visit, &links::sign_out(), None, html! { (button(say.nav_sign_out()).small()) }))
            } @else {
                (post(visit, &links::account_session(device.id), None, html! {
                    (button(say.nav_sign_out()).small().heard_as(say.devices_close(name.as_str())))
                }))
            }
        }
    }
}
