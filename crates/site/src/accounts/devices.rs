//! Where one is signed in, and signing out there.

use crate::security::with_token;
use kernel::SessionId;
use kit::Flash;
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, ago, back, button, layout, post, tag};
use kit::visit::{SignedIn, Visit};
use market::accounts::devices::name_of;
use market::accounts::model::Device;
use market::accounts::notices::{self, Notice};
use market::accounts::sessions;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let devices = sessions::devices(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &devices)))
}

pub(super) async fn close(visit: SignedIn, Path(id): Path<SessionId>) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    sessions::close(&mut tx, visit.member().id, id).await?;
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

fn page(visit: &Visit, devices: &[Device]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.devices_title()) } p { (say.devices_lead()) } } }
        ul.rows-list role="list" { @for device in devices { (row(visit, device)) } }
        // Also where no other browser is listed: programs are not.
        div.gap {
            (post(visit, &links::account_page("sessions"), None, html! { (button(say.devices_close_all()).danger()) }))
            p.hint { (say.devices_programs()) }
        }
    };
    layout(visit, Page::titled(say.devices_title()).medium().noindex().at(Active::Account), body)
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
                    (device.address) " · " (say.devices_seen()) " " (ago(say, device.last_seen_at, visit.now))
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
