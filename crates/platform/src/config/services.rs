//! What must hold of the lines between this program and other machines: nobody reads along, nobody else answers, and no
//! password on them is one that everybody knows.

use super::check::{Found, note};
use super::{Config, Database, Secret};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::net::IpAddr;
use std::path::Path;
use url::Url;

/// Passwords that services come with, and those of every guide.
const KNOWN: [&str; 16] = [
    "1234",
    "12345678",
    "admin",
    "changeme",
    "default",
    "example",
    "guest",
    "minioadmin",
    "password",
    "postgres",
    "redis",
    "root",
    "secret",
    "test",
    "tradeplus",
    "user",
];

pub(super) fn check(config: &Config, found: &mut Vec<Found>) {
    certificates(config, found);
    if !config.development {
        lines(config, found);
        passwords(config, found);
    }
    if !config.may_listen_on(config.server.listen) {
        let fix = "Listen on 127.0.0.1 behind a proxy on this machine; or set server.allow_plain = true, if what lies \
                   between the proxy and this machine is encrypted or yours alone.";
        note(found, "server.listen", "other machines would reach it without TLS", fix);
    }
}

/// What the operator allowed, and what that means.
pub(super) fn notes(config: &Config) -> Vec<String> {
    let allowed = [
        (config.server.allow_plain, "server.allow_plain", "what visitors send", "the proxy"),
        (config.database.allow_plain, "database.allow_plain", "everything that is kept", "the database"),
        (config.mail.allow_plain, "mail.allow_plain", "mails and the links in them", "the mail server"),
        (config.redis.allow_plain, "redis.allow_plain", "how often somebody came", "Redis"),
    ];
    let on = allowed.into_iter().filter(|(on, ..)| *on);
    on.map(|(_, key, what, whom)| {
        format!("{key} is on: {what} can be read on the way between this and {whom}")
    })
    .collect()
}

/// The addresses of databases, each with its key.
pub(super) fn databases(database: &Database) -> Vec<(&'static str, &Secret)> {
    let one = [("database.url", &database.url), ("database.app_url", &database.app_url)];
    let many = database.replica_urls.iter().map(|url| ("database.replica_urls", url));
    one.into_iter().filter_map(|(key, url)| url.as_ref().map(|url| (key, url))).chain(many).collect()
}

impl Database {
    /// An address of the database with the certificates of `ca_file`, if there is one.
    pub fn address(&self, url: &Secret) -> String {
        match (&self.ca_file, Url::parse(url.reveal())) {
            (Some(file), Ok(mut with)) => {
                with.query_pairs_mut().append_pair("sslrootcert", &file.to_string_lossy());
                with.into()
            }
            _ => url.reveal().to_owned(),
        }
    }
}

fn lines(config: &Config, found: &mut Vec<Found>) {
    for (key, url) in databases(&config.database) {
        if !config.database.allow_plain && is_open_database(url.reveal()) {
            let fix = "Add ?sslmode=verify-full, and set database.ca_file if the certificate is of your own making; or \
                       set database.allow_plain = true, if the way there is encrypted or yours alone.";
            note(found, key, "the database is on another machine, and who answers is not checked", fix);
        }
    }
    let mail = config.mail.smtp_url.as_ref().filter(|url| is_open_mail(url.reveal()));
    if mail.is_some() && !config.mail.allow_plain {
        let fix = "Write smtps://… or smtp://…?tls=required; or set mail.allow_plain = true, if the way there is \
                   encrypted or yours alone.";
        note(found, "mail.smtp_url", "the mail server is on another machine, and TLS is not required", fix);
    }
    let redis = config.redis.url.as_ref().filter(|url| is_open_redis(url.reveal()));
    if redis.is_some() && !config.redis.allow_plain {
        let fix = "Run a tunnel to it and name that; or set redis.allow_plain = true, if the way there is encrypted or \
                   yours alone.";
        note(found, "redis.url", "Redis is on another machine, and it is spoken to without TLS", fix);
    }
}

/// Whether what goes to this database leaves the machine, and another could answer in its place: only `verify-full`
/// looks at who it is.
fn is_open_database(url: &str) -> bool {
    let Ok(options) = url.parse::<PgConnectOptions>() else { return false };
    let is_socket = options.get_socket().is_some() || options.get_host().starts_with('/');
    let is_checked = matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
    !is_socket && !is_checked && !is_near(options.get_host())
}

fn is_open_mail(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let asked = url.query_pairs().find(|(name, _)| name == "tls");
    let is_required = url.scheme() == "smtps" || asked.is_some_and(|(_, value)| value == "required");
    !is_required && url.host_str().is_some_and(|host| !is_near(host))
}

/// TLS to Redis is not spoken; sockets are of this machine.
fn is_open_redis(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    matches!(url.scheme(), "redis" | "valkey") && url.host_str().is_some_and(|host| !is_near(host))
}

/// Whether a host is this machine itself. Names are not looked up: where they lead can change.
fn is_near(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn certificates(config: &Config, found: &mut Vec<Found>) {
    for (key, file) in
        [("database.ca_file", &config.database.ca_file), ("mail.ca_file", &config.mail.ca_file)]
    {
        if file.as_deref().is_some_and(|file| !holds_certificates(file)) {
            let fix = "Name a file with one or more certificates in PEM; a relative path starts at the working directory.";
            note(found, key, "no certificate can be read there", fix);
        }
    }
}

fn holds_certificates(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|text| {
        let mut all = CertificateDer::pem_slice_iter(&text).peekable();
        all.peek().is_some() && all.all(|certificate| certificate.is_ok())
    })
}

fn passwords(config: &Config, found: &mut Vec<Found>) {
    let mut urls = databases(&config.database);
    urls.extend(config.mail.smtp_url.as_ref().map(|url| ("mail.smtp_url", url)));
    urls.extend(config.redis.url.as_ref().map(|url| ("redis.url", url)));
    let mut known: Vec<&'static str> =
        urls.into_iter().filter(|(_, url)| has_known_password(url.reveal())).map(|(key, _)| key).collect();
    let token = config.sms.token.as_ref().filter(|token| is_known(token.reveal()));
    known.extend(token.map(|_| "sms.token"));
    for key in known {
        note(
            found,
            key,
            "everybody knows this password",
            "Set another one there, made by chance, and write it here.",
        );
    }
}

/// Whether the password in an address is a known one, or the user's own name.
fn has_known_password(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let asked = url.query_pairs().find(|(name, _)| name == "password").map(|(_, value)| value.into_owned());
    let password = url.password().map(str::to_owned).or(asked);
    password.is_some_and(|password| is_known(&password) || password == url.username())
}

fn is_known(password: &str) -> bool {
    KNOWN.contains(&password.to_lowercase().as_str())
}
