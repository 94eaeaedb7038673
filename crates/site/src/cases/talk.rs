//! What was said and shown, and the forms for more.

use super::page::{Attempt, Found};
use crate::deals::{case_page, key};
use kernel::Say;
use kit::form::Filled;
use kit::parts::form::{form, upload_form};
use kit::parts::{button, date_time, file, panel, submit_once, text, textarea};
use kit::visit::Visit;
use market::cases::model::{Entry, PHOTOS_AT_ONCE, PHOTOS_MAX, Statement};
use maud::{Markup, html};

/// Media types of photos that are taken.
const PICTURES: &str = "image/jpeg,image/png,image/webp";
/// Characters of the few words beside photos.
const CAPTION_MAX: usize = 200;

pub(super) fn statements(visit: &Visit, found: &Found) -> Markup {
    let say = &visit.say;
    panel(
        "said",
        &say.case_statements(),
        html! {
            @if found.whole.entries.is_empty() { p { (say.case_nothing_said()) } }
            @for entry in &found.whole.entries { (statement(say, found, entry)) }
        },
    )
}

fn statement(say: &Say, found: &Found, entry: &Entry) -> Markup {
    let who = say.by_key(&key("case-side", entry.side.name()));
    html! {
        article.case-said {
            p.meta {
                b { @if entry.side == found.speaker() { (say.case_you()) } @else { (who) } }
                " " (date_time(say, entry.at))
            }
            @if !entry.words.is_empty() {
                blockquote.prose dir="auto" {
                    @for part in entry.words.split('\n').filter(|part| !part.is_empty()) { p { (part) } }
                }
            }
            @if !entry.photos.is_empty() {
                ul.photo-tiles role="list" {
                    @for (n, photo) in entry.photos.iter().enumerate() {
                        @let href = case_page(found.shown.order.id, &format!("/photos/{}", photo.id));
                        li {
                            a href=(href) {
                                img src=(href) alt=(say.case_photo_alt(n + 1, who.as_str())) width=(photo.width)
                                    height=(photo.height) loading="lazy" decoding="async";
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Nothing when the case is closed, and for staff that decides nothing.
pub(super) fn forms(visit: &Visit, found: &Found, attempt: Option<&Attempt>) -> Markup {
    let (say, order) = (&visit.say, &found.shown.order);
    let speaks = found.speaker() != market::cases::model::Side::Staff
        || visit.member.as_ref().is_some_and(|m| m.may(kit::policy::Permission::OrdersDecide));
    if !found.whole.case.is_open() || !speaks {
        return html! {};
    }
    let untouched = Filled::empty();
    let of = |act: &str| attempt.filter(|it| it.act == act).map_or(&untouched, |it| &it.filled);
    let shown = found.whole.entries.iter().filter(|entry| entry.side == found.speaker());
    let photos: usize = shown.map(|entry| entry.photos.len()).sum();
    html! {
        (panel("say", &say.case_say(), form(visit, &case_page(order.id, "/say"), html! {
            (textarea(say, of("say"), "words", say.case_say_label(), 5).hint(say.case_say_hint()).max(Statement::MAX))
            div.acts { (submit_once(say, &button(say.case_say_go()).primary())) }
        })))
        @if photos < PHOTOS_MAX {
            (panel("show", &say.case_show(), upload_form(visit, &case_page(order.id, "/photos"), Some("form"), html! {
                (file(say, of("photos"), "photo", say.case_photos_label(), PICTURES)
                    .multiple()
                    .hint(say.case_photos_hint(PHOTOS_MAX - photos, PHOTOS_AT_ONCE)))
                (text(say, of("photos"), "caption", say.case_caption_label()).max(CAPTION_MAX).optional())
                div.acts { (button(say.case_show_go()).icon("camera")) }
            })))
        }
    }
}
