//! What the pages of acts about a member share: whom it is about, why, and the way back.

use super::{Counts, frame_of};
use crate::deals::staff_page;
use axum::http::StatusCode;
use kernel::{FieldErrors, MemberId, Refusal, Say};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::parts::{Field, Tone, back, error_summary, notice, textarea};
use kit::policy::Permission;
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::accounts::rules as accounts;
use market::staff::model::Reason;
use maud::{Markup, html};

/// Whom a page is about.
pub(super) struct About {
    pub member: Member,
    pub counts: Counts,
}

impl About {
    /// Errors: `NotFound`.
    pub(super) async fn load(me: &SignedIn, id: MemberId) -> Result<Self, Answer> {
        let mut reader = me.read().await?;
        let member = accounts::find(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
        let counts = Counts::load(&mut reader, me.member()).await?;
        Ok(Self { member, counts })
    }

    /// Why nothing can be done about them by `me`, if so: the same that the rule would say.
    pub(super) fn barred(&self, me: &SignedIn) -> Option<String> {
        let say = &me.say;
        if me.member().id == self.member.id {
            return Some(say.refused_staff_self());
        }
        (!me.member().permissions.covers(self.member.permissions)).then(|| say.refused_staff_above())
    }
}

/// The page of one act: `body` is its form, shown unless nothing can be done.
pub(super) fn page(
    me: &SignedIn,
    about: &About,
    filled: &Filled,
    (title, lead): (&str, &str),
    labels: &[(&str, String)],
    body: Markup,
) -> Markup {
    let (say, member) = (&me.say, &about.member);
    let labels: Vec<(&str, String)> =
        labels.iter().cloned().chain([("reason", say.staff_reason())]).collect();
    let inside = html! {
        (back(&return_to(me, member.id), &say.admin_member_back(member.display_name.as_str())))
        (error_summary(say, &filled.errors, &labels))
        @match about.barred(me) {
            Some(why) => (notice(Tone::Danger, "", html! { (why) })),
            None => (body),
        }
    };
    let heads = (title, lead);
    frame_of(me, about.counts, "members", heads, !filled.errors.is_empty(), inside)
}

/// The form again, with what is wrong with it. `show` draws it.
pub(super) fn refused(typed: Typed, errors: FieldErrors, show: impl FnOnce(&Filled) -> Markup) -> Answer {
    Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, show(&typed.with(errors))).secret()
}

/// Why it is done: every act asks.
pub(super) fn reason(say: &Say, filled: &Filled) -> Field {
    textarea(say, filled, "reason", say.staff_reason(), 3).hint(say.staff_reason_hint()).max(Reason::MAX)
}

/// A page about a member: "" is the first, "suspension", "sign-out", "roles", "look".
pub(super) fn path(id: MemberId, what: &str) -> String {
    let page = format!("{}/{id}", staff_page("members"));
    if what.is_empty() { page } else { format!("{page}/{what}") }
}

/// Where one goes when it is done: the member's page, or the overview for who may not see members.
pub(super) fn return_to(visit: &Visit, id: MemberId) -> String {
    match visit.member.as_ref().is_some_and(|m| m.may(Permission::MembersSee)) {
        true => path(id, ""),
        false => staff_page(""),
    }
}
