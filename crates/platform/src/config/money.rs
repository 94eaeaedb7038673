//! Who holds the money, and what is known of each provider: its keys, and where it is. Half of a provider is none.

use super::check::{Found, is_this_machine, note};
use super::{Config, Secret};
use kernel::Currency;
use serde::{Deserialize, Serialize};
use url::Url;

/// Who holds the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentProvider {
    /// Test cards, no real money.
    Sandbox,
    /// Those that are set up below; which one is used is decided by the currency.
    Live,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payments {
    pub provider: PaymentProvider,
}

impl Default for Payments {
    fn default() -> Self {
        Self { provider: PaymentProvider::Sandbox }
    }
}

/// Stripe. Without a secret key it is not used.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stripe {
    pub secret_key: Option<Secret>,
    /// For the field in the buyer's browser; no secret.
    pub publishable_key: Option<String>,
    /// Of our endpoint and of Connect's, each new one and the one before.
    pub webhook_secrets: Vec<Secret>,
    /// What the account settles without changing it into another currency; `market.currency` alone if there are none.
    pub currencies: Vec<Currency>,
    pub api_url: String,
    pub files_url: String,
    pub js_url: String,
}

impl Default for Stripe {
    fn default() -> Self {
        Self {
            secret_key: None,
            publishable_key: None,
            webhook_secrets: Vec::new(),
            currencies: Vec::new(),
            api_url: "https://api.stripe.com".to_owned(),
            files_url: "https://files.stripe.com".to_owned(),
            js_url: "https://js.stripe.com/v3/".to_owned(),
        }
    }
}

impl Config {
    /// What is paid through Stripe, as far as Paystack does not take it. In other currencies Stripe would take payments too, and
    /// change them: then sellers would be given something else than their buyers paid.
    pub fn stripe_currencies(&self) -> Vec<Currency> {
        match self.stripe.currencies.as_slice() {
            [] => vec![self.market.currency],
            some => some.to_vec(),
        }
    }
}

/// Paystack. Without a secret key it is not used.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paystack {
    pub secret_key: Option<Secret>,
    /// The one before, while it is changed: it signs too.
    pub old_secret_key: Option<Secret>,
    pub api_url: String,
    /// What is paid through it; the rest goes to Stripe, as far as that takes it.
    pub currencies: Vec<Currency>,
}

impl Default for Paystack {
    fn default() -> Self {
        Self {
            secret_key: None,
            old_secret_key: None,
            api_url: "https://api.paystack.co".to_owned(),
            currencies: ["NGN", "GHS", "KES", "ZAR"].iter().filter_map(|code| code.parse().ok()).collect(),
        }
    }
}

/// What is done when a card network warns of fraud.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fraud {
    /// Whether what was paid so and not sent is paid back at once.
    pub refund_on_warning: bool,
}

impl Default for Fraud {
    fn default() -> Self {
        Self { refund_on_warning: true }
    }
}

pub(super) fn check(config: &Config, found: &mut Vec<Found>) {
    let (stripe, paystack) = (&config.stripe, &config.paystack);
    let is_set_up = stripe.secret_key.is_some() || paystack.secret_key.is_some();
    if config.payments.provider == PaymentProvider::Live && !is_set_up {
        let fix = "Set stripe.secret_key or paystack.secret_key; or write sandbox.";
        note(found, "payments.provider", "no provider is set up", fix);
    }
    whole_stripe(stripe, found);
    if paystack.old_secret_key.is_some() && paystack.secret_key.is_none() {
        let fix = "Set paystack.secret_key, or remove this.";
        note(found, "paystack.old_secret_key", "paystack.secret_key is not set", fix);
    }
    if paystack.secret_key.as_ref().is_some_and(|key| !key.reveal().starts_with("sk_")) {
        note(found, "paystack.secret_key", "not a secret key of Paystack", "Write what begins with sk_.");
    }
    if paystack.secret_key.is_some() && paystack.currencies.is_empty() {
        let fix = "Name the currencies that your Paystack account takes.";
        note(found, "paystack.currencies", "nothing would be paid through it", fix);
    }
    let usual = Stripe::default();
    for (key, url, expected) in [
        ("stripe.api_url", &stripe.api_url, &usual.api_url),
        ("stripe.files_url", &stripe.files_url, &usual.files_url),
        ("stripe.js_url", &stripe.js_url, &usual.js_url),
        ("paystack.api_url", &paystack.api_url, &Paystack::default().api_url),
    ] {
        if url != expected && !(config.development && is_near(url)) {
            let fix = format!(
                "Write {expected}; another machine can stand in for it only while developing, and it must \
                               be this one."
            );
            note(found, key, "it is not there", &fix);
        }
    }
}

fn whole_stripe(stripe: &Stripe, found: &mut Vec<Found>) {
    let parts = [
        ("stripe.secret_key", stripe.secret_key.is_some()),
        ("stripe.publishable_key", stripe.publishable_key.is_some()),
        ("stripe.webhook_secrets", !stripe.webhook_secrets.is_empty()),
    ];
    let has_one = parts.iter().any(|(_, is_there)| *is_there);
    for (key, _) in parts.iter().filter(|(_, is_there)| has_one && !is_there) {
        let fix = "Stripe gives all three: a secret key, a publishable key, and a secret for each endpoint.";
        note(found, key, "Stripe is set up by half", fix);
    }
    if stripe.secret_key.as_ref().is_some_and(|key| !has_prefix(key.reveal(), &["sk_", "rk_"])) {
        note(found, "stripe.secret_key", "not a secret key of Stripe", "Write what begins with sk_ or rk_.");
    }
    if stripe.publishable_key.as_ref().is_some_and(|key| !key.starts_with("pk_")) {
        // A secret key in its place would go to every browser.
        note(found, "stripe.publishable_key", "not a publishable key", "Write what begins with pk_.");
    }
    if stripe.webhook_secrets.iter().any(|secret| !secret.reveal().starts_with("whsec_")) {
        let fix = "Write what begins with whsec_, as Stripe's dashboard shows it.";
        note(found, "stripe.webhook_secrets", "not a secret of an endpoint", fix);
    }
    let modes = [
        stripe.secret_key.as_ref().map(|key| is_test(key.reveal())),
        stripe.publishable_key.as_deref().map(is_test),
    ];
    if matches!(modes, [Some(one), Some(other)] if one != other) {
        let fix = "Take both keys from the same mode.";
        note(found, "stripe.publishable_key", "one key is of the test mode and the other is not", fix);
    }
}

/// Allowed, but worth saying.
pub(super) fn notes(config: &Config) -> Vec<String> {
    let live = config.payments.provider == PaymentProvider::Live;
    let keys = [("stripe", &config.stripe.secret_key), ("paystack", &config.paystack.secret_key)];
    let set_up = keys.into_iter().filter_map(|(name, key)| Some((name, is_test(key.as_ref()?.reveal()))));
    let mut notes = Vec::new();
    if live && !takes(config, config.market.currency) {
        let home = config.market.currency;
        notes.push(format!("no provider that is set up takes {home}, the currency of market.currency"));
    }
    if !live && !config.development {
        notes.push("payments.provider is sandbox: no real money moves".to_owned());
    }
    for (name, is_test) in set_up {
        let public = !is_this_machine(&config.server.base_url);
        match (live, is_test) {
            (false, _) => {
                notes.push(format!("{name} is set up, but payments.provider is sandbox: it is not used"))
            }
            (true, true) if public => {
                notes.push(format!("{name}.secret_key is of the test mode: no real money moves"));
            }
            (true, false) if config.development => {
                notes.push(format!(
                    "{name}.secret_key is of the live mode, while developing: real money moves"
                ));
            }
            _ => {}
        }
    }
    notes
}

/// Whether something can be paid in a currency.
fn takes(config: &Config, currency: Currency) -> bool {
    let by_stripe = config.stripe.secret_key.is_some() && config.stripe_currencies().contains(&currency);
    let by_paystack = config.paystack.secret_key.is_some() && config.paystack.currencies.contains(&currency);
    by_stripe || by_paystack
}

fn has_prefix(text: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| text.starts_with(prefix))
}

fn is_test(key: &str) -> bool {
    key.contains("_test_")
}

fn is_near(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && is_this_machine(url.as_str()))
}
