//! Settings: defaults, then a TOML file, then the environment, then the command line.
//!
//! Every mistake is collected, so that a person mends them in one go; each names the key, where its value
//! came from and what to write instead. A secret never appears in a mistake, a log line or a `Debug`.

mod check;
mod fault;
mod layers;
mod operator;
mod money;
mod pace;
mod payouts;
mod people;
mod secret;
mod sections;
mod services;
mod taxes;
#[cfg(test)]
mod tests;

pub use fault::{ConfigFault, Source};
pub use money::{Fraud, PaymentProvider, Payments, Paystack, Stripe};
pub use operator::{Documents, Operator};
pub use pace::{NotAPace, Pace};
pub use payouts::{PayoutSchedule, Payouts};
pub use secret::Secret;
pub use sections::*;
pub use taxes::{Dac7Profile, Rates, Tax, TaxEngine};

use layers::{Given, Values};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// All settings. `Config::default()` is what runs when nothing is configured.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub database: Database,
    pub redis: Redis,
    pub brand: Brand,
    pub market: Market,
    pub mail: Mail,
    pub payments: Payments,
    pub stripe: Stripe,
    pub paystack: Paystack,
    pub payouts: Payouts,
    pub fraud: Fraud,
    pub operator: Operator,
    pub documents: Documents,
    pub tax: Tax,
    pub rates: Rates,
    pub places: Places,
    pub passwords: Passwords,
    pub access: Access,
    pub staff: Staff,
    pub sms: Sms,
    pub oidc: Vec<Oidc>,
    pub outgoing: Outgoing,
    pub log: Log,
    pub limits: Limits,
    pub metrics: Metrics,
    /// Shows the mailbox page with every captured mail. Not given: true while `server.base_url` is this
    /// machine itself, else false.
    pub development: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            server: Server::default(),
            data: Data::default(),
            database: Database::default(),
            redis: Redis::default(),
            brand: Brand::default(),
            market: Market::default(),
            mail: Mail::default(),
            payments: Payments::default(),
            stripe: Stripe::default(),
            paystack: Paystack::default(),
            payouts: Payouts::default(),
            fraud: Fraud::default(),
            operator: Operator::default(),
            documents: Documents::default(),
            tax: Tax::default(),
            rates: Rates::default(),
            places: Places::default(),
            passwords: Passwords::default(),
            access: Access::default(),
            staff: Staff::default(),
            sms: Sms::default(),
            oidc: Vec::new(),
            outgoing: Outgoing::default(),
            log: Log::default(),
            limits: Limits::default(),
            metrics: Metrics::default(),
            development: true,
        }
    }
}

impl Config {
    /// Reads the settings. `file`: the TOML file, if one is named; `env`: the environment's variables;
    /// `data_dir`: what the command line says, which wins over everything.
    ///
    /// # Errors
    /// Every mistake that was found, in the order of the keys.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
        data_dir: Option<PathBuf>,
    ) -> Result<Self, Vec<ConfigFault>> {
        let known = known_keys();
        let mut given = Given::default();
        if let Some(path) = file {
            given.read_file(path, &known);
        }
        given.read_environment(&env.into_iter().collect(), &known);
        let Given { values, mut faults } = given;
        let mut config = assemble(&values, &mut faults);
        if let Some(dir) = data_dir {
            config.data.dir = dir;
        }
        if !values.contains_key("development") {
            config.development = check::is_this_machine(&config.server.base_url);
        }
        if !values.contains_key("access.staff_factor") {
            config.access.staff_factor = !config.development;
        }
        let source = |key: &str| values.get(key).map_or(Source::Default, |v| v.source.clone());
        let unread: Vec<String> = faults.iter().map(|f| f.key.clone()).collect();
        for (key, problem, fix) in check::all(&config) {
            // A key that could not even be read has its fault already.
            if !unread.iter().any(|other| other == key) {
                faults.push(ConfigFault { key: key.to_owned(), source: source(key), problem, fix });
            }
        }
        faults.sort_by(|a, b| a.key.cmp(&b.key));
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    /// Whether it may listen there. It speaks HTTP without TLS: other machines reach it only where the operator says
    /// so, or while developing.
    pub fn may_listen_on(&self, address: SocketAddr) -> bool {
        address.ip().is_loopback() || self.development || self.server.allow_plain
    }

    /// What is allowed and yet worth a line in the log when the program starts.
    pub fn notes(&self) -> Vec<String> {
        check::notes(self)
    }
}

/// Every key there is ("server.listen") and its default, as JSON; null where the default is nothing.
fn known_keys() -> BTreeMap<String, Value> {
    let mut keys = BTreeMap::new();
    if let Ok(Value::Object(sections)) = serde_json::to_value(Config::default()) {
        for (section, value) in sections {
            match value {
                Value::Object(fields) => {
                    keys.extend(
                        fields.into_iter().map(|(field, value)| (format!("{section}.{field}"), value)),
                    );
                }
                other => {
                    keys.insert(section, other);
                }
            }
        }
    }
    keys
}

/// Tries each value alone on top of the defaults, so that one bad value does not hide another one.
fn assemble(values: &Values, faults: &mut Vec<ConfigFault>) -> Config {
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut all = defaults.clone();
    for (key, value) in values {
        let tried: Vec<Result<&Value, serde_json::Error>> = value
            .candidates
            .iter()
            .map(|candidate| fits(&defaults, key, candidate).map(|()| candidate))
            .collect();
        match tried.iter().find_map(|t| t.as_ref().ok()) {
            Some(good) => set(&mut all, key, (*good).clone()),
            None => {
                let error = tried.into_iter().find_map(Result::err);
                faults.push(ConfigFault::unreadable(key, value, error.as_ref(), default_of(&defaults, key)));
            }
        }
    }
    serde_json::from_value(all).unwrap_or_else(|error| {
        faults.push(ConfigFault::unreadable("", &layers::Value::nothing(), Some(&error), &Value::Null));
        Config::default()
    })
}

fn fits(defaults: &Value, key: &str, candidate: &Value) -> Result<(), serde_json::Error> {
    let mut one = defaults.clone();
    set(&mut one, key, candidate.clone());
    serde_json::from_value::<Config>(one).map(drop)
}

fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

fn set(all: &mut Value, key: &str, to: Value) {
    if let Some(place) = all.pointer_mut(&pointer(key)) {
        *place = to;
    }
}

fn default_of<'a>(defaults: &'a Value, key: &str) -> &'a Value {
    defaults.pointer(&pointer(key)).unwrap_or(&Value::Null)
}
