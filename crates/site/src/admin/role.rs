//! Making a role, changing what it gathers, deleting it.

use super::roles::path;
use super::{Counts, acts, frame_of};
use crate::acting;
use crate::deals::staff_page;
use kernel::{FieldErrors, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Choice, Tone, back, button, checks, error_summary, form, form_acts, notice, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::permissions::{Permission, Permissions};
use market::staff::model::{Reason, Role, RoleTitle};
use market::staff::roles;
use maud::{Markup, html};

pub(super) async fn blank(me: SignedIn) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    Ok(Answer::page(page(&me, counts, None, &me.filled(&path("new")))))
}

pub(super) async fn make(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    let refuse =
        |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, counts, None, filled)));
    let mut errors = FieldErrors::none();
    let title = errors.take("title", RoleTitle::read(typed.get("title")));
    let chosen = errors.take("permissions", chosen(&typed));
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let (Some(title), Some(chosen), Some(why)) = (title, chosen, why) else { return refuse(typed, errors) };
    let act = Act::MakeRole { title, permissions: names(chosen) };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &staff_page("roles"), me.say.role_made()))
}

pub(super) async fn show(me: SignedIn, Path(name): Path<String>) -> Result<Answer, Answer> {
    let (role, counts) = load(&me, &name).await?;
    let had = || Typed::of(role.permissions.iter().map(|p| ("permissions", p.name())));
    let filled = Filled::from(me.typed_into(&path(&role.name)).unwrap_or_else(had));
    Ok(Answer::page(page(&me, counts, Some(&role), &filled)))
}

/// Saves it, or deletes it: the button says which.
pub(super) async fn save(me: SignedIn, Path(name): Path<String>, typed: Typed) -> Result<Answer, Answer> {
    let (role, counts) = load(&me, &name).await?;
    let refuse = |typed: Typed, errors| {
        Ok(acts::refused(typed, errors, |filled| page(&me, counts, Some(&role), filled)))
    };
    let is_end = typed.get("do") == "delete";
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let chosen = match is_end {
        true => Some(Permissions::NONE),
        false => errors.take("permissions", chosen(&typed)),
    };
    let (Some(why), Some(chosen)) = (why, chosen) else { return refuse(typed, errors) };
    let act = match is_end {
        true => Act::DeleteRole { role: name },
        false => Act::EditRole { role: name, before: names(role.permissions), after: names(chosen) },
    };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    let said = if is_end { me.say.role_deleted() } else { me.say.role_saved() };
    Ok(acting::answer(&me, became, &staff_page("roles"), said))
}

fn names(permissions: Permissions) -> Vec<String> {
    permissions.iter().map(|p| p.name().to_owned()).collect()
}

async fn load(me: &SignedIn, name: &str) -> Result<(Role, Counts), Answer> {
    let mut reader = me.read().await?;
    let role = roles::find(&mut reader, name).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((role, counts))
}

/// What was ticked. Errors: nothing, or something that there is not.
fn chosen(typed: &Typed) -> Result<Permissions, Wrong> {
    let all: Option<Vec<Permission>> = typed.all("permissions").map(Permission::find).collect();
    let all: Permissions = all.ok_or(Wrong::NotAChoice)?.into_iter().collect();
    if all.is_empty() { Err(Wrong::Required) } else { Ok(all) }
}

fn page(me: &SignedIn, counts: Counts, role: Option<&Role>, filled: &Filled) -> Markup {
    let say = &me.say;
    let (title, lead) = match role {
        Some(role) => (role.title(say), say.role_lead(role.holders)),
        None => (say.role_new(), say.role_new_lead()),
    };
    let labels = [
        ("title", say.role_title()),
        ("permissions", say.role_permissions()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (back(&staff_page("roles"), &say.admin_roles()))
        (error_summary(say, &filled.errors, &labels))
        @match role.and_then(|role| barred(me, role)) {
            Some(why) => (notice(Tone::Plain, "", html! { (why) })),
            None => (fields(me, role, filled)),
        }
    };
    frame_of(me, counts, "roles", (&title, &lead), !filled.errors.is_empty(), body)
}

/// Why `me` cannot change it, if so: the same that the rule would say.
fn barred(me: &SignedIn, role: &Role) -> Option<String> {
    let say = &me.say;
    if role.is_operator() {
        return Some(say.refused_role_fixed());
    }
    (!me.member().permissions.covers(role.permissions)).then(|| say.refused_staff_above())
}

fn fields(me: &SignedIn, role: Option<&Role>, filled: &Filled) -> Markup {
    let say = &me.say;
    let choices = me.member().permissions.iter().map(|p| choice(say, p)).collect();
    let can_go = role.is_some_and(|role| !role.is_built_in && role.holders == 0);
    let action = path(role.map_or("new", |role| role.name.as_str()));
    form(
        me,
        &action,
        html! {
            @if role.is_none() {
                (text(say, filled, "title", say.role_title()).hint(say.role_title_hint()).max(RoleTitle::MAX))
            }
            (checks(say, filled, "permissions", say.role_permissions(), choices).cols())
            (acts::reason(say, filled))
            (form_acts(false, html! {
                (button(say.role_save()).value("do", "save").primary())
                @if can_go { (button(say.role_delete()).value("do", "delete").danger()) }
            }))
        },
    )
}

fn choice(say: &Say, permission: Permission) -> Choice {
    Choice::new(permission.name(), say.by_key(&permission.key()))
}
