//! The page on which a card is typed into a field of the card company's. It alone may load that company's script.

use super::bill::Bill;
use super::{path, sheet};
use axum::http::{HeaderValue, header};
use kit::answer::Answer;
use kit::headers;
use kit::parts::{Tone, button, notice};
use kit::visit::Visit;
use market::payments::model::{PaymentState, failure_key};
use maud::{Markup, html};
use platform::config::{Secret, Stripe};

/// The field. `secret` is the buyer's, and nobody else's.
pub(super) fn answer(visit: &Visit, bill: &Bill, secret: Option<&Secret>) -> Answer {
    let settings = &visit.app.market.config.stripe;
    let (Some(secret), Some(key)) = (secret, settings.publishable_key.as_deref()) else {
        return away(visit, bill);
    };
    let policy = headers::with_field(&settings.js_url, &settings.api_url);
    let answer = Answer::page(page(visit, bill, settings, key, secret)).secret();
    match HeaderValue::try_from(policy) {
        Ok(policy) => answer.header(header::CONTENT_SECURITY_POLICY, policy),
        Err(_) => away(visit, bill),
    }
}

/// The provider does not answer: nothing can be paid for now.
pub(super) fn away(visit: &Visit, bill: &Bill) -> Answer {
    let say = &visit.say;
    let way = notice(Tone::Danger, &say.pay_away_title(), html! { (say.pay_away_text()) });
    Answer::page(sheet::page(visit, bill, (&say.pay_title(), &html! {}), false, way)).secret()
}

fn page(visit: &Visit, bill: &Bill, settings: &Stripe, key: &str, secret: &Secret) -> Markup {
    let say = &visit.say;
    let back = visit.app.web.absolute(&path(bill.payment.id, "return"));
    let failure = bill.payment.failure.as_deref().filter(|_| bill.payment.state == PaymentState::Failed);
    let way = html! {
        @if let Some(code) = failure {
            (notice(Tone::Danger, &say.pay_failed_title(), html! { (say.by_key(&failure_key(code))) }))
        }
        payment-field data-script=(settings.js_url) data-key=(key) data-secret=(secret.reveal()) data-back=(back)
            data-failed=(say.pay_field_failed()) data-busy=(say.pay_field_busy()) {
            // Taken away by the script: also where it did not arrive, the page says what it needs.
            div data-no-script {
                (notice(Tone::Plain, &say.pay_no_script_title(), html! { (say.pay_no_script_text()) }))
            }
            div data-place {}
            p.err role="alert" data-error hidden {}
            div data-go hidden { (button(say.pay_now(say.money(bill.payment.amount))).primary().wide().icon("lock")) }
        }
        p.hint { (say.pay_field_text()) }
    };
    sheet::page(visit, bill, (&say.pay_title(), &html! {}), false, way)
}
