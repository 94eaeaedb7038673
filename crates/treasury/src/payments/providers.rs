//! The providers that are set up: which one a currency is paid through, and which one a payment was opened with.

use super::model::Payment;
use super::paystack::{self, Paystack};
use super::provider::Provider;
use super::sandbox::Sandbox;
use super::stripe::{self, Places, Stripe};
use super::trace::Noting;
use kernel::{Currency, Money, PaymentId, Refusal};
use platform::Db;
use platform::config::{Config, PaymentProvider};
use platform::crypto::Key;
use platform::outgoing::{Outgoing, OutgoingError, Url, Wire};
use std::sync::Arc;

/// Stripe's short name.
const STRIPE: &str = "stripe";

/// Why the providers cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error("{0} is not an address")]
    Address(String),
}

#[derive(Clone, Debug)]
struct Known {
    provider: Arc<dyn Provider>,
    /// What is paid through it; everything that nobody else takes if there are none.
    currencies: Vec<Currency>,
}

/// Everybody who may hold money for us. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Providers {
    all: Arc<[Known]>,
    sandbox: Option<Sandbox>,
    /// Who can count taxes, if it is one of them.
    stripe: Option<Arc<Stripe>>,
    /// Where the marketplace is, for whoever comes back from a provider's page.
    base: Arc<str>,
}

impl Providers {
    /// As the settings say. `key`: what the sandbox's secrets are made of.
    ///
    /// # Errors
    /// [`SetUpError`].
    pub fn load(config: &Config, db: &Db, key: &Key) -> Result<Self, SetUpError> {
        let base = &config.server.base_url;
        match config.payments.provider {
            PaymentProvider::Sandbox => Ok(Self::of_sandbox(Sandbox::new(db, key, base), base)),
            PaymentProvider::Live => live(config, db),
        }
    }

    /// The sandbox, for every currency.
    pub fn of_sandbox(sandbox: Sandbox, base: &str) -> Self {
        let stripe = sandbox.provider();
        let provider: Arc<dyn Provider> = Arc::<Stripe>::clone(&stripe);
        let known = Known { provider, currencies: Vec::new() };
        Self { all: Arc::new([known]), sandbox: Some(sandbox), stripe: Some(stripe), base: Arc::from(base) }
    }

    /// One provider, for every currency: for tests.
    pub fn of(provider: Arc<dyn Provider>, base: &str) -> Self {
        let known = Known { provider, currencies: Vec::new() };
        Self { all: Arc::new([known]), sandbox: None, stripe: None, base: Arc::from(base) }
    }

    /// The same providers on the same database at another time: for the demo's past.
    #[must_use]
    pub fn on(&self, db: &Db) -> Self {
        match &self.sandbox {
            Some(sandbox) => Self::of_sandbox(sandbox.on(db), &self.base),
            None => self.clone(),
        }
    }

    /// The same, with another one before them that takes these currencies: for tests.
    #[must_use]
    pub fn behind(&self, provider: Arc<dyn Provider>, currencies: Vec<Currency>) -> Self {
        let mut all = vec![Known { provider, currencies }];
        all.extend(self.all.iter().cloned());
        Self { all: all.into(), ..self.clone() }
    }

    /// By its short name.
    pub fn named(&self, name: &str) -> Option<&dyn Provider> {
        self.all().find(|provider| provider.name() == name)
    }

    /// Who takes payments in this currency.
    pub fn of_currency(&self, currency: Currency) -> Option<&dyn Provider> {
        let takes = |known: &&Known| known.currencies.contains(&currency);
        let known = self.all.iter().find(takes).or_else(|| self.all.iter().find(|k| k.currencies.is_empty()));
        known.map(|known| &*known.provider)
    }

    /// Whether anybody takes payments in this currency. Errors: `Conflict("currency-not-payable")`.
    pub fn take(&self, currency: Currency) -> Result<(), Refusal> {
        match self.of_currency(currency) {
            Some(_) => Ok(()),
            None => Err(Refusal::Conflict("currency-not-payable")),
        }
    }

    /// Who takes a payment of this amount. Errors: `Conflict` with `currency-not-payable` or `amount-not-payable`.
    pub fn of_amount(&self, amount: Money) -> Result<&dyn Provider, Refusal> {
        let provider = self.of_currency(amount.currency).ok_or(Refusal::Conflict("currency-not-payable"))?;
        let caps = provider.caps();
        let step = (caps.step)(amount.currency).max(1);
        if amount.amount < (caps.smallest)(amount.currency) || amount.amount % step != 0 {
            return Err(Refusal::Conflict("amount-not-payable"));
        }
        Ok(provider)
    }

    /// Who pays out to banks of this country, out of a list of its own.
    pub fn of_banks(&self, country: &str) -> Option<&dyn Provider> {
        self.all().find(|provider| provider.bank_countries().contains(&country))
    }

    /// Whom a payment was opened with. Errors: `Unavailable` when they are not set up any more.
    pub fn of_payment(&self, payment: &Payment) -> Result<&dyn Provider, Refusal> {
        self.named(&payment.provider).ok_or(Refusal::Unavailable("payments"))
    }

    pub fn all(&self) -> impl Iterator<Item = &dyn Provider> {
        self.all.iter().map(|known| &*known.provider)
    }

    /// The sandbox, if payments are simulated.
    pub const fn sandbox(&self) -> Option<&Sandbox> {
        self.sandbox.as_ref()
    }

    /// Stripe, or the sandbox that stands in its place: for counting taxes.
    pub const fn stripe(&self) -> Option<&Arc<Stripe>> {
        self.stripe.as_ref()
    }

    /// Where a buyer comes back to from a provider's page.
    pub fn back_to(&self, payment: PaymentId) -> String {
        format!("{}/checkout/{payment}/return", self.base)
    }
}

fn live(config: &Config, db: &Db) -> Result<Providers, SetUpError> {
    let base = &config.server.base_url;
    let wire: Arc<dyn Wire> = Arc::new(Noting(Arc::new(Outgoing::new(config)?)));
    let (mut all, mut counts) = (Vec::new(), None);
    if let Some(secret) = &config.paystack.secret_key {
        let keys = paystack::Keys { secret: secret.clone(), old: config.paystack.old_secret_key.clone() };
        let relay = address(base)?.host_str().unwrap_or("localhost").to_owned();
        let at = address(&config.paystack.api_url)?;
        let paystack = Paystack::new(Arc::clone(&wire), at, keys, &relay, db.clock().clone());
        all.push(Known { provider: Arc::new(paystack), currencies: config.paystack.currencies.clone() });
    }
    if let Some(secret) = &config.stripe.secret_key {
        let keys = stripe::Keys { secret: secret.clone(), webhooks: config.stripe.webhook_secrets.clone() };
        let places =
            Places { api: address(&config.stripe.api_url)?, files: address(&config.stripe.files_url)? };
        let stripe = Arc::new(Stripe::new(STRIPE, wire, places, keys));
        all.push(Known { provider: Arc::<Stripe>::clone(&stripe), currencies: config.stripe_currencies() });
        counts = Some(stripe);
    }
    Ok(Providers { all: all.into(), sandbox: None, stripe: counts, base: Arc::from(base.as_str()) })
}

fn address(text: &str) -> Result<Url, SetUpError> {
    text.parse().map_err(|_| SetUpError::Address(text.to_owned()))
}
