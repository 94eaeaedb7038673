//! Signing a member out everywhere.

use super::acts::{self, About};
use kernel::{FieldErrors, MemberId, Refusal};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{button, form, form_acts};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::staff::members;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/members/{member}/sign-out";

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    Ok(Answer::page(page(&me, &about, &me.filled(&acts::path(id, "sign-out")))).secret())
}

pub(super) async fn act(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &about, filled)));
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => return refuse(typed, FieldErrors::one("reason", wrong)),
    };
    let mut tx = me.begin().await?;
    match members::sign_out(&mut tx, me.member(), id, &why, &me.app.web.base_url).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    }
    tx.commit().await?;
    Ok(Answer::to(acts::return_to(&me, id)).saying(Flash::ok(me.say.staff_signed_out())))
}

fn page(me: &SignedIn, about: &About, filled: &Filled) -> Markup {
    let say = &me.say;
    let body = form(
        me,
        &acts::path(about.member.id, "sign-out"),
        html! {
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.staff_sign_out()).danger()) }))
        },
    );
    let (title, lead) = (say.staff_sign_out(), say.staff_sign_out_lead(about.member.display_name.as_str()));
    acts::page(me, about, filled, (&title, &lead), &[], body)
}
