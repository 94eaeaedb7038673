//! Where one is signed in, and signing out there.

use kernel::{Say, SessionId};
use kit::Flash;
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, ago, back, button, layout, post, tag};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Device;
use market::accounts::rules as accounts;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let devices = accounts::devices(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &devices)))
}

pub(super) async fn close(visit: SignedIn, Path(id): Path<SessionId>) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    accounts::close_session(&mut tx, visit.member().id, id).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// Signs out everywhere but here.
pub(super) async fn close_others(visit: SignedIn) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    accounts::close_all_sessions(&mut tx, visit.member().id, visit.session).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

fn done(visit: &Visit) -> Answer {
    Answer::to(links::account_page("sessions")).saying(Flash::ok(visit.say.devices_closed()))
}

fn page(visit: &Visit, devices: &[Device]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.devices_title()) } p { (say.devices_lead()) } } }
        ul.rows-list role="list" { @for device in devices { (row(visit, device)) } }
        @if devices.len() > 1 {
            div.gap {
                (post(visit, &links::account_page("sessions"), None, html! { (button(say.devices_close_all()).danger()) }))
            }
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

/// "Firefox on Linux", from what the browser says it is.
fn name_of(say: &Say, user_agent: &str) -> String {
    // The order matters: most browsers also name those they descend from.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |all: &[(&str, &'static str)]| {
        all.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, n)| *n)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => say.devices_name(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => say.devices_unknown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn devices_get_names() {
        let name = |agent: &str| name_of(&Say::new(Lang::EN), agent);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(name(edge), "Edge on Windows");
        assert_eq!(
            name("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"),
            "Firefox on Linux"
        );
        assert_eq!(name("curl/8.5.0"), "curl");
        assert!(!name("").is_empty());
    }
}
