//! Seeing the marketplace as a member sees it, and coming back.

use super::acts::{self, About};
use crate::acting;
use crate::deals::staff_page;
use kernel::{FieldErrors, MemberId};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::links;
use kit::parts::{Tone, button, form, form_acts, notice};
use kit::policy::Permission;
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::{Act, Became};
use market::staff::looking;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/members/{member}/look";

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    Ok(Answer::page(page(&me, &about, &me.filled(&acts::path(id, "look")))).secret())
}

pub(super) async fn begin(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(&me, &about, filled)));
        }
    };
    match acting::carry_out(&me, &Act::LookAs { member: id }, &why).await? {
        Became::Done => Ok(Answer::to(links::home())),
        Became::Waits => Ok(acting::waits(&me, &acts::return_to(&me, id))),
    }
}

pub(super) async fn end(me: SignedIn) -> Result<Answer, Answer> {
    let (Some((staff, _)), Some(session)) = (&me.looker, me.session) else {
        // It was over already.
        return Ok(Answer::to(links::home()));
    };
    let seen = me.member().id;
    let mut tx = me.begin().await?;
    looking::end(&mut tx, staff, session, seen).await?;
    tx.commit().await?;
    let back = if staff.may(Permission::MembersSee) { acts::path(seen, "") } else { staff_page("") };
    Ok(Answer::to(back).saying(Flash::ok(me.say.looking_ended())))
}

fn page(me: &SignedIn, about: &About, filled: &Filled) -> Markup {
    let (say, member) = (&me.say, &about.member);
    let body = html! {
        @if member.is_staff() {
            (notice(Tone::Danger, "", html! { (say.refused_look_staff()) }))
        } @else if member.suspended {
            (notice(Tone::Danger, "", html! { (say.refused_look_suspended()) }))
        } @else {
            (form(me, &acts::path(member.id, "look"), html! {
                (acts::reason(say, filled))
                (form_acts(false, html! { (button(say.staff_look()).primary()) }))
            }))
        }
    };
    let minutes = looking::LIFE.whole_minutes();
    let (title, lead) = (say.staff_look(), say.staff_look_lead(minutes, member.display_name.as_str()));
    acts::page(me, about, filled, (&title, &lead), &[], body)
}
