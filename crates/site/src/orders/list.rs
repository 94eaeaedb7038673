//! The lists of one's purchases and sales.

use super::words;
use crate::deals::{People, thumb};
use kernel::{Cursor, Refusal};
use kit::answer::Answer;
use kit::form::Query;
use kit::links;
use kit::parts::{Active, Empty, Page, Tab, date_time, empty, layout, link, pager, tabs};
use kit::visit::{SignedIn, Visit};
use market::orders::model::{Leg, Order, Side};
use market::orders::rules as orders;
use maud::{Markup, html};
use serde::Deserialize;

/// Orders on one page.
const PAGE: usize = 20;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    r#as: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let side = if asked.r#as.as_deref() == Some("seller") { Side::Seller } else { Side::Buyer };
    let mut reader = me.read().await?;
    let cursor = asked.cursor.map(Cursor);
    let found = match orders::page(&mut reader, me.member().id, side, cursor.as_ref(), PAGE).await {
        // A cursor that somebody cut short: from the beginning.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(path(side))),
        other => other?,
    };
    let others = found.items.iter().map(|(order, _)| other(order, side));
    let people = People::find(&mut reader, others).await?;
    let next = found.next.map(|cursor| after(side, &cursor));
    Ok(Answer::page(page(&me, side, &found.items, &people, next.as_deref())))
}

fn path(side: Side) -> String {
    if side == Side::Seller { links::sales() } else { links::orders() }
}

/// The page after this one. A cursor is an order's id, so nothing in it needs escaping.
fn after(side: Side, cursor: &Cursor) -> String {
    let path = path(side);
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}cursor={}", cursor.0)
}

const fn other(order: &Order, side: Side) -> kernel::MemberId {
    if matches!(side, Side::Seller) { order.buyer } else { order.seller }
}

fn page(
    visit: &Visit,
    side: Side,
    found: &[(Order, Vec<Leg>)],
    people: &People,
    next: Option<&str>,
) -> Markup {
    let say = &visit.say;
    let tab = |at: Side, label: String| Tab { href: path(at), label, count: None, here: at == side };
    let sides = [tab(Side::Buyer, say.orders_buying()), tab(Side::Seller, say.orders_selling())];
    let title = if side == Side::Seller { say.orders_title_selling() } else { say.orders_title_buying() };
    let body = html! {
        h1 { (title) }
        (tabs(say, &say.orders_sides(), &sides))
        @if found.is_empty() { (nothing(visit, side)) } @else {
            ul.orders role="list" { @for (order, legs) in found { (row(visit, side, order, legs, people)) } }
            (pager(say, None, next))
        }
    };
    layout(visit, Page::titled(title.as_str()).at(Active::Orders).medium().noindex(), body)
}

fn nothing(visit: &Visit, side: Side) -> Markup {
    let say = &visit.say;
    let (icon, title, text, action) = match side {
        Side::Seller => (
            "tag",
            say.orders_none_sold(),
            say.orders_none_sold_text(),
            link(links::sell(), say.orders_none_sold_action()),
        ),
        Side::Buyer | Side::Staff => {
            let search = link(links::search().to_string(), say.orders_none_bought_action());
            ("box", say.orders_none_bought(), say.orders_none_bought_text(), search)
        }
    };
    empty(&Empty { icon, title, text, action: Some(action.primary()) })
}

fn row(visit: &Visit, side: Side, order: &Order, legs: &[Leg], people: &People) -> Markup {
    let say = &visit.say;
    let href = links::order(order.id);
    let photo = legs.iter().find_map(|l| l.photo_key.as_deref());
    let amount = if side == Side::Seller { order.seller_part() } else { order.total };
    html! {
        li.order {
            a.order-pic href=(href) tabindex="-1" aria-hidden="true" { (thumb(photo)) }
            div.order-text {
                h2 { a href=(href) { (words::title(say, legs)) } }
                p.meta {
                    span { (say.order_number(order.number.as_str())) }
                    span { bdi { (people.view(other(order, side)).name) } }
                    span { (date_time(say, order.created_at)) }
                }
                p { (words::badge(say, order)) }
                @if let Some(timer) = &order.timer {
                    @let when = words::when(say, timer.at, visit.now);
                    p.hint {
                        @if words::turn(order) == Some(side) { b { (say.orders_your_turn(when)) } }
                        @else { (say.orders_deadline(when)) }
                    }
                }
            }
            p.price { (say.money(amount)) }
        }
    }
}
