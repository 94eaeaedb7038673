//! How well the account is protected, in one sentence, and where to change it.

use super::urls;
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tone, acts, back, icon, icon_of, layout, link, notice};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::factors::model::Enrolled;
use market::factors::totp;
use maud::{Markup, html};

/// So few recovery codes are worth a word.
const FEW: i64 = 3;

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let enrolled = totp::enrolled(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, enrolled, visit.member())))
}

fn page(visit: &Visit, enrolled: Enrolled, member: &Member) -> Markup {
    let (say, email) = (&visit.say, member.email.as_str());
    let on = enrolled.is_on();
    let state = if on { say.security_two_steps() } else { say.security_one_step() };
    let codes = match (on, enrolled.codes_left) {
        (false, _) => say.security_codes_later(),
        (true, left) => say.security_codes_left(left),
    };
    let app = if on { say.security_totp_on() } else { say.security_totp_off() };
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.security_title()) } p { (state) } } }
        @if visit.is_weak_staff { (weak(visit, on || enrolled.passkeys > 0)) }
        @if on && enrolled.codes_left < FEW {
            (notice(Tone::Danger, &say.security_few_codes_title(), html! { (say.security_few_codes()) }))
        }
        ul.settings role="list" {
            (line(urls::PASSKEYS, "key", &say.security_passkeys(), &say.security_passkeys_count(enrolled.passkeys)))
            (line(urls::PASSWORD, "edit", &say.security_password(), &say.security_password_hint()))
            (line(urls::TOTP, "lock", &say.security_totp(), &app))
            @if on { (line(urls::CODES, "receipt", &say.security_codes(), &codes)) }
            (line(urls::EMAIL, "mail", &say.security_email(), email))
            (line(&links::account_page("sessions"), "user", &say.devices_title(), &say.account_devices_hint()))
            (line(urls::ACTIVITY, "clock", &say.activity_title(), &say.activity_hint()))
        }
    };
    layout(visit, Page::titled(say.security_title()).medium().noindex().at(Active::Account), body)
}

/// Staff that has shown a password only: how to get further.
fn weak(visit: &Visit, is_enrolled: bool) -> Markup {
    let say = &visit.say;
    let text = if is_enrolled { say.security_staff_show() } else { say.security_staff() };
    html! {
        (notice(Tone::Accent, &say.security_staff_title(), html! { (text) }))
        @if is_enrolled { (acts(html! { (link(links::confirm("/admin"), say.confirm_button()).primary()) })) }
    }
}

/// A line of a list of settings: an icon, what it is, how it stands, and the way there.
pub(crate) fn line(href: &str, name: &str, title: &str, hint: &str) -> Markup {
    html! {
        li {
            a href=(href) {
                (icon(name))
                span { b { (title) } span.hint { (hint) } }
                (icon_of("chevron-end", "icon flip"))
            }
        }
    }
}
