//! The audit log: who did what, when and why.

use super::{Counts, acts, frame_of};
use crate::deals::{People, staff_page};
use axum::http::StatusCode;
use kernel::{Cursor, FieldErrors, MemberId, OrderId, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{Empty, button, date_time, details, empty, error_summary, link, pager, table, text};
use kit::policy::Permission;
use kit::visit::{SignedIn, Visit};
use market::accounts::rules as accounts;
use maud::{Markup, html};
use platform::Reader;
use platform::audit::{self, Entry, Filter};
use serde::Deserialize;

/// Lines on one page.
const PAGE: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    action: Option<String>,
    who: Option<String>,
    object: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let typed = Typed::of([
        ("action", asked.action.unwrap_or_default()),
        ("who", asked.who.unwrap_or_default()),
        ("object", asked.object.unwrap_or_default()),
    ]);
    let after = asked.cursor.map(Cursor);
    let say = &me.say;
    let heads = (say.admin_audit(), say.admin_audit_lead());
    let filter = match read(&mut reader, &typed).await {
        Err(Refusal::Fields(errors)) => {
            let body = form(say, &typed.with(errors));
            let page = frame_of(&me, counts, "audit", (&heads.0, &heads.1), true, body);
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
        other => other?,
    };
    let lines = match audit::page(&mut reader, &filter, after.as_ref(), PAGE).await {
        // A cursor that somebody made up.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(address(&typed, None))),
        other => other?,
    };
    let people = People::find(&mut reader, lines.items.iter().filter_map(|line| line.actor)).await?;
    let next = lines.next.as_ref().map(|cursor| address(&typed, Some(cursor)));
    let body = html! {
        (form(say, &Filled::from(typed)))
        @if lines.items.is_empty() { (none(say)) } @else { (list(&me, &lines.items, &people)) }
        (pager(say, None, next.as_deref()))
    };
    Ok(Answer::page(frame_of(&me, counts, "audit", (&heads.0, &heads.1), false, body)).secret())
}

/// What is asked for. Errors: the fields `who` and `object`.
async fn read(reader: &mut Reader, typed: &Typed) -> Result<Filter, Refusal> {
    let mut errors = FieldErrors::none();
    let actor = match typed.get("who").trim().trim_start_matches('@') {
        "" => None,
        handle => match accounts::by_handle(reader, handle).await {
            Ok(member) => Some(member.id),
            Err(Refusal::NotFound) => {
                errors.add("who", Wrong::Because("admin-audit-nobody"));
                None
            }
            Err(refusal) => return Err(refusal),
        },
    };
    let object = match typed.get("object").trim() {
        "" => None,
        id => errors.take("object", id.parse().map_err(|_| Wrong::Because("admin-audit-no-id"))),
    };
    errors.check()?;
    Ok(Filter { action: typed.get("action").trim().to_owned(), actor, object })
}

fn address(typed: &Typed, after: Option<&Cursor>) -> String {
    let all = typed.pairs().fold(links::search(), |link, (name, value)| link.with(name, value));
    let all = after.map_or(all.clone(), |cursor| all.after(&cursor.0));
    all.to_string().replacen("/search", &staff_page("audit"), 1)
}

fn form(say: &Say, filled: &Filled) -> Markup {
    let labels = [("who", say.admin_audit_who()), ("object", say.admin_audit_object())];
    html! {
        (error_summary(say, &filled.errors, &labels))
        (get_form(&staff_page("audit"), Some("toolbar"), html! {
            (text(say, filled, "action", say.admin_audit_action()).short().autocomplete("off"))
            (text(say, filled, "who", say.admin_audit_who()).short().autocomplete("off"))
            (text(say, filled, "object", say.admin_audit_object()).short().autocomplete("off"))
            (button(say.admin_order_find()))
        }))
    }
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "receipt",
        title: say.admin_audit_none(),
        text: say.admin_audit_none_text(),
        action: Some(link(staff_page("audit"), say.admin_audit_all())),
    })
}

fn list(visit: &Visit, lines: &[Entry], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_audit_at(), false),
        (say.admin_audit_who(), false),
        (say.admin_audit_action(), false),
        (say.admin_audit_object(), false),
        (say.staff_reason(), false),
    ];
    table(
        "audit-table",
        &say.admin_audit(),
        &heads,
        html! {
            @for line in lines {
                tr {
                    th scope="row" data-label=(heads[0].0) { (date_time(say, line.at)) }
                    td data-label=(heads[1].0) { (who(say, line, people)) }
                    td data-label=(heads[2].0) { code { (line.action) } }
                    td data-label=(heads[3].0) { (object(visit, line)) }
                    td.grow data-label=(heads[4].0) { (why(say, line)) }
                }
            }
        },
    )
}

fn who(say: &Say, line: &Entry, people: &People) -> Markup {
    html! {
        @match line.actor {
            Some(id) => {
                @let person = people.view(id);
                @if person.handle.is_empty() { code { (id) } } @else { bdi { (person.name) } " @" (person.handle) }
            },
            None => (say.admin_audit_program()),
        }
    }
}

/// What it was done to, with the way there for who may go.
fn object(visit: &Visit, line: &Entry) -> Markup {
    let may = |permission| visit.member.as_ref().is_some_and(|m| m.may(permission));
    let Some(id) = line.object else { return html! { code { (line.object_kind) } } };
    let way = match line.object_kind.as_str() {
        "member" if may(Permission::MembersSee) => Some(acts::path(MemberId(id), "")),
        "order" if may(Permission::OrdersSee) => Some(links::order(OrderId(id))),
        _ => None,
    };
    html! {
        @match way {
            Some(href) => a href=(href) { (line.object_kind) " " code { (id) } },
            None => { (line.object_kind) " " code { (id) } },
        }
    }
}

fn why(say: &Say, line: &Entry) -> Markup {
    let reason = line.detail.get("reason").and_then(|r| r.as_str()).unwrap_or_default();
    let is_empty = line.detail.as_object().is_none_or(serde_json::Map::is_empty);
    let all = serde_json::to_string_pretty(&line.detail).unwrap_or_default();
    html! {
        @if !reason.is_empty() { p { (reason) } }
        @if !is_empty { (details(&say.admin_audit_detail(), html! { pre { (all) } })) }
    }
}
