//! What goes to sellers: payouts that get no further, debts, and the newest payouts.

use super::{Counts, frame, payout};
use crate::deals::People;
use crate::payouts::state_of;
use axum::http::StatusCode;
use kernel::{FieldErrors, MemberId, Money, Refusal, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{Empty, button, date_time, empty, panel, table, text};
use kit::visit::{SignedIn, Visit};
use market::accounts::rules as members;
use market::orders::overview as deals;
use market::orders::rules as orders;
use market::payouts::{Debt, Payout, debts, failure_key, overview};
use maud::{Markup, html};
use platform::Reader;
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    q: Option<String>,
}

/// What was looked for at once when it is found, else the lists.
pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let wanted = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    if !wanted.is_empty()
        && let Some(way) = find(&mut reader, &wanted).await?
    {
        return Ok(Answer::to(way));
    }
    let (status, errors) = match wanted.is_empty() {
        true => (StatusCode::OK, FieldErrors::none()),
        false => (StatusCode::NOT_FOUND, FieldErrors::one("q", Wrong::Because("payouts-unknown"))),
    };
    let filled = Typed::of([("q", wanted)]).with(errors);
    let counts = Counts::load(&mut reader, me.member()).await?;
    let stuck = overview::stuck(&mut reader).await?;
    let newest = overview::newest(&mut reader).await?;
    let owed = debts::open_ones(&mut reader).await?;
    let sellers = stuck.iter().chain(&newest).map(|it| it.seller).chain(owed.iter().map(|it| it.seller));
    let people = People::find(&mut reader, sellers).await?;
    let say = &me.say;
    let body = html! {
        (get_form(&links::admin_payouts(), Some("toolbar"), html! {
            (text(say, &filled, "q", say.payouts_find()).hint(say.payouts_find_hint()).autocomplete("off"))
            (button(say.admin_order_find()))
        }))
        @if stuck.is_empty() && newest.is_empty() && owed.is_empty() {
            (empty(&Empty {
                icon: "check",
                title: say.admin_payouts_none(),
                text: say.admin_payouts_none_text(),
                action: None,
            }))
        }
        @if !stuck.is_empty() {
            (panel("s-stuck", &say.admin_payouts_stuck(), list(&me, "stuck", &say.admin_payouts_stuck(), &stuck, &people)))
        }
        @if !owed.is_empty() { (panel("s-debts", &say.admin_debts(), debts_of(&me, &owed, &people))) }
        @if !newest.is_empty() {
            (panel("s-newest", &say.admin_payouts_newest(), list(&me, "newest", &say.admin_payouts_newest(), &newest, &people)))
        }
    };
    let heads = (say.admin_payouts(), say.admin_payouts_lead());
    Ok(Answer::page_with(status, frame(&me, counts, "payouts", (&heads.0, &heads.1), body)))
}

/// Where a seller is looked at: by their handle, or by the number of an order of theirs; a payout by its number.
async fn find(reader: &mut Reader, wanted: &str) -> Result<Option<String>, Refusal> {
    if let Some(id) = overview::by_number(reader, wanted).await? {
        return Ok(Some(payout::path(id)));
    }
    match members::by_handle(reader, wanted.trim_start_matches('@')).await {
        Ok(member) => return Ok(Some(links::admin_seller(member.id))),
        Err(Refusal::NotFound) => {}
        Err(other) => return Err(other),
    }
    let Some(order) = deals::find(reader, wanted).await? else { return Ok(None) };
    let seller = orders::find(reader, order).await?.seller;
    Ok(Some(links::admin_seller(seller)))
}

/// Somebody, with the way to what staff sees of their money.
fn seller(id: MemberId, people: &People) -> Markup {
    let person = people.view(id);
    html! { a href=(links::admin_seller(id)) { bdi { (person.name) } " @" (person.handle) } }
}

fn list(visit: &Visit, id: &str, caption: &str, payouts: &[Payout], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.payouts_number(), false),
        (say.admin_member(), false),
        (say.payouts_state(), false),
        (say.admin_payouts_since(), false),
        (say.payouts_amount(), true),
    ];
    let rows = html! {
        @for one in payouts {
            tr {
                th scope="row" data-label=(heads[0].0) { a href=(payout::path(one.id)) { (one.number) } }
                td data-label=(heads[1].0) { (seller(one.seller, people)) }
                td data-label=(heads[2].0) {
                    // One box, so that phones show both beside the label.
                    div {
                        (state_of(say, &one.state))
                        @if let Some(failure) = &one.failure { " " span.hint { (say.by_key(&failure_key(failure))) } }
                    }
                }
                td data-label=(heads[3].0) { (date_time(say, one.state_since)) }
                td.num data-label=(heads[4].0) { (say.money(one.money())) }
            }
        }
    };
    table(&format!("{id}-table"), caption, &heads, rows)
}

fn debts_of(visit: &Visit, owed: &[Debt], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_member(), false),
        (say.admin_debt_because(), false),
        (say.admin_payouts_since(), false),
        (say.payouts_amount(), true),
    ];
    let rows = html! {
        @for one in owed {
            tr {
                th scope="row" data-label=(heads[0].0) { (seller(one.seller, people)) }
                td data-label=(heads[1].0) { (say.by_key(&format!("payout-debt-{}", one.because.replace('_', "-")))) }
                td data-label=(heads[2].0) { (date_time(say, one.opened_at)) }
                td.num data-label=(heads[3].0) { (say.money(Money::new(one.left(), one.currency))) }
            }
        }
    };
    table("debts-table", &say.admin_debts(), &heads, rows)
}
