//! What staff sees of a member, and what it may do about them.

use super::acts::{self, About};
use super::{frame, members};
use crate::deals::staff_page;
use kernel::{MemberId, Say};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::{Facts, State, acts as buttons, back, date_time, details, facts, link, panel, status, tag};
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::accounts::sessions;
use market::factors::model::Enrolled;
use market::factors::totp;
use market::staff::model::{Role, Suspension};
use market::staff::{roles, suspensions};
use maud::{Markup, html};

/// What is shown beside the account itself.
struct Known {
    suspensions: Vec<Suspension>,
    enrolled: Enrolled,
    browsers: usize,
    roles: Vec<Role>,
}

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let mut reader = me.read().await?;
    let known = Known {
        suspensions: suspensions::of(&mut reader, id).await?,
        enrolled: totp::enrolled(&mut reader, id).await?,
        browsers: sessions::devices(&mut reader, id).await?.len(),
        roles: roles::all(&mut reader).await?,
    };
    let say = &me.say;
    let body = html! {
        (back(&staff_page("members"), &say.admin_members()))
        (facts(&account(&me, &about, &known)))
        (choices(&me, &about))
        @if !known.suspensions.is_empty() {
            (panel("suspensions", &say.staff_suspensions(), html! {
                @for suspension in &known.suspensions { (past(say, suspension)) }
            }))
        }
    };
    let name = about.member.display_name.as_str();
    let lead = say.admin_member_lead();
    Ok(Answer::page(frame(&me, about.counts, "members", (name, &lead), body)).secret())
}

fn account(me: &SignedIn, about: &About, known: &Known) -> Facts {
    let (say, member) = (&me.say, &about.member);
    let place = [member.town.clone(), member.country.clone()].into_iter().flatten().collect::<Vec<_>>();
    let email = html! {
        (member.email) " "
        @if member.verified { (tag("ok", &say.admin_member_verified())) }
        @else { (tag("", &say.admin_member_unverified())) }
    };
    let state = match member.suspended {
        true => status(State::Bad, &say.admin_member_suspended()),
        false => status(State::Ok, &say.admin_member_fine()),
    };
    let mut all: Facts = vec![
        (say.admin_member_handle(), html! { a href=(links::member(&member.handle)) { "@" (member.handle) } }),
        (say.account_email(), email),
        (say.admin_member_state(), state),
        (say.member_since(), date_time(say, member.created_at)),
        (say.foot_language(), html! { (member.lang.name()) }),
        (say.admin_member_second(), html! { (second(say, known.enrolled)) }),
        (
            say.admin_member_browsers(),
            html! { (say.number(i64::try_from(known.browsers).unwrap_or(i64::MAX))) },
        ),
    ];
    if !place.is_empty() {
        all.push((say.admin_member_place(), html! { (place.join(", ")) }));
    }
    if member.is_staff() {
        all.push((say.staff_roles(), members::roles_of(say, &member.roles, &known.roles)));
    }
    all
}

fn second(say: &Say, enrolled: Enrolled) -> String {
    let all = [
        (enrolled.passkeys > 0, say.admin_member_second_passkey()),
        (enrolled.totp, say.admin_member_second_app()),
        (enrolled.mail, say.mail_codes_title()),
        (enrolled.phone, say.phone_title()),
    ];
    let on: Vec<String> = all.into_iter().filter(|(is_on, _)| *is_on).map(|(_, name)| name).collect();
    if on.is_empty() { say.admin_member_second_none() } else { on.join(", ") }
}

/// The ways to what `me` may do about them; why there are none, for oneself and for somebody who may do more.
fn choices(me: &SignedIn, about: &About) -> Markup {
    let (say, id) = (&me.say, about.member.id);
    let may = |permission| me.member().may(permission);
    let suspend = if about.member.suspended { say.staff_lift() } else { say.staff_suspend() };
    let all = [
        (Permission::MembersSuspend, "suspension", suspend),
        (Permission::MembersSignOut, "sign-out", say.staff_sign_out()),
        (Permission::RolesGrant, "roles", say.staff_roles()),
        (Permission::MembersLook, "look", say.staff_look()),
    ];
    html! {
        @match about.barred(me) {
            Some(why) => p.hint { (why) },
            None => (buttons(html! {
                @for (permission, what, label) in &all {
                    @if may(*permission) { (link(acts::path(id, what), label.as_str())) }
                }
            })),
        }
        @if may(Permission::PayoutsManage) {
            p { a href=(links::admin_seller(id)) { (say.admin_seller_open()) } }
        }
        @if may(Permission::AuditSee) {
            p { a href={ (staff_page("audit")) "?object=" (id) } { (say.admin_member_audit()) } }
        }
    }
}

fn past(say: &Say, suspension: &Suspension) -> Markup {
    let ends = match (suspension.lifted_at, suspension.until) {
        (Some(lifted), _) => html! { (say.staff_suspension_lifted()) " " (date_time(say, lifted)) },
        (None, Some(until)) => html! { (say.suspension_ends()) " " (date_time(say, until)) },
        (None, None) => html! { (say.suspension_open_end()) },
    };
    html! {
        p { b { (date_time(say, suspension.began_at)) } " – " (ends) }
        p { (suspension.reason) }
        (details(&say.staff_suspend_words(), html! { p { (suspension.words) } }))
        @if let (Some(text), Some(at)) = (&suspension.appeal, suspension.appealed_at) {
            p { b { (say.staff_appealed()) } " " (date_time(say, at)) }
            blockquote { p { (text) } }
        }
        @if let (Some(text), Some(at)) = (&suspension.answer, suspension.answered_at) {
            p { b { (say.staff_upheld_at()) } " " (date_time(say, at)) }
            blockquote { p { (text) } }
        }
    }
}
