//! Finding members.

use super::{Counts, acts, frame};
use crate::deals::staff_page;
use kernel::{Cursor, Refusal, Say};
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{Empty, State, Tab, button, date_time, empty, link, pager, status, table, tabs, tag, text};
use kit::visit::{SignedIn, Visit};
use market::staff::members::{self, Found, Only};
use market::staff::model::Role;
use market::staff::roles;
use maud::{Markup, html};
use serde::Deserialize;

/// Members on one page.
const PAGE: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    q: Option<String>,
    only: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let words = asked.q.unwrap_or_default();
    let only = asked.only.as_deref().and_then(Only::find).unwrap_or_default();
    let after = asked.cursor.map(Cursor);
    let mut reader = me.read().await?;
    let found = members::search(&mut reader, me.member(), &words, only, after.as_ref(), PAGE).await;
    let found = match found {
        // A cursor that somebody made up.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(address(&words, only, None))),
        other => other?,
    };
    let counts = Counts::load(&mut reader, me.member()).await?;
    let all = roles::all(&mut reader).await?;
    let say = &me.say;
    let next = found.next.as_ref().map(|cursor| address(&words, only, Some(cursor)));
    let body = html! {
        (form(say, &words, only))
        (tabs(say, &say.admin_members(), &views(say, counts, &words, only)))
        @if found.items.is_empty() { (none(say)) } @else { (list(&me, &found.items, &all)) }
        (pager(say, None, next.as_deref()))
    };
    let heads = (say.admin_members(), say.admin_members_lead());
    Ok(Answer::page(frame(&me, counts, "members", (&heads.0, &heads.1), body)).secret())
}

/// The same list, another part of it, or what comes next.
fn address(words: &str, only: Only, after: Option<&Cursor>) -> String {
    let link = links::search().with("q", words);
    let link = if only == Only::All { link } else { link.with("only", only.name()) };
    let link = after.map_or(link.clone(), |cursor| link.after(&cursor.0));
    link.to_string().replacen("/search", &staff_page("members"), 1)
}

fn form(say: &Say, words: &str, only: Only) -> Markup {
    let filled = Filled::from(Typed::of([("q", words)]));
    get_form(
        &staff_page("members"),
        Some("toolbar"),
        html! {
            (text(say, &filled, "q", say.admin_members_find()).autocomplete("off"))
            @if only != Only::All { input type="hidden" name="only" value=(only.name()); }
            (button(say.admin_order_find()))
        },
    )
}

fn views(say: &Say, counts: Counts, words: &str, now: Only) -> Vec<Tab> {
    Only::ALL
        .into_iter()
        .map(|only| Tab {
            href: address(words, only, None),
            label: match only {
                Only::All => say.admin_members_all(),
                Only::Staff => say.admin_members_staff(),
                Only::Suspended => say.admin_members_suspended(),
                Only::Appeals => say.admin_appeals(),
            },
            count: (only == Only::Appeals).then_some(counts.appeals),
            here: only == now,
        })
        .collect()
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "user",
        title: say.admin_members_none(),
        text: say.admin_members_none_text(),
        action: Some(link(staff_page("members"), say.admin_members_all())),
    })
}

fn list(visit: &Visit, found: &[Found], all: &[Role]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_member(), false),
        (say.account_email(), false),
        (say.staff_roles(), false),
        (say.admin_member_state(), false),
        (say.member_since(), false),
    ];
    table(
        "members-table",
        &say.admin_members(),
        &heads,
        html! {
            @for member in found {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(acts::path(member.id, "")) { bdi { (member.display_name) } } " @" (member.handle)
                    }
                    td data-label=(heads[1].0) { (member.email) }
                    td data-label=(heads[2].0) { (roles_of(say, &member.roles, all)) }
                    td data-label=(heads[3].0) {
                        @if member.suspended { (status(State::Bad, &say.admin_member_suspended())) }
                        @else { (status(State::Ok, &say.admin_member_fine())) }
                        @if member.appealed { " " (tag("accent", &say.admin_member_appealed())) }
                    }
                    td data-label=(heads[4].0) { (date_time(say, member.created_at)) }
                }
            }
        },
    )
}

/// Roles by their titles.
pub(super) fn roles_of(say: &Say, names: &[String], all: &[Role]) -> Markup {
    html! {
        @for name in names {
            @match all.iter().find(|role| role.name == *name) {
                Some(role) => (tag("brand", &role.title(say))),
                None => (tag("", name)),
            }
            " "
        }
    }
}
