//! The mailbox of a development machine: the mails that were captured instead of sent. Nowhere else does it
//! exist, because mails hold one-time links.

use kernel::{MailId, Moment, Refusal, Say};
use kit::answer::Answer;
use kit::form::{Filled, Path, Query, Typed};
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{Empty, Page, ago, button, date_time, email, empty, facts, layout};
use kit::policy::{Audience, Object};
use kit::route::{Route, get};
use kit::visit::Visit;
use maud::{Markup, html};
use platform::mail::{self, Mail};
use serde::Deserialize;

/// Mails in the list.
const NEWEST: i64 = 100;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/dev/mailbox", "mailbox.list", list).audience(Audience::Everyone).object(Object::Mail),
        get("/dev/mailbox/{mail}", "mailbox.show", show).audience(Audience::Everyone).object(Object::Mail),
    ]
}

#[derive(Deserialize, Default)]
struct Asked {
    to: Option<String>,
}

impl Asked {
    fn address(&self) -> Option<&str> {
        self.to.as_deref().map(str::trim).filter(|to| !to.is_empty())
    }

    /// The same filter in another page's address. What has a meaning there is written otherwise.
    fn query(&self) -> String {
        let escaped =
            |to: &str| to.replace('%', "%25").replace('+', "%2B").replace('&', "%26").replace('#', "%23");
        self.address().map(|to| format!("?to={}", escaped(to))).unwrap_or_default()
    }
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    only_in_development(&visit)?;
    let mails = mail::newest(&mut visit.read().await?, asked.address(), NEWEST).await?;
    let now = visit.now;
    let open = mails.first().cloned();
    Ok(Answer::page(page(&visit, &asked, &mails, open.as_ref(), now)).secret())
}

async fn show(visit: Visit, Path(id): Path<MailId>, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    only_in_development(&visit)?;
    let mut reader = visit.read().await?;
    let open = mail::find(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let mails = mail::newest(&mut reader, asked.address(), NEWEST).await?;
    let now = visit.now;
    Ok(Answer::page(page(&visit, &asked, &mails, Some(&open), now)).secret())
}

fn only_in_development(visit: &Visit) -> Result<(), Refusal> {
    if visit.app.web.development { Ok(()) } else { Err(Refusal::NotFound) }
}

fn page(visit: &Visit, asked: &Asked, mails: &[Mail], open: Option<&Mail>, now: Moment) -> Markup {
    let say = &visit.say;
    let filled = Filled::from(Typed::of([("to", asked.address().unwrap_or_default())]));
    let body = html! {
        div.head { div { h1 { (say.mailbox_title()) } p { (say.mailbox_text()) } } }
        div.stack {
            (get_form(&links::mailbox(), Some("toolbar"), html! {
                (email(say, &filled, "to", say.mailbox_to()).autocomplete("off"))
                (button(say.mailbox_filter()))
            }))
            @match open {
                None => (nothing(say, asked)),
                Some(open) => div.mailbox {
                    nav aria-label=(say.mailbox_list()) {
                        ul.mails role="list" { @for mail in mails { (row(say, asked, mail, open.id, now)) } }
                    }
                    (letter(say, open))
                },
            }
        }
    };
    layout(visit, Page::titled(say.mailbox_title()).noindex(), body)
}

fn nothing(say: &Say, asked: &Asked) -> Markup {
    let text = if asked.address().is_some() { say.mailbox_none_to() } else { say.mailbox_none_text() };
    empty(&Empty { icon: "mail", title: say.mailbox_none(), text, action: None })
}

fn row(say: &Say, asked: &Asked, mail: &Mail, open: MailId, now: Moment) -> Markup {
    html! {
        li {
            a href={ (links::mailbox_mail(mail.id)) (asked.query()) }
                aria-current=[(mail.id == open).then_some("page")] {
                b { (mail.subject) }
                span.meta { span { (mail.to) } (ago(say, mail.created_at, now)) }
            }
        }
    }
}

fn letter(say: &Say, mail: &Mail) -> Markup {
    let known = [
        (say.mailbox_to(), html! { (mail.to) }),
        (say.mailbox_at(), html! { (date_time(say, mail.created_at)) }),
    ];
    html! {
        article.mail aria-labelledby="subject" {
            h2 #subject { (mail.subject) }
            (facts(&known))
            pre.mail-body { (with_links(&mail.text)) }
        }
    }
}

/// The text with every address in it as a link.
fn with_links(text: &str) -> Markup {
    html! {
        @for piece in text.split_inclusive(char::is_whitespace) {
            @let word = piece.trim_end();
            @if word.starts_with("http://") || word.starts_with("https://") {
                a href=(word) { (word) } (piece[word.len()..])
            } @else {
                (piece)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        let shown =
            with_links("Hello <b>,\nopen http://localhost/verify?token=a&b\n\njavascript:x").into_string();
        assert!(shown.contains("<a href=\"http://localhost/verify?token=a&amp;b\">"), "{shown}");
        assert!(shown.contains("&lt;b&gt;,\nopen ") && shown.contains("</a>\n\njavascript:x"), "{shown}");
        assert_eq!(shown.matches("<a ").count(), 1);
    }
}
