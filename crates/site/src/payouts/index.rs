//! What somebody has: by currency, each part that waits with its reason and its end; what they owe; their payouts.

use super::{SCHEDULE, SET_UP, tax, words};
use crate::limits;
use kernel::{Cursor, Money, Refusal, Say};
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Empty, Page, Tone, acts, back, date_time, empty, layout, link, notice, pager, panel, stats, table,
    table_panel,
};
use kit::visit::{SignedIn, Visit};
use market::orders::limits::Limits;
use market::payouts::{Account, Balance, Debt, Overview, Payout, Tier, debts, overview, tier_of};
use maud::{Markup, html};
use serde::Deserialize;

/// Payouts on one page.
const PAGE: usize = 20;
/// Parts that wait, of one currency, on the page.
const SHOWN: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    cursor: Option<String>,
}

/// What the page shows.
struct All {
    overview: Overview,
    debts: Vec<Debt>,
    payouts: Vec<Payout>,
    next: Option<String>,
    tier: Tier,
    limits: Option<Limits>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let (seller, terms) = (me.member().id, me.app.market.payout_terms());
    let mut reader = me.read().await?;
    let cursor = asked.cursor.map(Cursor);
    let found = match overview::page(&mut reader, seller, cursor.as_ref(), PAGE).await {
        // A cursor that somebody cut short: from the beginning.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(links::payouts())),
        other => other?,
    };
    let mut owed = debts::of_seller(&mut reader, seller).await?;
    owed.retain(|debt| debt.state == "open");
    let all = All {
        overview: overview::overview(&mut reader, &terms, seller).await?,
        debts: owed,
        payouts: found.items,
        // A cursor is a payout's id, so nothing in it needs escaping.
        next: found.next.map(|cursor| format!("{}?cursor={}", links::payouts(), cursor.0)),
        tier: tier_of(&mut reader, seller).await?,
        limits: me.app.market.limits_of(&mut reader, seller).await?,
    };
    Ok(Answer::page(page(&me, &all)))
}

fn page(visit: &Visit, all: &All) -> Markup {
    let say = &visit.say;
    let is_empty = all.overview.balances.is_empty() && all.payouts.is_empty();
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.payouts_title()) } p { (say.payouts_lead()) } } }
        div.stack {
            (standing(visit, &all.overview))
            (deadline(visit, &all.overview.accounts))
            @if is_empty { (none(say, &all.tier)) }
            @for balance in &all.overview.balances { (of_currency(visit, balance)) }
            @if let Some(limited) = &all.limits { (limits::whole(say, limited)) }
            @if !all.debts.is_empty() { (owed(visit, &all.debts)) }
            @if !all.payouts.is_empty() {
                (list(visit, &all.payouts))
                (pager(say, None, all.next.as_deref()))
            }
            (acts(html! {
                (link(SET_UP, say.payouts_set_up_open()))
                (link(tax::PATH, say.tax_title()))
                @if !all.overview.accounts.is_empty() { (link(SCHEDULE, say.payouts_schedule_open())) }
            }))
        }
    };
    layout(visit, Page::titled(say.payouts_title()).medium().noindex().at(Active::Account), body)
}

/// What is missing, or wrong, with where the money goes.
fn standing(visit: &Visit, overview: &Overview) -> Markup {
    let say = &visit.say;
    let account = overview.accounts.iter().find(|it| !it.is_active() || !it.is_cooled(visit.now));
    let waits = overview.balances.iter().any(|balance| !balance.waiting.is_zero());
    html! {
        @match account {
            Some(account) => (wanting(visit, account)),
            None if overview.accounts.is_empty() && waits => {
                (notice(Tone::Accent, &say.payouts_no_account(), html! { (say.payouts_no_account_text()) }))
            }
            None => {}
        }
    }
}

/// Until when a provider wants to know something; after that it may pay nothing out.
fn deadline(visit: &Visit, accounts: &[Account]) -> Markup {
    let say = &visit.say;
    let soonest = accounts.iter().filter_map(|account| words::asked_until(visit, account)).min();
    html! {
        @if let Some(at) = soonest {
            (notice(Tone::Accent, &say.payouts_asked_until(say.date(at)), html! {
                (say.payouts_asked_until_text()) " " a href=(SET_UP) { (say.payouts_set_up_open()) }
            }))
        }
    }
}

fn wanting(visit: &Visit, account: &Account) -> Markup {
    let say = &visit.say;
    let (tone, title, text) = if account.state == "rejected" {
        (Tone::Danger, say.payouts_rejected(), say.payouts_rejected_text())
    } else if let Some(failure) = &account.blocked_because {
        let why = say.by_key(&market::payouts::failure_key(failure));
        (Tone::Danger, say.payouts_blocked(), say.payouts_blocked_text(why))
    } else if !account.is_active() {
        (Tone::Accent, say.payouts_unfinished(), say.payouts_unfinished_text())
    } else {
        let until = account.cool_until.map(|at| say.date_time(at)).unwrap_or_default();
        (Tone::Accent, say.payouts_cools(), say.payouts_cools_text(until))
    };
    notice(tone, &title, html! { (text) })
}

fn none(say: &Say, tier: &Tier) -> Markup {
    empty(&Empty {
        icon: "bank",
        title: say.payouts_none(),
        text: words::until_first(say, tier),
        action: Some(link(links::sell(), say.payouts_none_action()).primary()),
    })
}

fn of_currency(visit: &Visit, balance: &Balance) -> Markup {
    let say = &visit.say;
    let mut sums = vec![
        (say.payouts_waiting(), say.money(balance.waiting)),
        (say.payouts_payable(), say.money(balance.payable)),
        (say.payouts_on_their_way(), say.money(balance.in_payout)),
    ];
    if !balance.owed.is_zero() {
        sums.push((say.payouts_owed(), say.money(balance.owed)));
    }
    let id = format!("s-{}", balance.currency.code().to_ascii_lowercase());
    panel(
        &id,
        &say.payouts_balance(balance.currency.code().to_owned()),
        html! {
            (stats(&sums))
            @if let Some(at) = balance.next_run { p { (say.payouts_next()) " " (date_time(say, at)) } }
            @if !balance.on_hold.is_empty() { (waiting(visit, balance)) }
        },
    )
}

/// Each part that waits: of which order, how much, why and until when.
fn waiting(visit: &Visit, balance: &Balance) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.payouts_order(), false),
        (say.payouts_why(), false),
        (say.payouts_until(), false),
        (say.payouts_amount(), true),
    ];
    let id = format!("waiting-{}", balance.currency.code().to_ascii_lowercase());
    let rows = html! {
        @for one in balance.on_hold.iter().take(SHOWN) {
            tr {
                th scope="row" data-label=(heads[0].0) {
                    a href=(links::order(one.order)) { (one.order_number) }
                }
                td data-label=(heads[1].0) {
                    (say.by_key(&format!("payout-hold-{}", one.because)))
                    @if let Some((to, label)) = next_step(say, &one.because) { " " a href=(to) { (label) } }
                }
                td data-label=(heads[2].0) {
                    @match one.until {
                        Some(at) => (date_time(say, at)),
                        None => (say.payouts_until_then()),
                    }
                }
                td.num data-label=(heads[3].0) { (say.money(one.amount)) }
            }
        }
    };
    html! {
        (table(&id, &say.payouts_waiting_table(), &heads, rows))
        @if balance.on_hold.len() > SHOWN { p.hint { (say.payouts_more()) } }
    }
}

/// Where somebody can end a wait.
fn next_step(say: &Say, because: &str) -> Option<(&'static str, String)> {
    match because {
        "tax" => Some((tax::PATH, say.tax_title())),
        "account" | "account-asks" => Some((SET_UP, say.payouts_set_up_open())),
        _ => None,
    }
}

fn owed(visit: &Visit, debts: &[Debt]) -> Markup {
    let say = &visit.say;
    let body = html! {
        p { (say.payouts_debts_text()) }
        ul.rows-list role="list" {
            @for debt in debts {
                li {
                    a href=(links::order(debt.order)) { (say.payouts_debt_since(say.date(debt.opened_at))) }
                    " " b { (say.money(Money::new(debt.left(), debt.currency))) }
                }
            }
        }
    };
    panel("s-debts", &say.payouts_debts(), body)
}

fn list(visit: &Visit, payouts: &[Payout]) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.payouts_number(), false),
        (say.payouts_date(), false),
        (say.payouts_state(), false),
        (say.payouts_amount(), true),
    ];
    table_panel(
        "s-payouts",
        &say.payouts_list(),
        &heads,
        html! {
            @for one in payouts {
                tr {
                    th scope="row" data-label=(heads[0].0) { a href=(links::payout(one.id)) { (one.number) } }
                    td data-label=(heads[1].0) { (date_time(say, one.created_at)) }
                    td data-label=(heads[2].0) { (words::state(say, &one.state)) }
                    td.num data-label=(heads[3].0) { (say.money(one.money())) }
                }
            }
        },
    )
}
