//! The page that a buyer's bank would show (3-D Secure), played by the sandbox.

use kit::links;
use kit::parts::form::form;
use kit::parts::icon::icon;
use kit::parts::notice::Tone;
use kit::parts::{Page, acts_stack, button, facts, layout, notice, submit_once, tag};
use kit::visit::Visit;
use market::payments::model::Payment;
use maud::{Markup, html};

pub(super) fn page(visit: &Visit, payment: &Payment) -> Markup {
    let (say, web) = (&visit.say, &visit.app.web);
    let known = [
        (say.bank_shop(), html! { (web.brand.name) }),
        (say.bank_amount(), html! { (say.money(payment.amount)) }),
        (say.bank_date(), html! { (kit::parts::date_time(say, visit.now)) }),
    ];
    let body = html! {
        section.bank aria-labelledby="bank" {
            p.bank-head { (icon("bank")) " " span { (say.bank_name()) } (tag("", &say.bank_test())) }
            h1 #bank { (say.bank_title()) }
            (facts(&known))
            (notice(Tone::Plain, "", html! { (say.bank_text()) }))
            (form(visit, &links::pay_confirm(payment.id), acts_stack(html! {
                (submit_once(say, &button(say.bank_approve()).primary().wide().value("answer", "approve")))
                (button(say.bank_refuse()).wide().value("answer", "refuse"))
            })))
        }
    };
    layout(visit, Page::titled(say.bank_title()).narrow().noindex(), body)
}
