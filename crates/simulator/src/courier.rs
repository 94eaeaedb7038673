//! Who hears of what happens, and how it is signed. Who carries it is somebody else's matter: a socket, or the program
//! that the simulator is part of.

use futures_util::future::BoxFuture;
use platform::crypto::mac;
use serde::Deserialize;
use std::fmt;

/// Whose protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    Stripe,
    Paystack,
}

/// Where events are sent to.
#[derive(Clone, Deserialize)]
pub struct Endpoint {
    /// Unique among them.
    pub name: String,
    pub url: String,
    pub dialect: Dialect,
    /// Signs what is sent: Stripe's secret of the endpoint, Paystack's secret key.
    pub secret: String,
    /// The one before, as long as it counts too.
    #[serde(default)]
    pub old_secret: Option<String>,
    /// Hears of what happens in sellers' accounts, and of nothing else (Stripe's Connect).
    #[serde(default)]
    pub connect: bool,
    /// The types of events that it hears; all if there are none.
    #[serde(default)]
    pub events: Vec<String>,
}

impl Endpoint {
    /// Whether it hears of events of this type. `in_sellers_account`: of a connected account.
    pub fn hears(&self, dialect: Dialect, kind: &str, in_sellers_account: bool) -> bool {
        self.dialect == dialect
            && self.connect == in_sellers_account
            && (self.events.is_empty() || self.events.iter().any(|e| e == kind))
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.name, self.url)
    }
}

/// An event on its way.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub event: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// Who carries events.
pub trait Courier: Send + Sync {
    /// Answers whether it was taken (any 2xx). Waits two seconds at most.
    fn carry<'a>(&'a self, to: &'a Endpoint, parcel: &'a Parcel) -> BoxFuture<'a, bool>;
}

/// Nobody carries them.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

impl Courier for Nobody {
    fn carry<'a>(&'a self, _: &'a Endpoint, _: &'a Parcel) -> BoxFuture<'a, bool> {
        Box::pin(async { false })
    }
}

/// With which secrets an event is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    Well,
    /// With one that nobody knows.
    Badly,
    /// With the one before alone.
    Old,
}

/// The header fields that go with `body` when it is sent at `at`, seconds since 1970.
pub fn headers(to: &Endpoint, body: &str, at: i64, signing: Signing) -> Vec<(String, String)> {
    let old = to.old_secret.as_deref();
    let secrets: Vec<&str> = match signing {
        Signing::Well if to.dialect == Dialect::Stripe => {
            [Some(to.secret.as_str()), old].into_iter().flatten().collect()
        }
        Signing::Well => vec![to.secret.as_str()],
        Signing::Badly => vec!["nobody knows this one"],
        Signing::Old => vec![old.unwrap_or(to.secret.as_str())],
    };
    let signature = match to.dialect {
        Dialect::Stripe => ("stripe-signature", of_stripe(&secrets, body, at)),
        Dialect::Paystack => ("x-paystack-signature", of_paystack(&secrets, body)),
    };
    [("content-type", "application/json; charset=utf-8".to_owned()), signature]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
}

/// `t=…,v1=…`: HMAC-SHA256 over the time, a point and the body, once for each secret.
fn of_stripe(secrets: &[&str], body: &str, at: i64) -> String {
    let mut header = format!("t={at}");
    for secret in secrets {
        let tag = mac::sha256(secret.as_bytes(), &[format!("{at}.{body}").as_bytes()]);
        header.push_str(",v1=");
        header.push_str(&hex::encode(tag));
    }
    header
}

/// HMAC-SHA512 over the body. There is neither a time nor a second signature.
fn of_paystack(secrets: &[&str], body: &str) -> String {
    let secret = secrets.first().copied().unwrap_or_default();
    hex::encode(mac::sha512(secret.as_bytes(), &[body.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(dialect: Dialect) -> Endpoint {
        Endpoint {
            name: "a".to_owned(),
            url: "http://127.0.0.1:1/".to_owned(),
            dialect,
            secret: "whsec_new".to_owned(),
            old_secret: Some("whsec_old".to_owned()),
            connect: false,
            events: Vec::new(),
        }
    }

    /// Compared with what the official libraries make of the same.
    #[test]
    fn signatures_are_as_the_providers_make_them() {
        let of = |dialect, signing| headers(&endpoint(dialect), "{}", 1_700_000_000, signing)[1].1.clone();
        let stripe = of(Dialect::Stripe, Signing::Well);
        assert_eq!(stripe, STRIPE_BOTH);
        assert_eq!(of(Dialect::Stripe, Signing::Old), STRIPE_OLD);
        assert_ne!(of(Dialect::Stripe, Signing::Badly), stripe);
        assert_eq!(of(Dialect::Paystack, Signing::Well), PAYSTACK);
    }

    const STRIPE_BOTH: &str = "t=1700000000,v1=dfd0c4ddb107e3a391f1dc89c9ba0bec585e31e42f82d6c6673f3d9b3a3429a8,v1=2a630fb62d83c712b7c3b6fc1dec6df3ef803228a2223a912c109f39e17c6983";
    const STRIPE_OLD: &str =
        "t=1700000000,v1=2a630fb62d83c712b7c3b6fc1dec6df3ef803228a2223a912c109f39e17c6983";
    const PAYSTACK: &str = "53a331710509be880ec07694983ce9173b1d753837a790bf0bc4df82f0ba74abac7852d41b4699116217178b79fb9d8ccd736d8f99a3b04cfed2227c85d4e464";
}
