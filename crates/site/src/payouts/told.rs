//! What tax offices were told of somebody as a seller: their copy of it, to read and to keep.

use super::tax;
use crate::deals::key;
use axum::http::{HeaderValue, header};
use kernel::Say;
use kit::answer::Answer;
use kit::parts::layout::Active;
use kit::parts::{Page, acts, back, date_time, facts, layout, link, panel, table};
use kit::policy::Audience;
use kit::route::{Route, get};
use kit::visit::{SignedIn, Visit};
use market::yearly::model::Kind;
use market::yearly::own::{self, Own};
use maud::{Markup, html};

pub(super) const PATH: &str = "/payouts/tax/told";
const FILE: &str = "/payouts/tax/told.csv";
/// The ends of the fields of a quarter; France calls the last one otherwise.
const QUARTER: [&str; 4] = ["ConsQ", "NumbQ", "FeesQ", "TaxQ"];
const TAX_IN_FRANCE: &str = "TaxesQ";

pub(super) fn routes() -> Vec<Route> {
    // As what it was told from.
    vec![
        get(PATH, "payouts.told", show).audience(Audience::Verified).step_up().private(),
        get(FILE, "payouts.told_csv", file).audience(Audience::Verified).step_up().private(),
    ]
}

async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let all = own::of(&mut me.read().await?, &me.app.market.office(), me.member().id).await?;
    Ok(Answer::page(page(&me, &all)).secret())
}

/// The same, with every field as it stands in the report.
async fn file(me: SignedIn) -> Result<Answer, Answer> {
    let all = own::of(&mut me.read().await?, &me.app.market.office(), me.member().id).await?;
    let named = HeaderValue::from_static("attachment; filename=\"told.csv\"");
    Ok(Answer::file("text/csv; charset=utf-8", own::csv(&all)?)
        .header(header::CONTENT_DISPOSITION, named)
        .secret())
}

fn page(visit: &Visit, all: &[Own]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(tax::PATH, &say.tax_title()))
        div.head { div { h1 { (say.told_title()) } p { (say.told_lead()) } } }
        div.stack {
            @if all.is_empty() { p { (say.told_none()) } }
            @for (n, one) in all.iter().enumerate() { (report(say, n, one)) }
            @if !all.is_empty() { (acts(html! { (link(FILE, say.told_csv())) })) }
        }
    };
    layout(visit, Page::titled(say.told_title()).medium().noindex().at(Active::Account), body)
}

fn report(say: &Say, n: usize, one: &Own) -> Markup {
    let kind = say.by_key(&key("report-kind", one.report.kind.name()));
    let known = [
        (say.told_made_at(), date_time(say, one.report.made_at)),
        (say.told_says(), html! { (say.by_key(&key("told-says", one.says.name()))) }),
    ];
    let body = html! {
        (facts(&known))
        @if one.fields.is_empty() {
            p { (say.told_gone()) }
        } @else if one.report.kind == Kind::Dac7 {
            (quarters(say, n, one))
        } @else {
            (facts(&[
                (say.told_sales(), html! { (value(one, "transactions")) }),
                (say.told_gross(), html! { (value(one, "gross")) " USD" }),
            ]))
        }
    };
    panel(&format!("s-told-{n}"), &format!("{} · {kind}", one.report.year), body)
}

/// What was told of each quarter: whole units, as the law asks.
fn quarters(say: &Say, n: usize, one: &Own) -> Markup {
    let heads = [
        (say.told_quarter(), false),
        (say.told_consideration(), true),
        (say.told_sales(), true),
        (say.told_fees(), true),
        (say.told_taxes(), true),
    ];
    let rows = html! {
        @for quarter in 1..=4 {
            tr {
                th scope="row" data-label=(heads[0].0) { (quarter) }
                @for (end, head) in QUARTER.iter().zip(&heads[1..]) {
                    td.num data-label=(head.0) { (value(one, &format!("{end}{quarter}"))) }
                }
            }
        }
    };
    table(&format!("told-{n}"), &say.told_quarters(), &heads, rows)
}

/// What a field says, with its currency if it is an amount.
fn value(one: &Own, end: &str) -> String {
    let french = end.replace(QUARTER[3], TAX_IN_FRANCE);
    let Some(field) = one.field(end).or_else(|| one.field(&french)) else { return String::new() };
    match &field.currency {
        Some(currency) => format!("{} {currency}", field.value),
        None => field.value.clone(),
    }
}
