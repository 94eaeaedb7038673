//! The sections of the settings, their keys and their defaults. `docs/configuration.md` lists the same keys;
//! a test compares the two.

use super::{Pace, Secret};
use ipnet::IpNet;
use kernel::Currency;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where and for whom it listens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    /// How visitors reach it: scheme, host and port, without a slash at the end.
    pub base_url: String,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Open connections, of everybody and of one address.
    pub max_connections: usize,
    pub max_per_address: usize,
    /// Other machines may reach it without TLS.
    pub allow_plain: bool,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            base_url: "http://localhost:8080".to_owned(),
            trusted_proxies: Vec::new(),
            max_connections: 2000,
            max_per_address: 200,
            allow_plain: false,
        }
    }
}

/// Where everything lives that is kept on disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    pub dir: PathBuf,
}

impl Default for Data {
    fn default() -> Self {
        Self { dir: PathBuf::from("./data") }
    }
}

/// PostgreSQL. Without `url` a private cluster below `data.dir` is used.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// The owner of the tables: migrations.
    pub url: Option<Secret>,
    /// The role that reads and writes rows; `url` when there is none.
    pub app_url: Option<Secret>,
    pub replica_urls: Vec<Secret>,
    /// It may be on another machine without TLS, or with a certificate that nobody looks at.
    pub allow_plain: bool,
    /// Certificates (PEM) that may vouch for it, beside those that browsers believe.
    pub ca_file: Option<PathBuf>,
    /// Connections of one process.
    pub connections: u32,
    /// The folder of `postgres` and `initdb` for the private cluster, and its memory for pages.
    pub bin_dir: Option<PathBuf>,
    pub shared_buffers_mb: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: None,
            app_url: None,
            replica_urls: Vec::new(),
            allow_plain: false,
            ca_file: None,
            connections: 20,
            bin_dir: None,
            shared_buffers_mb: 128,
        }
    }
}

/// What several processes share, for when one is outgrown: the buckets of rate limits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Redis {
    pub url: Option<Secret>,
    /// It may be on another machine: it is spoken to without TLS.
    pub allow_plain: bool,
}

/// How the marketplace looks and what it is called.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    pub name: String,
    pub logo: Option<PathBuf>,
    /// A CSS colour: `#rrggbb` or `oklch(…)`.
    pub accent: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self { name: "TradePlus".to_owned(), logo: None, accent: None }
    }
}

/// What trading costs and how it speaks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    pub currency: Currency,
    pub default_lang: String,
    /// Out of the seller's part, basis points.
    pub commission_bp: i64,
    /// Buyer protection on top: basis points of the items plus a fixed amount in minor units.
    pub buyer_fee_bp: i64,
    pub buyer_fee_fixed: i64,
    /// How long somebody can take back that their account is deleted.
    pub deletion_days: u32,
}

impl Default for Market {
    fn default() -> Self {
        Self {
            currency: Currency::EUR,
            default_lang: "en".to_owned(),
            commission_bp: 800,
            buyer_fee_bp: 500,
            buyer_fee_fixed: 70,
            deletion_days: 14,
        }
    }
}

/// What happens to mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailMode {
    /// It is kept, for the mailbox page.
    Capture,
    /// It is sent.
    Smtp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    pub mode: MailMode,
    /// "Name <address>"
    pub from: String,
    /// `smtps://user:password@host`, or `smtp://…?tls=required`.
    pub smtp_url: Option<Secret>,
    /// It may be on another machine without TLS.
    pub allow_plain: bool,
    /// Certificates (PEM) that may vouch for it, instead of those that browsers believe.
    pub ca_file: Option<PathBuf>,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            mode: MailMode::Capture,
            from: "TradePlus <noreply@localhost>".to_owned(),
            smtp_url: None,
            allow_plain: false,
            ca_file: None,
        }
    }
}

/// Where network addresses are, for the lists of devices.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Places {
    /// A file of towns or countries in the MaxMind DB format; without it the built-in list of countries is all there is.
    pub addresses: Option<PathBuf>,
}

/// What a password's hash costs (argon2id, RFC 9106) and how many are made side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Passwords {
    pub memory_kib: u32,
    pub passes: u32,
    pub at_once: usize,
    /// How many may wait before the next is turned away.
    pub queue: usize,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, at_once: 2, queue: 50 }
    }
}

/// Who must show what.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Staff uses the pages of staff only after showing a second factor. Not given: the opposite of `development`.
    pub staff_factor: bool,
}

/// A kind of act of staff that a second person may have to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondPerson {
    /// Making, changing, deleting, giving and taking roles.
    Roles,
    /// Suspending members and lifting it.
    Suspensions,
    /// Looking at the marketplace as a member.
    Looking,
    /// Deciding about orders.
    Orders,
    /// Discarding jobs that gave up.
    Jobs,
    /// Making and ending rules of fees; registrations and rates of taxes.
    Rules,
    /// Sellers' money: releasing it, giving debts and payouts up, and how far sellers are trusted.
    Money,
}

impl SecondPerson {
    pub const ALL: [Self; 7] =
        [Self::Roles, Self::Suspensions, Self::Looking, Self::Orders, Self::Jobs, Self::Rules, Self::Money];

    /// As it is written and kept. The words for people are the message `second-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Suspensions => "suspensions",
            Self::Looking => "looking",
            Self::Orders => "orders",
            Self::Jobs => "jobs",
            Self::Rules => "rules",
            Self::Money => "money",
        }
    }
}

/// How staff works.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Staff {
    /// Acts of these kinds wait until a second person agrees.
    pub second_person_for: Vec<SecondPerson>,
    /// Acts about more money than this wait too, whatever their kind: minor units of `market.currency`. Not given: no limit.
    pub alone_up_to: Option<i64>,
}

/// Text messages, for codes. Without `url` nobody is offered any.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sms {
    /// A gateway that takes `{"to": "+49…", "text": "…"}` by POST.
    pub url: Option<String>,
    /// What it wants as a bearer token.
    pub token: Option<Secret>,
    /// At most so many to everybody together within 24 hours.
    pub per_day: u32,
}

impl Default for Sms {
    fn default() -> Self {
        Self { url: None, token: None, per_day: 1000 }
    }
}

/// Machines that the program itself calls: identity providers, a gateway for SMS.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outgoing {
    /// Networks of one's own that it may call; without them only public addresses.
    pub networks: Vec<IpNet>,
}

/// An identity provider (OpenID Connect) that members may sign in with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// A short name for addresses: `/sign-in/with/<id>`.
    pub id: String,
    /// What people know it as.
    pub title: String,
    /// As the provider itself writes it.
    pub issuer: String,
    pub client_id: String,
    /// Either of the two, or none for a client without a secret.
    #[serde(default)]
    pub client_secret: Option<Secret>,
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
}

/// Who it is, their address, and their name.
fn scopes() -> Vec<String> {
    ["openid", "email", "profile"].map(str::to_owned).to_vec()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    /// A level, and levels of modules: "info,sqlx=warn".
    pub level: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: "info".to_owned() }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Every rate limit times this: raise it for load tests.
    pub multiplier: u32,
    /// Wrong sign-ins, new accounts and links within ten minutes from which on such forms carry a puzzle; 0: never.
    pub challenge_after: u32,
    /// Zero bits that its solution has: one more is twice the work.
    pub challenge_bits: u8,
    // One for each `rate::Rate`.
    pub browse: Pace,
    pub search: Pace,
    pub write: Pace,
    pub sign_in: Pace,
    pub upload: Pace,
    pub money: Pace,
    pub plain: Pace,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            multiplier: 1,
            challenge_after: 200,
            challenge_bits: 17,
            browse: Pace::new(300, 3600),
            search: Pace::new(120, 1200),
            write: Pace::new(60, 120),
            sign_in: Pace::new(10, 10),
            upload: Pace::new(60, 60),
            money: Pace::new(20, 30),
            plain: Pace::new(1000, 12_000),
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// What `GET /metrics` wants as a bearer token.
    pub token: Option<Secret>,
}
