//! What came of a try to pay: the wait, the thanks, or the end.

use super::bill::Bill;
use super::path;
use crate::deals::thumb;
use crate::orders::words;
use kernel::Say;
use kit::links;
use kit::parts::{Active, Button, Empty, Page, Tone, acts, empty, layout, link, notice};
use kit::visit::Visit;
use market::orders::model::{Delivery, Leg, Order};
use market::payments::model::{Payment, PaymentState};
use maud::{Markup, html};

/// The id of the piece that scripts ask for while the payment takes its time.
pub(super) const PIECE: &str = "pay-state";

/// The payment is on its way; the page looks after it by itself where scripts run.
pub(super) fn waiting(visit: &Visit, payment: &Payment) -> Markup {
    let say = &visit.say;
    let body = html! {
        live-refresh data-target=(PIECE) data-every="2" data-until="paid failed" { (piece(visit, payment)) }
    };
    layout(visit, Page::titled(say.pay_wait_title()).at(Active::Cart).narrow().noindex(), body)
}

/// The piece: how it stands, and where to go when that is settled.
pub(super) fn piece(visit: &Visit, payment: &Payment) -> Markup {
    let say = &visit.say;
    let (state, next) = match payment.state {
        PaymentState::Processing => ("processing", None),
        PaymentState::Succeeded => ("paid", Some(path(payment.id, "done"))),
        _ => ("failed", Some(links::pay(payment.id))),
    };
    let (title, text) = match state {
        "processing" => (say.pay_wait_title(), say.pay_wait_text()),
        "paid" => (say.pay_done_title(), say.pay_wait_over()),
        _ => (say.pay_failed_title(), say.pay_wait_over()),
    };
    let label = if next.is_some() { say.pay_go_on() } else { say.pay_check_again() };
    html! {
        section id=(PIECE) .waiting data-state=(state) data-next=[next.as_ref()] {
            @if next.is_none() { span.spinner aria-hidden="true" {} }
            h1 { (title) }
            p { (text) }
            (link(next.unwrap_or_else(|| links::pay(payment.id)), label))
        }
    }
}

/// It is paid.
pub(super) fn thanks(visit: &Visit, bill: &Bill) -> Markup {
    let say = &visit.say;
    let ships = bill.orders.iter().any(|(o, _)| matches!(o.delivery, Delivery::Ship(_)));
    let next = if ships { say.pay_done_ship() } else { say.pay_done_meet() };
    let body = html! {
        div.head { div { h1 { (say.pay_done_title()) } p { (say.pay_done_text(say.money(bill.payment.amount))) } } }
        div.stack {
            (notice(Tone::Brand, "", html! { (next) }))
            ul.orders role="list" { @for (order, legs) in &bill.orders { (row(say, order, legs)) } }
            (acts(html! { (to_orders(say, bill).primary()) (link(links::home(), say.pay_done_home())) }))
        }
    };
    layout(visit, Page::titled(say.pay_done_title()).at(Active::Orders).medium().noindex(), body)
}

fn to_orders(say: &Say, bill: &Bill) -> Button {
    match bill.orders.as_slice() {
        [(order, _)] => link(links::order(order.id), say.pay_done_order()),
        _ => link(links::orders(), say.pay_done_all()),
    }
}

fn row(say: &Say, order: &Order, legs: &[Leg]) -> Markup {
    let photo = legs.iter().find_map(|l| l.photo_key.as_deref());
    html! {
        li.order {
            span.order-pic { (thumb(photo)) }
            div.order-text {
                h2 { a href=(links::order(order.id)) { (words::title(say, legs)) } }
                p.meta { span { (say.order_number(order.number.as_str())) } }
                (words::badge(say, order))
            }
            p.price { (say.money(order.total)) }
        }
    }
}

/// Nothing can be paid here any more.
pub(super) fn closed(visit: &Visit, bill: &Bill) -> Markup {
    let say = &visit.say;
    let late = bill.orders.iter().any(|(o, _)| o.state == "payment_expired");
    let (title, text) = match late {
        true => (say.pay_late_title(), say.pay_late_text()),
        false => (say.pay_closed_title(), say.pay_closed_text()),
    };
    let body = html! {
        h1 { (title) }
        (empty(&Empty {
            icon: "card",
            title: say.pay_nothing_charged(),
            text,
            action: Some(to_orders(say, bill).primary()),
        }))
    };
    let page = Page::titled(title.as_str()).at(Active::Cart).medium().noindex();
    layout(visit, page, body)
}
