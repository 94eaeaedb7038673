//! The way to a page of the provider's, where it is paid.

use super::bill::Bill;
use super::sheet;
use kit::parts::{Tone, link, notice};
use kit::visit::Visit;
use market::payments::model::{PaymentState, failure_key};
use maud::{Markup, html};

/// A link, not a form: browsers do not follow a form of ours to another site.
pub(super) fn page(visit: &Visit, bill: &Bill, url: &str) -> Markup {
    let say = &visit.say;
    let failure = bill.payment.failure.as_deref().filter(|_| bill.payment.state == PaymentState::Failed);
    let way = html! {
        @if let Some(code) = failure {
            (notice(Tone::Danger, &say.pay_failed_title(), html! { (say.by_key(&failure_key(code))) }))
        }
        p { (say.pay_there_text()) }
        (link(url, say.pay_there(say.money(bill.payment.amount))).primary().wide().icon("lock"))
    };
    sheet::page(visit, bill, (&say.pay_there_title(), &html! {}), false, way)
}
