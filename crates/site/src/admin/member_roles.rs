//! Giving a member roles, and taking them.

use super::acts::{self, About};
use crate::acting;
use kernel::{FieldErrors, MemberId, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Choice, button, form, form_acts, radios};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::permissions::Permissions;
use market::staff::model::{Reason, Role};
use market::staff::roles;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/members/{member}/roles";

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let all = roles::all(&mut me.read().await?).await?;
    Ok(Answer::page(page(&me, &about, &all, &me.filled(&acts::path(id, "roles")))).secret())
}

pub(super) async fn change(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let all = roles::all(&mut me.read().await?).await?;
    let refuse =
        |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &about, &all, filled)));
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    // The form says whether it gives or takes: what stands on an old page must not turn into its opposite.
    let chosen = typed.get("role").split_once(' ').ok_or(Wrong::Required);
    let chosen = errors.take("role", chosen).map(|(act, name)| (act == "take", name.to_owned()));
    let (Some(why), Some((is_taken, role))) = (why, chosen) else { return refuse(typed, errors) };
    let act = match is_taken {
        true => Act::TakeRole { member: id, role },
        false => Act::GrantRole { member: id, role },
    };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &acts::return_to(&me, id), me.say.staff_roles_changed()))
}

fn page(me: &SignedIn, about: &About, all: &[Role], filled: &Filled) -> Markup {
    let (say, member) = (&me.say, &about.member);
    let choices = all
        .iter()
        .filter(|role| me.member().permissions.covers(role.permissions))
        .map(|role| {
            let title = role.title(say);
            let (act, label) = match member.roles.contains(&role.name) {
                true => ("take", say.staff_role_take(title)),
                false => ("grant", say.staff_role_grant(title)),
            };
            Choice::new(format!("{act} {}", role.name), label).note(words(say, role.permissions))
        })
        .collect();
    let label = say.staff_role();
    let body = form(
        me,
        &acts::path(member.id, "roles"),
        html! {
            (radios(say, filled, "role", label.as_str(), choices))
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.staff_roles_button()).primary()) }))
        },
    );
    let (title, lead) = (say.staff_roles(), say.staff_roles_lead(member.display_name.as_str()));
    acts::page(me, about, filled, (&title, &lead), &[("role", label)], body)
}

/// What a role gathers, in words.
pub(super) fn words(say: &Say, permissions: Permissions) -> String {
    let all: Vec<String> = permissions.iter().map(|p| say.by_key(&p.key())).collect();
    all.join(" · ")
}
