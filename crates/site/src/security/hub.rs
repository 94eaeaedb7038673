//! How well the account is protected, in one sentence, and where to change it.

use super::urls;
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tone, acts, back, button, icon, icon_of, layout, link, notice, post};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::accounts::rules as accounts;
use market::factors::model::Enrolled;
use market::factors::totp;
use market::oidc::rules as oidc;
use maud::{Markup, html};

/// So few recovery codes are worth a word.
const FEW: i64 = 3;

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let (mut reader, id) = (visit.read().await?, visit.member().id);
    let enrolled = totp::enrolled(&mut reader, id).await?;
    let has_password = accounts::has_password(&mut reader, id).await?;
    let links = oidc::list(&mut reader, id).await?;
    let titles: Vec<&str> =
        links.iter().map(|link| visit.app.market.door.providers.title_of(&link.issuer)).collect();
    Ok(Answer::page(page(&visit, enrolled, visit.member(), has_password, &titles)))
}

fn page(
    visit: &Visit,
    enrolled: Enrolled,
    member: &Member,
    has_password: bool,
    elsewhere: &[&str],
) -> Markup {
    let (say, email, door) = (&visit.say, member.email.as_str(), &visit.app.market.door);
    let on = enrolled.is_on();
    let state = match (has_password, on) {
        (true, true) => say.security_two_steps(),
        (true, false) => say.security_one_step(),
        (false, _) => say.security_no_password(),
    };
    let password = if has_password { say.security_password_hint() } else { say.security_password_none() };
    let mail = if enrolled.mail { say.mail_codes_on() } else { say.mail_codes_off() };
    let phone = if enrolled.phone { say.phone_on() } else { say.phone_off() };
    let sign_ins = if elsewhere.is_empty() { say.sign_ins_hint() } else { elsewhere.join(", ") };
    let codes = say.security_codes_left(enrolled.codes_left);
    let app = if enrolled.totp { say.security_totp_on() } else { say.security_totp_off() };
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.security_title()) } p { (state) } } }
        @if visit.is_weak_staff { (weak(visit, enrolled.is_strong())) }
        @if on && enrolled.codes_left < FEW {
            (notice(Tone::Danger, &say.security_few_codes_title(), html! { (say.security_few_codes()) }))
        }
        ul.settings role="list" {
            (line(urls::PASSKEYS, "key", &say.security_passkeys(), &say.security_passkeys_count(enrolled.passkeys)))
            (line(urls::PASSWORD, "edit", &say.security_password(), &password))
            (line(urls::TOTP, "lock", &say.security_totp(), &app))
            (line(urls::MAIL_CODES, "mail", &say.mail_codes_title(), &mail))
            @if enrolled.phone || door.codes.has_texts() { (line(urls::PHONE, "chat", &say.phone_title(), &phone)) }
            @if on { (line(urls::CODES, "receipt", &say.security_codes(), &codes)) }
            @if !elsewhere.is_empty() || door.providers.list().next().is_some() {
                (line(&links::sign_ins(), "external", &say.sign_ins_title(), &sign_ins))
            }
            (line(urls::EMAIL, "mail", &say.security_email(), email))
            (line(urls::BANK, "bank", &say.banks_title(), &say.banks_hint()))
            (line(urls::TAX, "receipt", &say.tax_title(), &say.tax_hint()))
            (line(&links::account_page("sessions"), "user", &say.devices_title(), &say.account_devices_hint()))
            (line(&links::api_keys(), "external", &say.keys_title(), &say.keys_hint()))
            (line(urls::ACTIVITY, "clock", &say.activity_title(), &say.activity_hint()))
        }
        // Every change of a way in leads here: whoever made it may want nobody else to stay.
        div.gap { (sign_out_elsewhere(visit)) }
    };
    layout(visit, Page::titled(say.security_title()).medium().noindex().at(Active::Account), body)
}

/// Staff that has shown a password only: how to get further.
fn weak(visit: &Visit, is_enrolled: bool) -> Markup {
    let say = &visit.say;
    let text = if is_enrolled { say.security_staff_show() } else { say.security_staff() };
    html! {
        (notice(Tone::Accent, &say.security_staff_title(), html! { (text) }))
        @if is_enrolled { (acts(html! { (link(links::confirm(&links::staff()), say.confirm_button()).primary()) })) }
    }
}

/// The button that signs out everything but this browser.
pub(crate) fn sign_out_elsewhere(visit: &Visit) -> Markup {
    let button = button(visit.say.devices_close_all()).danger();
    post(visit, &links::account_page("sessions"), None, html! { (button) })
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
