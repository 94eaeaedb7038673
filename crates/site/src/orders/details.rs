//! What stands beside an order's timeline: the things, the money, the way they go, the other side.

use super::words;
use crate::countries;
use crate::deals::{People, case_page, thumb};
use kernel::{Money, Say};
use kit::links;
use kit::parts::people::seller_card;
use kit::parts::{Receipt, Tone, facts, notice, panel};
use market::orders::model::{Address, Delivery, Leg, Order, Shown, Side};
use maud::{Markup, html};

/// The things with what they cost, and where the money is.
pub(super) fn things(say: &Say, shown: &Shown) -> Markup {
    let (order, items) = (&shown.order, shown.legs.iter().filter(|l| l.is_item));
    let (total, part) = (say.money(order.total), say.money(order.seller_part()));
    let became = became(say, order, shown.side);
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
            @if let Some(receipt) = became { (receipt) }
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
    let receipt = Receipt::new()
        .line(say.order_items(), say.money(order.items))
        .line(say.cart_postage(), say.money(order.shipping))
        .line(say.cart_protection(), say.money(order.buyer_fee));
    if order.tax.is_zero() { receipt } else { receipt.line(say.order_tax(), say.money(order.tax)) }
}

/// What became of the money so far, where it is more than one thing.
fn became(say: &Say, order: &Order, side: Side) -> Option<Receipt> {
    let mut lines = Vec::new();
    if !order.refunded.is_zero() {
        let label = if side == Side::Buyer { say.order_back_to_you() } else { say.order_back_to_buyer() };
        lines.push((label, order.refunded));
    }
    if !order.charged_back.is_zero() {
        lines.push((say.order_taken_by_bank(), order.charged_back));
    }
    if !order.released.is_zero() && side != Side::Buyer {
        let label =
            if side == Side::Seller { say.order_released_to_you() } else { say.order_released_to_seller() };
        lines.push((label, order.released));
    }
    let told = order.refunded.amount > 0 || order.charged_back.amount > 0;
    told.then(|| {
        lines.into_iter().fold(Receipt::new(), |all, (label, money)| all.line(label, say.money(money)))
    })
}

/// What the seller gets of it.
fn sold(say: &Say, order: &Order) -> Receipt {
    let taken = |money: Money| say.money(Money::new(-money.amount, order.currency));
    let receipt = Receipt::new()
        .line(say.order_items(), say.money(order.items))
        .line(say.cart_postage(), say.money(order.shipping))
        .line(say.order_commission(), taken(order.commission));
    if order.tax_included.is_zero() {
        receipt
    } else {
        receipt.line(say.order_tax_included(), taken(order.tax_included))
    }
}

/// Why the money stays where it is, for both sides, and until when.
pub(super) fn holds(say: &Say, shown: &Shown) -> Markup {
    html! {
        @for held in &shown.held {
            (notice(Tone::Plain, &say.order_held_title(), html! {
                (say.by_key(&market::holds::told(held)))
                @if let Some(until) = held.until { " " (say.order_held_until(say.date_time(until))) }
            }))
        }
    }
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
            @for line in to.lines() { (line) br; }
            (countries::name(say, &to.country))
        }
    }
}

/// What the buyer says is wrong, and the way to where both sides talk about it.
pub(super) fn problem(say: &Say, shown: &Shown) -> Markup {
    let order = &shown.order;
    html! {
        @if order.problem.is_some() || shown.case.is_some() {
            (panel("problem", &say.order_problem_title(), html! {
                @if let Some(text) = &order.problem {
                    blockquote.prose dir="auto" { @for part in text.split('\n').filter(|p| !p.is_empty()) { p { (part) } } }
                }
                @if let Some(whole) = &shown.case {
                    p { a href=(case_page(order.id, "")) { (say.order_to_case(whole.entries.len())) } }
                }
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
