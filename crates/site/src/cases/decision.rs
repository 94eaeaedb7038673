//! What staff decided and why, and how to appeal.

use super::page::Found;
use crate::deals::key;
use crate::orders::words;
use kit::links;
use kit::parts::form::post;
use kit::parts::{button, date_time, panel as boxed, submit_once};
use kit::visit::Visit;
use market::cases::model::Ruling;
use maud::{Markup, html};

/// The steps by which a side answers a decision.
const ANSWERS: [&str; 4] = ["appeal_by_buyer", "appeal_by_seller", "accept_ruling", "accept_ruling_by_buyer"];

/// Nothing while nothing was decided.
pub(super) fn panel(visit: &Visit, found: &Found) -> Markup {
    let say = &visit.say;
    if found.whole.rulings.is_empty() {
        return html! {};
    }
    boxed(
        "decision",
        &say.case_decision(),
        html! {
            @for ruling in &found.whole.rulings { (decided(visit, found, ruling)) }
            @for step in ANSWERS.into_iter().filter(|step| found.offers(step)) { (answer(visit, found, step)) }
        },
    )
}

fn decided(visit: &Visit, found: &Found, ruling: &Ruling) -> Markup {
    let (say, order) = (&visit.say, &found.shown.order);
    html! {
        article.case-said {
            p.meta {
                b { @if ruling.n == 1 { (say.case_decided_first()) } @else { (say.case_decided_finally()) } }
                " " (date_time(say, ruling.at))
            }
            p { b { (say.by_key(&key("case-verdict", ruling.verdict.name()))) } }
            @if let Some(refund) = ruling.refund {
                @let (back, rest) = words::split(order, None, Some(refund));
                p { (say.case_split(say.money(back), say.money(rest))) }
            }
            blockquote.prose dir="auto" {
                @for part in ruling.reasons.split('\n').filter(|part| !part.is_empty()) { p { (part) } }
            }
        }
    }
}

/// What it does stands before its button.
fn answer(visit: &Visit, found: &Found, step: &str) -> Markup {
    let (say, order) = (&visit.say, &found.shown.order);
    let (back, rest) = words::split(order, Some(&found.whole), None);
    let args = [
        ("total", say.money(order.total).into()),
        ("part", say.money(order.seller_part()).into()),
        ("back", say.money(back).into()),
        ("rest", say.money(rest).into()),
    ];
    let asked = say.by_key_with(&key("order-ask", step), args);
    post(
        visit,
        &links::order_step(order.id, step),
        None,
        html! {
            p { (asked) }
            div.acts { (submit_once(say, &button(say.by_key(&key("order-do", step))))) }
        },
    )
}
