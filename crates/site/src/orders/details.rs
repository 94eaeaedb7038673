//! What stands beside an order's timeline: the things, the money, the way they go, the other side.

use super::words;
use crate::countries;
use crate::deals::{People, thumb};
use kernel::{Money, Say};
use kit::links;
use kit::parts::people::seller_card;
use kit::parts::{Receipt, facts, panel};
use market::orders::model::{Address, Delivery, Leg, Order, Shown, Side};
use maud::{Markup, html};

/// The things with what they cost, and where the money is.
pub(super) fn things(say: &Say, shown: &Shown) -> Markup {
    let (order, items) = (&shown.order, shown.legs.iter().filter(|l| l.is_item));
    let (total, part) = (say.money(order.total), say.money(order.seller_part()));
    panel(
        "things",
        &say.order_things(),
        html! {
            ul.lines role="list" { @for leg in items { (line(say, leg)) } }
            @match shown.side {
                Side::Buyer => (bought(say, order).total(say.order_you_pay(), total)),
                Side::Seller => (sold(say, order).total(say.order_you_get(), part)),
                Side::Staff => {
                    (bought(say, order).total(say.order_total_buyer(), total))
                    (sold(say, order).total(say.order_total_seller(), part))
                },
            }
            p.hint { (words::money(say, order, shown.side)) }
        },
    )
}

fn line(say: &Say, leg: &Leg) -> Markup {
    let href = leg.listing.map(|id| links::listing("", id)).unwrap_or_default();
    html! {
        li.line {
            a.line-pic href=(href) tabindex="-1" aria-hidden="true" { (thumb(leg.photo_key.as_deref())) }
            div.line-text {
                h3 { a href=(href) { (leg.title) } }
                @if leg.quantity > 1 {
                    p.meta {
                        span { (say.order_pieces(leg.quantity)) }
                        @if let Some(unit) = leg.unit { span { (say.cart_each(say.money(unit))) } }
                    }
                }
            }
            div.line-end { p.price { (say.money(leg.amount)) } }
        }
    }
}

/// What the buyer pays.
fn bought(say: &Say, order: &Order) -> Receipt {
    Receipt::new()
        .line(say.order_items(), say.money(order.items))
        .line(say.cart_postage(), say.money(order.shipping))
        .line(say.cart_protection(), say.money(order.buyer_fee))
}

/// What the seller gets of it.
fn sold(say: &Say, order: &Order) -> Receipt {
    let taken = Money::new(-order.commission.amount, order.currency);
    Receipt::new()
        .line(say.order_items(), say.money(order.items))
        .line(say.cart_postage(), say.money(order.shipping))
        .line(say.order_commission(), say.money(taken))
}

/// How the things change hands.
pub(super) fn delivery(say: &Say, order: &Order) -> Markup {
    let carrier = order.carrier.as_ref().map(|c| (say.order_carrier(), html! { (c) }));
    let tracking = order.tracking.as_ref().map(|t| (say.order_tracking(), html! { code { (t) } }));
    let known: Vec<_> = [carrier, tracking].into_iter().flatten().collect();
    panel(
        "delivery",
        &say.order_delivery(),
        html! {
            @match &order.delivery {
                Delivery::Ship(to) => (address(say, to)),
                Delivery::Meet => p { (say.order_meet_text()) },
            }
            @if !known.is_empty() { (facts(&known)) }
        },
    )
}

fn address(say: &Say, to: &Address) -> Markup {
    html! {
        address {
            bdi { (to.name) } br;
            (to.line1) br;
            @if !to.line2.is_empty() { (to.line2) br; }
            (to.postcode) " " (to.town) br;
            (countries::name(say, &to.country))
        }
    }
}

/// What the buyer says is wrong.
pub(super) fn problem(say: &Say, order: &Order) -> Markup {
    html! {
        @if let Some(text) = &order.problem {
            (panel("problem", &say.order_problem_title(), html! {
                blockquote.prose dir="auto" { @for part in text.split('\n').filter(|p| !p.is_empty()) { p { (part) } } }
            }))
        }
    }
}

/// The other side; both for staff.
pub(super) fn parties(say: &Say, shown: &Shown, people: &People) -> Markup {
    let buyer = || party(say, &say.order_buyer(), "buyer", people, shown.order.buyer);
    let seller = || party(say, &say.order_seller(), "seller", people, shown.order.seller);
    match shown.side {
        Side::Buyer => seller(),
        Side::Seller => buyer(),
        Side::Staff => html! { (buyer()) (seller()) },
    }
}

fn party(say: &Say, title: &str, id: &str, people: &People, member: kernel::MemberId) -> Markup {
    html! {
        section.panel.sunken aria-labelledby=(id) {
            h2 id=(id) { (title) }
            (seller_card(say, &people.view(member)))
        }
    }
}
