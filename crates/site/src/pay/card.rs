//! The form for a card.

use super::bill::Bill;
use super::path;
use crate::deals::thumb;
use crate::sandbox;
use kernel::Say;
use kit::form::Filled;
use kit::links;

use kit::parts::form::{form, post};
use kit::parts::{Active, Page, button, deadline, details, digits, error_summary, layout, submit_once, text};
use kit::visit::Visit;
use maud::{Markup, html};

pub(super) fn page(visit: &Visit, bill: &Bill, filled: &Filled) -> Markup {
    let say = &visit.say;
    let amount = say.money(bill.payment.amount);
    let labels =
        [("number", say.pay_card_number()), ("expiry", say.pay_card_expiry()), ("cvc", say.pay_card_cvc())];
    let body = html! {
        (error_summary(say, &filled.errors, &labels))
        h1 { (say.pay_title()) }
        p.pay-sum { span { (say.pay_to_pay()) } " " b.price { (amount) } }
        div.stack {
            @if let Some(until) = bill.deadline() {
                (deadline(say, &say.pay_within(), until, &say.pay_after_that(), visit.now))
            }
            (form(visit, &path(bill.payment.id, "pay"), fields(say, filled, &amount)))
            @if visit.app.web.sandbox { (details(&say.sandbox_cards(), sandbox::cards_table(say, "cards"))) }
            (details(&say.pay_what_for(), things(say, bill)))
            (details(&say.pay_cancel(), html! {
                p { (say.pay_cancel_text()) }
                (post(visit, &path(bill.payment.id, "cancel"), None, html! {
                    (submit_once(say, &button(say.pay_cancel_button()).danger()))
                }))
            }))
        }
    };
    let page = Page::titled(say.pay_title()).at(Active::Cart).narrow().noindex();
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

fn fields(say: &Say, filled: &Filled, amount: &str) -> Markup {
    let number = digits(say, filled, "number", say.pay_card_number());
    let expiry = text(say, filled, "expiry", say.pay_card_expiry());
    let cvc = digits(say, filled, "cvc", say.pay_card_cvc());
    html! {
        (number.autocomplete("cc-number").class("card-no").max(30).hint(say.pay_card_number_hint()))
        div.pair {
            (expiry.autocomplete("cc-exp").max(9).hint(say.pay_card_expiry_hint()))
            (cvc.autocomplete("cc-csc").max(4).hint(say.pay_card_cvc_hint()))
        }
        (submit_once(say, &button(say.pay_now(amount)).primary().wide().icon("lock")))
    }
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
        @for (order, _) in &bill.orders {
            p { a href=(links::order(order.id)) { (say.order_number(order.number.as_str())) } }
        }
    }
}
