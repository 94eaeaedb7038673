//! Stripe, by a client of our own that sends what we need and reads what we use.
//!
//! Money is charged to our account and held there; sellers get transfers out of the charge, and are paid out when we say
//! so. Every request is judged against Stripe's official description in the tests.

mod accounts;
mod amount;
mod client;
mod disputes;
mod engine;
mod events;
mod form;
mod lines;
mod payments;
mod payouts;
mod refunds;
mod signature;
mod tax;
#[cfg(test)]
mod tests;
mod transfers;

pub use client::Places;
pub use engine::StripeTax;
pub use tax::{Counted, CountedLine};

use super::provider::{
    Answering, Caps, CardForm, Evidence, Exhibit, Lines, LookUp, NewAccount, NewPayment, NewPayout,
    NewRefund, NewReversal, NewTransfer, PayWay, Provider, ProviderAccount, ProviderBalance, ProviderDispute,
    ProviderError, ProviderEvent, ProviderPayment, ProviderPayout, ProviderRefund, ProviderTransfer,
    SignatureError, Unreadable, Way,
};
use client::Client;
use kernel::{Moment, PaymentId};
use platform::config::Secret;
use platform::outgoing::Wire;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use time::Duration;

/// Stripe forgets keys after at least a day.
const KEY_LIFETIME: Duration = Duration::hours(24);

/// What Stripe gave us to know each other by.
#[derive(Clone, Debug)]
pub struct Keys {
    /// For calls.
    pub secret: Secret,
    /// For webhooks: of each endpoint, and of the time before they were changed.
    pub webhooks: Vec<Secret>,
}

/// A marketplace's account at Stripe.
pub struct Stripe {
    name: &'static str,
    client: Client,
    webhooks: Vec<Secret>,
    form: Option<Arc<dyn CardForm>>,
}

impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Stripe {
    /// `name`: "stripe", or what stands in its place. `wire`: what calls go through.
    pub fn new(name: &'static str, wire: Arc<dyn Wire>, places: Places, keys: Keys) -> Self {
        Self { name, client: Client::new(wire, places, keys.secret), webhooks: keys.webhooks, form: None }
    }

    /// With a form of ours in the place of Stripe's field: for test cards only.
    #[must_use]
    pub fn with_form(self, form: Arc<dyn CardForm>) -> Self {
        Self { form: Some(form), ..self }
    }

    /// Understands a payment intent.
    ///
    /// # Errors
    /// `Unknown` when it cannot be read.
    pub fn read_payment(&self, intent: Value) -> Result<ProviderPayment, ProviderError> {
        payments::read(intent)
    }

    async fn find_payment_by(&self, reference: &str) -> Result<LookUp<ProviderPayment>, ProviderError> {
        payments::get(&self.client, reference).await.map(LookUp::Found)
    }
}

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        self.name
    }

    fn caps(&self) -> Caps {
        Caps {
            way: Way::Connected,
            key_lifetime: Some(KEY_LIFETIME),
            refund_keys: true,
            reversals: true,
            disputes: Evidence::Fields(disputes::EVIDENCE),
            tax: true,
            smallest: amount::smallest,
            step: amount::step,
            pay: if self.form.is_some() { PayWay::OurForm } else { PayWay::Element },
        }
    }

    fn create_payment<'a>(&'a self, key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::create(&self.client, key, new))
    }

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::get(&self.client, reference))
    }

    /// Stripe's search knows of a payment minutes after it was made: without its id we cannot be sure.
    fn find_payment<'a>(
        &'a self,
        _ours: PaymentId,
        reference: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        match reference {
            Some(reference) => Box::pin(self.find_payment_by(reference)),
            None => Box::pin(std::future::ready(Ok(LookUp::Unsure))),
        }
    }

    fn cancel_payment<'a>(&'a self, key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::cancel(&self.client, key, reference))
    }

    fn refund<'a>(&'a self, key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::create(&self.client, key, new))
    }

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::get(&self.client, reference))
    }

    fn find_refund<'a>(
        &'a self,
        new: &'a NewRefund,
        _since: Moment,
    ) -> Answering<'a, LookUp<ProviderRefund>> {
        Box::pin(refunds::find(&self.client, new))
    }

    fn transfer<'a>(&'a self, key: &'a str, new: &'a NewTransfer) -> Answering<'a, ProviderTransfer> {
        Box::pin(transfers::create(&self.client, key, new))
    }

    fn find_transfer<'a>(&'a self, new: &'a NewTransfer) -> Answering<'a, LookUp<ProviderTransfer>> {
        Box::pin(transfers::find(&self.client, new))
    }

    fn reverse<'a>(&'a self, key: &'a str, new: &'a NewReversal) -> Answering<'a, ProviderTransfer> {
        Box::pin(transfers::reverse(&self.client, key, new))
    }

    fn find_reversal<'a>(&'a self, new: &'a NewReversal) -> Answering<'a, LookUp<ProviderTransfer>> {
        Box::pin(transfers::find_reversal(&self.client, new))
    }

    fn pay_out<'a>(&'a self, key: &'a str, new: &'a NewPayout) -> Answering<'a, ProviderPayout> {
        Box::pin(payouts::create(&self.client, key, new))
    }

    fn get_payout<'a>(&'a self, account: &'a str, reference: &'a str) -> Answering<'a, ProviderPayout> {
        Box::pin(payouts::get(&self.client, account, reference))
    }

    fn find_payout<'a>(&'a self, new: &'a NewPayout, since: Moment) -> Answering<'a, LookUp<ProviderPayout>> {
        Box::pin(payouts::find(&self.client, new, since))
    }

    fn open_account<'a>(&'a self, key: &'a str, new: &'a NewAccount) -> Answering<'a, ProviderAccount> {
        Box::pin(accounts::open(&self.client, key, new))
    }

    fn get_account<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderAccount> {
        Box::pin(accounts::get(&self.client, reference))
    }

    fn account_link<'a>(&'a self, reference: &'a str, back: &'a str) -> Answering<'a, Option<String>> {
        Box::pin(async move { accounts::link(&self.client, reference, back).await.map(Some) })
    }

    fn get_dispute<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::get(&self.client, reference))
    }

    fn answer_dispute<'a>(
        &'a self,
        key: &'a str,
        reference: &'a str,
        evidence: &'a [(String, Exhibit)],
        submit: bool,
    ) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::answer(&self.client, key, reference, evidence, submit))
    }

    fn accept_dispute<'a>(&'a self, key: &'a str, reference: &'a str) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::accept(&self.client, key, reference))
    }

    fn balance<'a>(&'a self, account: Option<&'a str>) -> Answering<'a, Vec<ProviderBalance>> {
        Box::pin(lines::balance(&self.client, account))
    }

    fn lines<'a>(&'a self, account: Option<&'a str>, after: Option<&'a str>) -> Answering<'a, Lines> {
        Box::pin(lines::lines(&self.client, account, after))
    }

    /// As Stripe's libraries do, a time in the future is taken: their clock may be ahead of ours.
    fn verify_webhook(
        &self,
        headers: &[(String, String)],
        raw: &[u8],
        now: Moment,
    ) -> Result<String, SignatureError> {
        signature::verify(&self.webhooks, headers, raw, now)?;
        events::id(raw).ok_or(SignatureError::Malformed("event id"))
    }

    fn read_event(&self, id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
        events::read(id, raw)
    }

    fn card_form(&self) -> Option<&dyn CardForm> {
        self.form.as_deref()
    }
}
