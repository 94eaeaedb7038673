//! Paying by a card from our own form: what a real provider's field in the page does by itself.

use super::super::card::Card;
use super::super::provider::{Answering, CardForm, ProviderError, ProviderPayment};
use super::super::stripe::Stripe;
use kernel::{Clock, FieldErrors};
use serde_json::{Value, json};
use simulator::{Answered, Asked, World};

/// The fee stands on the charge's own line of the statement.
const WITH_FEE: &str = "latest_charge.balance_transaction";

/// The door of the test bank.
pub(super) struct Door {
    world: World,
    /// Reads what was answered.
    stripe: Stripe,
    clock: Clock,
}

impl Door {
    pub(super) const fn new(world: World, stripe: Stripe, clock: Clock) -> Self {
        Self { world, stripe, clock }
    }

    async fn open(&self, page: &str, mut body: Value) -> Result<ProviderPayment, ProviderError> {
        body["expand"] = json!([WITH_FEE]);
        let asked =
            Asked::new("POST", &format!("/_sim/door/{page}")).with_body("application/json", body.to_string());
        let answered = simulator::answer(&self.world, asked).await;
        match answered.status {
            200 => self.stripe.read_payment(answered.value()),
            _ => Err(refused(&answered)),
        }
    }
}

fn refused(answered: &Answered) -> ProviderError {
    let code = answered.value().pointer("/error/code").and_then(Value::as_str).map(str::to_owned);
    if answered.status >= 500 {
        return ProviderError::Unknown(format!("status {}", answered.status));
    }
    ProviderError::Invalid {
        detail: code.unwrap_or_else(|| format!("status {}", answered.status)),
        fields: FieldErrors::none(),
    }
}

impl CardForm for Door {
    fn confirm<'a>(&'a self, reference: &'a str, card: &'a Card) -> Answering<'a, ProviderPayment> {
        Box::pin(async move {
            card.check(self.clock.now()).map_err(|fields| ProviderError::Invalid {
                detail: "the card has mistakes".to_owned(),
                fields,
            })?;
            let (month, year) = card.date();
            let body = json!({ "payment": reference, "number": card.digits(), "exp_month": month, "exp_year": year });
            self.open("confirm", body).await
        })
    }

    fn answer_challenge<'a>(&'a self, reference: &'a str, passed: bool) -> Answering<'a, ProviderPayment> {
        Box::pin(self.open("challenge", json!({ "payment": reference, "passed": passed })))
    }
}
