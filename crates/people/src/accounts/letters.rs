//! What the mails about an account say.

use super::devices::place_of;
use super::model::{Client, Member};
use kernel::{Moment, Say};
use platform::mail::Letter;

/// Prove your address.
pub fn verify(member: &Member, base_url: &str, token: &str) -> Letter {
    let say = Say::new(member.lang);
    let link = format!("{base_url}/verify?token={token}");
    letter(
        member,
        say.mail_verify_subject(),
        say.mail_verify_body(member.display_name.clone()),
        Some((say.mail_verify_button(), link)),
    )
}

/// Somebody tried to register with your address.
pub fn already_registered(member: &Member, base_url: &str) -> Letter {
    let say = Say::new(member.lang);
    let link = format!("{base_url}/sign-in");
    letter(
        member,
        say.mail_known_subject(),
        say.mail_known_body(member.display_name.clone()),
        Some((say.mail_known_button(), link)),
    )
}

/// Set a new password.
pub fn reset(member: &Member, base_url: &str, token: &str) -> Letter {
    let say = Say::new(member.lang);
    let link = format!("{base_url}/reset/new?token={token}");
    letter(
        member,
        say.mail_reset_subject(),
        say.mail_reset_body(member.display_name.clone()),
        Some((say.mail_reset_button(), link)),
    )
}

/// Prove that this shall be the address of your account. To the new address.
pub fn email_confirm(member: &Member, base_url: &str, token: &str) -> Letter {
    let say = Say::new(member.lang);
    let link = format!("{base_url}/email/confirm?token={token}");
    letter(
        member,
        say.mail_email_confirm_subject(),
        say.mail_email_confirm_body(member.display_name.clone()),
        Some((say.mail_email_confirm_button(), link)),
    )
}

/// Your account has another address now. To the old one, which can take it back.
pub fn email_replaced(member: &Member, new: &str, base_url: &str, token: &str) -> Letter {
    let say = Say::new(member.lang);
    let link = format!("{base_url}/email/undo?token={token}");
    letter(
        member,
        say.mail_email_replaced_subject(),
        say.mail_email_replaced_body(veiled(new), member.display_name.clone()),
        Some((say.mail_email_replaced_button(), link)),
    )
}

/// An address that its owner recognises: "a…@example.org".
fn veiled(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}…@{domain}", local.chars().take(1).collect::<String>())
}

/// Something happened to the safety of your account: what, when, from where, and what to do if it was not you.
pub fn notice(
    member: &Member,
    subject: String,
    what: String,
    device: &str,
    client: &Client,
    at: Moment,
    base_url: &str,
) -> Letter {
    let say = Say::new(member.lang);
    let place = client.place.as_ref().and_then(|place| place_of(&say, place));
    let from = match (client.address.as_str(), place) {
        ("", _) => "–".to_owned(),
        (address, Some(place)) => format!("{address} ({place})"),
        (address, None) => address.to_owned(),
    };
    let body = format!(
        "{} {what}\n\n{}\n\n{}",
        say.notice_hello(member.display_name.clone()),
        say.notice_where(from, say.date_time(at), device),
        say.notice_not_you()
    );
    letter(member, subject, body, Some((say.notice_button(), format!("{base_url}/account/security"))))
}

/// Staff did something about your account: what, and what there is to say about it.
pub fn by_staff(member: &Member, subject: String, what: &str, more: &str, link: String) -> Letter {
    let say = Say::new(member.lang);
    let hello = say.notice_hello(member.display_name.clone());
    let body = if more.is_empty() { format!("{hello} {what}") } else { format!("{hello} {what}\n\n{more}") };
    letter(member, subject, body, Some((say.notice_button(), link)))
}

/// A letter of one paragraph or more and at most one button: text and HTML from the same words.
pub fn letter(to: &Member, subject: String, body: String, button: Option<(String, String)>) -> Letter {
    let say = Say::new(to.lang);
    let text = match &button {
        Some((label, link)) => format!("{body}\n\n{label}:\n{link}\n\n{}\n", say.mail_footer()),
        None => format!("{body}\n\n{}\n", say.mail_footer()),
    };
    let html = maud::html! {
        (maud::DOCTYPE)
        html lang=(to.lang.code()) dir=(to.lang.direction()) {
            head { meta charset="utf-8"; title { (subject) } }
            body style="margin:0;background:#fbfaf6;font:16px/1.5 ui-sans-serif,system-ui,sans-serif;color:#16211d" {
                div style="max-width:32rem;margin:0 auto;padding:2rem 1.25rem" {
                    h1 style="font-size:1.35rem" { (subject) }
                    @for paragraph in body.split("\n\n") { p { (paragraph) } }
                    @if let Some((label, link)) = &button {
                        p { a href=(link) style="display:inline-block;background:#00684f;color:#fff;padding:.7rem 1.4rem;border-radius:99px;text-decoration:none;font-weight:600" { (label) } }
                        p style="color:#55605b;font-size:.85rem;word-break:break-all" { (link) }
                    }
                    p style="color:#55605b;font-size:.85rem" { (say.mail_footer()) }
                }
            }
        }
    };
    Letter { to: to.email.clone(), subject, text, html: html.into_string() }
}
