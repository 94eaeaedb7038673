//! The form for a card: the sandbox's.

use super::bill::Bill;
use super::{path, sheet};
use crate::sandbox;
use kernel::Say;
use kit::form::Filled;
use kit::parts::form::form;
use kit::parts::{button, details, digits, error_summary, submit_once, text};
use kit::visit::Visit;
use maud::{Markup, html};

pub(super) fn page(visit: &Visit, bill: &Bill, filled: &Filled) -> Markup {
    let say = &visit.say;
    let amount = say.money(bill.payment.amount);
    let labels =
        [("number", say.pay_card_number()), ("expiry", say.pay_card_expiry()), ("cvc", say.pay_card_cvc())];
    let summary = error_summary(say, &filled.errors, &labels);
    let way = html! {
        (form(visit, &path(bill.payment.id, "pay"), fields(say, filled, &amount)))
        @if visit.app.web.sandbox { (details(&say.sandbox_cards(), sandbox::cards_table(say, "cards"))) }
    };
    sheet::page(visit, bill, (&say.pay_title(), &summary), !filled.errors.is_empty(), way)
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
