//! The roles that there are.

use super::{Counts, frame, member_roles};
use crate::deals::staff_page;
use kit::answer::Answer;
use kit::parts::{acts, link, table, tag};
use kit::visit::{SignedIn, Visit};
use market::staff::model::Role;
use market::staff::roles;
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let all = roles::all(&mut reader).await?;
    let say = &me.say;
    let body = html! {
        (acts(html! { (link(path("new"), say.role_new()).icon("plus")) }))
        (list(&me, &all))
    };
    let heads = (say.admin_roles(), say.admin_roles_lead());
    Ok(Answer::page(frame(&me, counts, "roles", (&heads.0, &heads.1), body)))
}

/// The page of a role, or of a new one.
pub(super) fn path(name: &str) -> String {
    format!("{}/{name}", staff_page("roles"))
}

fn list(visit: &Visit, all: &[Role]) -> Markup {
    let say = &visit.say;
    let heads = [(say.staff_role(), false), (say.role_permissions(), false), (say.role_holders(), true)];
    table(
        "roles-table",
        &say.admin_roles(),
        &heads,
        html! {
            @for role in all {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(path(&role.name)) { (role.title(say)) }
                        @if role.is_built_in { " " (tag("", &say.role_built_in())) }
                    }
                    td.grow data-label=(heads[1].0) {
                        @if role.is_operator() { (say.role_everything()) }
                        @else { (member_roles::words(say, role.permissions)) }
                    }
                    td.num data-label=(heads[2].0) { (say.number(role.holders)) }
                }
            }
        },
    )
}
