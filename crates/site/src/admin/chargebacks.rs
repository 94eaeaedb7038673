//! What buyers' banks ask, and what they want back.

use super::{Counts, frame};
use crate::deals::{key, staff_page};
use kernel::{ChargebackId, Say};
use kit::answer::Answer;
use kit::form::Query;
use kit::parts::{Empty, State, Tab, date_time, empty, status, table, tabs};
use kit::visit::{SignedIn, Visit};
use market::chargebacks::desk;
use market::chargebacks::model::{Glance, reason_key};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    only: Option<String>,
}

/// The page of one of them.
pub(super) fn path(id: ChargebackId) -> String {
    format!("{}/{id}", staff_page("chargebacks"))
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let over = asked.only.as_deref() == Some("over");
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let found = desk::list(&mut reader, !over).await?;
    let say = &me.say;
    let all = staff_page("chargebacks");
    let over_page = format!("{all}?only=over");
    let views = [
        Tab { href: all, label: say.admin_chargebacks_open(), count: Some(counts.chargebacks), here: !over },
        Tab { href: over_page, label: say.admin_chargebacks_over(), count: None, here: over },
    ];
    let body = html! {
        (tabs(say, &say.admin_chargebacks_table(), &views))
        @if found.is_empty() { (none(say)) } @else { (list(&me, &found)) }
    };
    let heads = (say.admin_chargebacks(), say.admin_chargebacks_lead());
    Ok(Answer::page(frame(&me, counts, "chargebacks", (&heads.0, &heads.1), body)).secret())
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "check",
        title: say.admin_chargebacks_none(),
        text: say.admin_chargebacks_none_text(),
        action: None,
    })
}

fn list(visit: &Visit, found: &[Glance]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_chargeback_orders(), false),
        (say.admin_chargeback_reason(), false),
        (say.admin_chargeback_state(), false),
        (say.admin_chargeback_due(), false),
        (say.admin_chargeback_opened(), false),
        (say.admin_chargeback_amount(), true),
    ];
    table(
        "chargebacks-table",
        &say.admin_chargebacks_table(),
        &heads,
        html! {
            @for one in found {
                tr {
                    th scope="row" data-label=(heads[0].0) { a href=(path(one.id)) { (one.numbers.join(", ")) } }
                    td data-label=(heads[1].0) { (say.by_key(&reason_key(&one.reason))) }
                    td data-label=(heads[2].0) { (badge(say, &one.state)) }
                    td data-label=(heads[3].0) {
                        @if let Some(due) = one.due_by.filter(|_| one.closed_at.is_none()) { (date_time(say, due)) }
                    }
                    td data-label=(heads[4].0) { (date_time(say, one.opened_at)) }
                    td.num data-label=(heads[5].0) { (say.money(one.amount)) }
                }
            }
        },
    )
}

/// Where one is, with its colour.
pub(super) fn badge(say: &Say, state: &str) -> Markup {
    let mood = match state {
        "needs_response" | "inquiry" | "lost" => State::Bad,
        "won" | "prevented" | "inquiry_closed" => State::Ok,
        _ => State::Wait,
    };
    status(mood, &say.by_key(&key("chargeback-state", state)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_words() {
        for state in [
            "inquiry",
            "needs_response",
            "sending",
            "under_review",
            "inquiry_closed",
            "prevented",
            "won",
            "lost",
        ] {
            assert!(Say::knows(&key("chargeback-state", state)), "{state}");
        }
    }
}
