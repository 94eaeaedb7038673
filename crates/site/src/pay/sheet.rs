//! What every page of a payment has: the sum, until when, what for, and the way out.

use super::bill::Bill;
use super::path;
use crate::deals::thumb;
use kernel::Say;
use kit::links;
use kit::parts::form::post;
use kit::parts::{Active, Page, button, deadline, details, layout, submit_once};
use kit::visit::Visit;
use maud::{Markup, html};

/// The page; `way` is how it is paid there, `before` stands above its title.
pub(super) fn page(
    visit: &Visit,
    bill: &Bill,
    (title, before): (&str, &Markup),
    has_errors: bool,
    way: Markup,
) -> Markup {
    let say = &visit.say;
    let body = html! {
        (before)
        h1 { (title) }
        p.pay-sum { span { (say.pay_to_pay()) } " " b.price { (say.money(bill.payment.amount)) } }
        div.stack {
            @if let Some(until) = bill.deadline() {
                (deadline(say, &say.pay_within(), until, &say.pay_after_that(), visit.now))
            }
            (way)
            (details(&say.pay_what_for(), things(say, bill)))
            (details(&say.pay_cancel(), html! {
                p { (say.pay_cancel_text()) }
                (post(visit, &path(bill.payment.id, "cancel"), None, html! {
                    (submit_once(say, &button(say.pay_cancel_button()).danger()))
                }))
            }))
        }
    };
    let page = Page::titled(title).at(Active::Cart).narrow().noindex();
    layout(visit, page.with_errors(has_errors), body)
}

/// What the payment is for.
fn things(say: &Say, bill: &Bill) -> Markup {
    html! {
        ul.lines role="list" {
            @for (order, legs) in &bill.orders {
                @for leg in legs {
                    li.line {
                        span.line-pic { (thumb(leg.photo_key.as_deref())) }
                        div.line-text {
                            p { (leg.title) }
                            p.meta {
                                span { (say.order_number(order.number.as_str())) }
                                @if leg.quantity > 1 { span { (say.order_pieces(leg.quantity)) } }
                            }
                        }
                        div.line-end { p.price { (say.money(leg.amount)) } }
                    }
                }
            }
        }
        @for (order, _) in bill.orders.iter().filter(|(order, _)| !order.tax.is_zero()) {
            p.meta { (say.order_tax()) ": " (say.money(order.tax)) }
        }
        @for (order, _) in &bill.orders {
            p { a href=(links::order(order.id)) { (say.order_number(order.number.as_str())) } }
        }
    }
}
