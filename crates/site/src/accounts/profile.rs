//! What others see of oneself: name, words, town, picture.

use crate::{fields, members, urls};
use axum::http::StatusCode;
use kernel::ids::Id;
use kernel::{FieldErrors, PhotoId, Refusal, Wrong};
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::people::avatar;
use kit::parts::{
    Page, back, button, error_summary, file, form, form_acts, form_section, layout, link, text, textarea,
    upload_form,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed, Upload};
use market::accounts::handles;
use market::accounts::model::{Bio, DisplayName, Handle, Member};
use market::accounts::rules as accounts;
use market::photos::jobs::DeletePicture;
use market::photos::rules as photos;
use market::places;
use maud::{Markup, html};
use platform::jobs;

/// Pixels that a picture must be wide: the one size that is always shown.
const AVATAR_WIDTH: u32 = 240;
/// Where another handle is sent to.
const HANDLE: &str = "/account/handle";

pub(super) async fn show(visit: SignedIn) -> Answer {
    let mut typed = visit.typed_into(&links::account_page("profile")).unwrap_or_else(|| of(visit.member()));
    if let Some(handle) = visit.typed_into(HANDLE) {
        typed.add("handle", handle.get("handle"));
    }
    Answer::page(page(&visit, visit.member(), &Filled::from(typed)))
}

fn of(member: &Member) -> Typed {
    let town =
        member.town.as_ref().zip(member.country.as_ref()).map(|(town, country)| format!("{town}, {country}"));
    Typed::of([
        ("display_name", member.display_name.clone()),
        ("bio", member.bio.clone()),
        ("location", town.unwrap_or_default()),
    ])
}

pub(super) async fn save(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let mut errors = FieldErrors::none();
    let name = errors.take("display_name", DisplayName::read(typed.get("display_name")));
    let bio = errors.take("bio", Bio::read(typed.get("bio")));
    let town = match typed.get("location").trim() {
        "" => Some(None),
        label => {
            errors.take("location", places::find(label).ok_or(Wrong::Because("wrong-location"))).map(Some)
        }
    };
    let (Some(name), Some(bio), Some(town)) = (name, bio, town) else {
        return Ok(refused(&visit, typed.with(errors)));
    };
    let mut tx = visit.begin().await?;
    let place = town.map(|t| (t.name.as_str(), t.country.as_str()));
    accounts::edit_profile(&mut tx, visit.member().id, &name, &bio, place).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// Another handle, in a form of its own: it is seldom changed, and not every time it is asked for.
pub(super) async fn rename(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let refuse = |errors: FieldErrors| {
        let mut shown = of(visit.member());
        shown.add("handle", typed.get("handle"));
        Ok(refused(&visit, shown.with(errors)))
    };
    let handle = match Handle::read(typed.get("handle")) {
        Ok(handle) => handle,
        Err(wrong) => return refuse(FieldErrors::one("handle", wrong)),
    };
    let mut tx = visit.begin().await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    match handles::change(&mut tx, visit.member(), &handle, &client, base_url).await {
        Err(Refusal::Fields(errors)) => return refuse(errors),
        other => other?,
    }
    tx.commit().await?;
    Ok(done(&visit))
}

/// A new picture of oneself. Errors at the field `photo`.
pub(super) async fn picture(visit: SignedIn, upload: Upload) -> Result<Answer, Answer> {
    let market = &visit.app.market;
    let refuse = |errors: FieldErrors| Ok(refused(&visit, of(visit.member()).with(errors)));
    let Some(file) = upload.of("photo").next() else {
        return refuse(FieldErrors::one("photo", Wrong::Required));
    };
    let wide = market
        .studio
        .prepare(file.bytes.clone())
        .await
        .map(|p| p.renditions.iter().any(|r| r.width == AVATAR_WIDTH));
    match wide {
        Ok(true) => {}
        Ok(false) => return refuse(FieldErrors::one("photo", Wrong::Because("wrong-picture-small"))),
        Err(why) => return refuse(FieldErrors::one("photo", why.wrong())),
    }
    let id = PhotoId::new(visit.now, market.db.dice());
    let kept = match photos::keep(&market.studio, &market.objects, "avatars", id, file.bytes.clone()).await {
        Err(Refusal::Fields(errors)) => return refuse(errors),
        other => other?,
    };
    let mut tx = visit.begin().await?;
    if let Some(key) = accounts::set_avatar(&mut tx, visit.member().id, &kept.key).await? {
        jobs::enqueue(&mut tx, &DeletePicture { key }).await?;
    }
    tx.commit().await?;
    Ok(done(&visit))
}

fn done(visit: &Visit) -> Answer {
    Answer::to(links::account_page("profile")).saying(Flash::ok(visit.say.profile_saved()))
}

fn refused(visit: &SignedIn, filled: Filled) -> Answer {
    Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page(visit, visit.member(), &filled))
}

fn page(visit: &Visit, member: &Member, filled: &Filled) -> Markup {
    let say = &visit.say;
    let labels = [
        ("display_name", say.account_name()),
        ("bio", say.profile_bio()),
        ("location", say.find_town()),
        ("photo", say.profile_picture()),
        ("handle", say.profile_handle()),
    ];
    let body = html! {
        (error_summary(say, &filled.errors, &labels))
        (back(&links::account(), &say.account_title()))
        div.head {
            div { h1 { (say.profile_title()) } p { (say.profile_lead()) } }
            div.head-acts { (link(links::member(&member.handle), say.nav_your_page())) }
        }
        (form_section("s-picture", &say.profile_picture(), None, html! {
            (avatar(&members::person(member), true))
            (upload_form(visit, &urls::account_avatar(), Some("form"), html! {
                (file(say, filled, "photo", say.profile_new_picture(), "image/jpeg,image/png,image/webp")
                    .hint(say.profile_picture_hint(AVATAR_WIDTH)))
                (form_acts(false, html! { (button(say.sell_photo_upload())) }))
            }))
        }))
        (form_section("s-handle", &say.profile_handle(), None, html! {
            (form(visit, HANDLE, html! {
                (text(say, filled, "handle", say.profile_handle_new()).or(member.handle.as_str())
                    .hint(say.profile_handle_hint()).max(Handle::MAX).autocomplete("username"))
                (form_acts(false, html! { (button(say.profile_handle_save())) }))
            }))
        }))
        (form(visit, &links::account_page("profile"), html! {
            (text(say, filled, "display_name", say.account_name()).autocomplete("nickname").max(DisplayName::MAX))
            (textarea(say, filled, "bio", say.profile_bio(), 4).hint(say.profile_bio_hint()).max(Bio::MAX).optional())
            (fields::town(say, filled, "location", &say.find_town(), say.profile_town_hint()))
            (form_acts(false, html! {
                (button(say.profile_save()).primary())
                (link(links::account(), say.sell_cancel()).quiet())
            }))
        }))
    };
    let title = Page::titled(say.profile_title()).medium().noindex().at(Active::Account);
    layout(visit, title.with_errors(!filled.errors.is_empty()), body)
}
