//! One payout: how it is getting on, and of which sales it is.

use super::words;
use crate::documents;
use axum::http::{HeaderValue, header};
use kernel::{Money, PayoutId, Refusal, Say};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tone, acts, back, date_time, facts, layout, link, notice, table_panel};
use kit::visit::{SignedIn, Visit};
use market::documents::{Head, of_payout};
use market::payouts::{Item, Payout, failure_key, overview};
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn, Path(id): Path<PayoutId>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let (payout, items) = overview::show(&mut reader, me.member().id, id).await?;
    let papers = of_payout(&mut reader, me.member(), id).await?;
    Ok(Answer::page(page(&me, &payout, &items, &papers)))
}

/// The same as a table that other programs read (RFC 4180): amounts with a point, times in UTC.
pub(super) async fn statement(me: SignedIn, Path(id): Path<PayoutId>) -> Result<Answer, Answer> {
    let (payout, items) = overview::show(&mut me.read().await?, me.member().id, id).await?;
    let named = format!("attachment; filename=\"{}.csv\"", payout.number);
    let named = HeaderValue::from_str(&named).map_err(Refusal::broken)?;
    Ok(Answer::file("text/csv; charset=utf-8", csv(&me.say, &payout, &items))
        .header(header::CONTENT_DISPOSITION, named)
        .secret())
}

/// Numbers of orders are letters and digits, and the other words are ours, but a comma may stand in a heading.
fn csv(say: &Say, payout: &Payout, items: &[Item]) -> String {
    let money = |amount: i64| Money::new(amount, payout.currency).decimal();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let heads = [
        say.payouts_number(),
        say.payouts_order(),
        say.payouts_kind(),
        say.payouts_released(),
        say.payouts_currency(),
        say.payouts_brought(),
        say.payouts_netted(),
        say.payouts_taken(),
        say.payouts_paid_of_it(),
    ];
    let mut text = heads.map(|head| quoted(&head)).join(",") + "\r\n";
    for item in items {
        let row = [
            payout.number.clone(),
            item.order_number.clone(),
            quoted(&kind(say, item)),
            item.released_at.date().to_string(),
            payout.currency.code().to_owned(),
            money(item.amount),
            money(item.netted),
            money(item.taken),
            money(item.paid),
        ];
        text += &(row.join(",") + "\r\n");
    }
    text
}

fn kind(say: &Say, item: &Item) -> String {
    say.by_key(&format!("payout-kind-{}", item.kind))
}

fn page(visit: &Visit, payout: &Payout, items: &[Item], papers: &[Head]) -> Markup {
    let say = &visit.say;
    let title = say.payouts_one(payout.number.clone());
    let mut known = vec![
        (say.payouts_state(), words::state(say, &payout.state)),
        (say.payouts_amount(), html! { (say.money(payout.money())) }),
        (say.payouts_date(), date_time(say, payout.created_at)),
    ];
    if let Some(bank) = &payout.bank_label {
        known.push((say.payouts_bank(), html! { (bank) }));
    }
    if let Some(at) = payout.expected_at.filter(|_| payout.state == "in_transit") {
        known.push((say.payouts_expected(), date_time(say, at)));
    }
    if let Some(at) = payout.paid_at {
        known.push((say.payouts_paid_at(), date_time(say, at)));
    }
    let why = payout.failure.as_deref().map(|failure| say.by_key(&failure_key(failure)));
    let body = html! {
        (back(&links::payouts(), &say.payouts_title()))
        div.head { div { h1 { (title) } } }
        div.stack {
            @if let Some(why) = &why { (notice(Tone::Danger, &say.payouts_failed(), html! { (why) })) }
            (facts(&known))
            (made_of(visit, payout, items))
            (documents::panel_of(say, "s-papers", papers))
            (acts(html! { (link(format!("{}/statement.csv", links::payout(payout.id)), say.payouts_csv())) }))
        }
    };
    layout(visit, Page::titled(title.as_str()).medium().noindex().at(Active::Account), body)
}

fn made_of(visit: &Visit, payout: &Payout, items: &[Item]) -> Markup {
    let say = &visit.say;
    let money = |amount: i64| say.money(Money::new(amount, payout.currency));
    let heads = [
        (say.payouts_order(), false),
        (say.payouts_kind(), false),
        (say.payouts_brought(), true),
        (say.payouts_netted(), true),
        (say.payouts_taken(), true),
        (say.payouts_paid_of_it(), true),
    ];
    table_panel(
        "s-items",
        &say.payouts_items(),
        &heads,
        html! {
            @for item in items {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(links::order(item.order)) { (item.order_number) }
                    }
                    td data-label=(heads[1].0) { (kind(say, item)) }
                    td.num data-label=(heads[2].0) { (money(item.amount)) }
                    td.num data-label=(heads[3].0) { (money(item.netted)) }
                    td.num data-label=(heads[4].0) { (money(item.taken)) }
                    td.num data-label=(heads[5].0) { (money(item.paid)) }
                }
            }
        },
    )
}
