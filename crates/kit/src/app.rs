//! What every handler gets: the market, and what only the web needs beside it.

use crate::assets::Assets;
use crate::brand::{Brand, BrandError};
use crate::client::Proxies;
use kernel::{Dice, Lang};
use market::Market;
use platform::atlas::{Atlas, AtlasError};
use platform::config::{Config, PaymentProvider, Secret};
use platform::crypto::{Signer, secrets};
use platform::rate::{BadAddress, Limiter};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Requests that are worked on at once; more are turned away at once instead of made to wait.
pub const REQUESTS_AT_ONCE: usize = 256;

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub market: Market,
    pub web: Arc<Web>,
}

/// What only the web needs.
pub struct Web {
    pub assets: Assets,
    pub brand: Brand,
    pub limiter: Limiter,
    /// Where network addresses seem to be.
    pub atlas: Atlas,
    /// Scheme, host and port without a trailing slash: what links in mails begin with.
    pub base_url: String,
    pub default_lang: Lang,
    /// The mailbox page is shown.
    pub development: bool,
    /// The site is served over TLS.
    pub secure_cookies: bool,
    /// No money moves; every page says so.
    pub sandbox: bool,
    pub proxies: Proxies,
    /// What `/metrics` asks for, if it is open to others than this machine.
    pub metrics_token: Option<Secret>,
    pub(crate) slots: Arc<Semaphore>,
    pub(crate) csrf: Signer,
    pub(crate) flashes: Signer,
    /// Fingerprints of requests that are kept: a body may hold a password, so it must not be guessable from them.
    pub(crate) fingerprints: Signer,
}

/// Why the web cannot start.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error(transparent)]
    Brand(#[from] BrandError),
    #[error(transparent)]
    Secret(#[from] secrets::SecretError),
    #[error(transparent)]
    Limits(#[from] BadAddress),
    #[error(transparent)]
    Places(#[from] AtlasError),
}

impl Web {
    /// Reads and checks everything. Blocking; for the start only.
    pub fn load(config: &Config, dice: &Dice) -> Result<Self, WebError> {
        // The settings were checked already: a scheme, a host, perhaps a port, and nothing after it.
        let base_url = config.server.base_url.to_ascii_lowercase();
        let key = secrets::load_or_create(&config.data.dir.join("secrets"), "site", dice)?;
        Ok(Self {
            assets: Assets::load(),
            brand: Brand::load(
                &config.brand.name,
                config.brand.logo.as_deref(),
                config.brand.accent.as_deref(),
            )?,
            limiter: Limiter::load(config, &key)?,
            atlas: Atlas::load(&config.places)?,
            secure_cookies: base_url.starts_with("https://"),
            base_url,
            default_lang: Lang::find(&config.market.default_lang).unwrap_or(Lang::EN),
            development: config.development,
            sandbox: matches!(config.payments.provider, PaymentProvider::Sandbox),
            proxies: Proxies::new(config.server.trusted_proxies.clone()),
            metrics_token: config.metrics.token.clone(),
            slots: Arc::new(Semaphore::new(REQUESTS_AT_ONCE)),
            csrf: Signer::new(&key, "csrf"),
            flashes: Signer::new(&key, "flash"),
            fingerprints: Signer::new(&key, "idempotency"),
        })
    }

    /// The absolute address of a path of ours.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}
