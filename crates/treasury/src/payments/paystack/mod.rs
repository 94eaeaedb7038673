//! Paystack: payments in Nigeria, Ghana, Kenya and South Africa, on a page of Paystack's. All money stands in our one
//! balance there, and sellers are paid from it to their banks.
//!
//! It has no idempotency keys. Payments and payouts carry our ids as references, so each can be asked for; a refund is
//! looked for in a list, and one that is not there is believed to be absent only after ten minutes.

mod client;
mod directory;
mod disputes;
mod events;
mod lines;
mod payments;
mod payouts;
mod recipients;
mod refunds;
mod said;
mod signature;
#[cfg(test)]
mod heard;
#[cfg(test)]
mod official;
#[cfg(test)]
mod tests;

use super::provider::{
    Answering, Bank, Caps, Evidence, Exhibit, Lines, LookUp, NewAccount, NewPayment, NewPayout, NewRefund,
    PayWay, Provider, ProviderAccount, ProviderBalance, ProviderDispute, ProviderEvent, ProviderPayment,
    ProviderPayout, ProviderRefund, RefundTo, SignatureError, Unreadable, Way,
};
use client::Client;
use directory::Directory;
use kernel::{Clock, Currency, Moment, PaymentId};
use platform::config::Secret;
use platform::outgoing::{Url, Wire};
use std::fmt;
use std::sync::Arc;

/// Paystack's short name.
pub const NAME: &str = "paystack";

/// The secret key asks, and signs what Paystack tells; while it is changed, the one before signs too.
#[derive(Clone, Debug)]
pub struct Keys {
    pub secret: Secret,
    pub old: Option<Secret>,
}

/// Paystack. Cheap to clone.
#[derive(Clone)]
pub struct Paystack {
    client: Client,
    keys: Keys,
    relay: Arc<str>,
    clock: Clock,
    directory: Directory,
}

impl fmt::Debug for Paystack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paystack")
    }
}

impl Paystack {
    /// `base`: where it is asked. `relay`: a domain of ours; Paystack insists on an address for each payer, and who did
    /// not agree to give theirs has one there.
    pub fn new(wire: Arc<dyn Wire>, base: Url, keys: Keys, relay: &str, clock: Clock) -> Self {
        let client = Client::new(wire, base, keys.secret.clone());
        Self { client, keys, relay: Arc::from(relay), clock, directory: Directory::default() }
    }
}

/// The least that Paystack takes, minor units (its table of currencies). What it does not take at all is out of reach.
fn smallest(currency: Currency) -> i64 {
    match currency.code() {
        "NGN" => 5_000,
        "GHS" => 10,
        "KES" => 300,
        "ZAR" => 100,
        _ => i64::MAX,
    }
}

impl Provider for Paystack {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        Caps {
            way: Way::Direct,
            key_lifetime: None,
            refund_keys: false,
            reversals: false,
            disputes: Evidence::Upload,
            tax: false,
            smallest,
            step: |_| 1,
            pay: PayWay::TheirPage,
        }
    }

    fn create_payment<'a>(&'a self, _key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::create(&self.client, &self.relay, new))
    }

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::get(&self.client, reference))
    }

    fn find_payment<'a>(
        &'a self,
        ours: PaymentId,
        _reference: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        Box::pin(payments::find(&self.client, ours))
    }

    fn cancel_payment<'a>(&'a self, _key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(payments::cancel(&self.client, reference))
    }

    fn refund<'a>(&'a self, _key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::make(&self.client, new))
    }

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::get(&self.client, reference))
    }

    fn find_refund<'a>(&'a self, new: &'a NewRefund, since: Moment) -> Answering<'a, LookUp<ProviderRefund>> {
        Box::pin(refunds::find(&self.client, new, since, self.clock.now()))
    }

    fn refund_to<'a>(&'a self, _key: &'a str, new: &'a RefundTo) -> Answering<'a, ProviderRefund> {
        Box::pin(async move {
            let (bank, to) = (recipients::bank_id(&self.client, &new.bank).await?, &new.bank);
            refunds::again(&self.client, &new.refund, to.currency, &to.number, &bank).await
        })
    }

    fn pay_out<'a>(&'a self, _key: &'a str, new: &'a NewPayout) -> Answering<'a, ProviderPayout> {
        Box::pin(payouts::make(&self.client, new))
    }

    fn get_payout<'a>(&'a self, _account: &'a str, reference: &'a str) -> Answering<'a, ProviderPayout> {
        Box::pin(payouts::get(&self.client, reference))
    }

    fn find_payout<'a>(
        &'a self,
        new: &'a NewPayout,
        _since: Moment,
    ) -> Answering<'a, LookUp<ProviderPayout>> {
        Box::pin(payouts::find(&self.client, new.ours))
    }

    fn open_account<'a>(&'a self, _key: &'a str, new: &'a NewAccount) -> Answering<'a, ProviderAccount> {
        Box::pin(recipients::open(&self.client, new))
    }

    fn get_account<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderAccount> {
        Box::pin(recipients::get(&self.client, reference))
    }

    fn account_link<'a>(&'a self, _reference: &'a str, _back: &'a str) -> Answering<'a, Option<String>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn bank_countries(&self) -> &'static [&'static str] {
        &recipients::COUNTRIES
    }

    fn check_bank<'a>(&'a self, bank: &'a Bank) -> Answering<'a, ()> {
        Box::pin(async move {
            recipients::check(&self.client, bank).await?;
            Ok(())
        })
    }

    fn banks<'a>(&'a self, country: &'a str) -> Answering<'a, Vec<(String, String)>> {
        Box::pin(self.directory.banks(country, self.clock.now(), recipients::banks(&self.client, country)))
    }

    fn get_dispute<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::get(&self.client, reference))
    }

    fn answer_dispute<'a>(
        &'a self,
        _key: &'a str,
        reference: &'a str,
        evidence: &'a [(String, Exhibit)],
        submit: bool,
    ) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::answer(&self.client, reference, evidence, submit))
    }

    fn accept_dispute<'a>(&'a self, _key: &'a str, reference: &'a str) -> Answering<'a, ProviderDispute> {
        Box::pin(disputes::accept(&self.client, reference))
    }

    /// There is one balance, ours; an account there is a name and a bank.
    fn balance<'a>(&'a self, _account: Option<&'a str>) -> Answering<'a, Vec<ProviderBalance>> {
        Box::pin(lines::balance(&self.client))
    }

    fn cursor_at(&self, moment: Moment) -> Option<String> {
        Some(lines::since(moment))
    }

    fn lines<'a>(&'a self, _account: Option<&'a str>, after: Option<&'a str>) -> Answering<'a, Lines> {
        Box::pin(lines::lines(&self.client, after))
    }

    fn verify_webhook(
        &self,
        headers: &[(String, String)],
        raw: &[u8],
        _now: Moment,
    ) -> Result<String, SignatureError> {
        signature::verify(&self.keys, headers, raw)
    }

    fn read_event(&self, id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
        events::read(id, raw)
    }
}
