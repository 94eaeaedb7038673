//! What a value of the right type must still keep to.

use super::{Config, MailMode, Market, Passwords, Secret};
use kernel::Lang;
use kernel::limits::PRICE_MAX;
use url::{Host, Url};

/// Key, problem, fix.
pub(super) type Found = (&'static str, String, String);

pub(super) fn all(config: &Config) -> Vec<Found> {
    let mut found = Vec::new();
    server(config, &mut found);
    databases(config, &mut found);
    brand(config, &mut found);
    market(&config.market, &mut found);
    mail(config, &mut found);
    if let Some(file) = config.places.addresses.as_ref().filter(|file| !file.is_file()) {
        let problem = format!("there is no file {}", file.display());
        let fix =
            "Name a file in the MaxMind DB format (.mmdb); a relative path starts at the working directory.";
        note(&mut found, "places.addresses", &problem, fix);
    }
    passwords(&config.passwords, &mut found);
    super::operator::check(config, &mut found);
    super::people::check(config, &mut found);
    super::services::check(config, &mut found);
    super::money::check(config, &mut found);
    super::taxes::check(config, &mut found);
    if tracing_subscriber::EnvFilter::try_new(&config.log.level).is_err() {
        note(&mut found, "log.level", "not a level", "Write info, or for instance info,sqlx=warn.");
    }
    if !(24..=720).contains(&config.payouts.cool_hours) {
        note(&mut found, "payouts.cool_hours", "out of range", "Write a number from 24 to 720.");
    }
    if !(0..=1_000_000).contains(&config.payouts.minimum) {
        note(&mut found, "payouts.minimum", "out of range", "Write a number from 0 to 1000000.");
    }
    if config.staff.alone_up_to.is_some_and(|limit| limit < 0) {
        note(
            &mut found,
            "staff.alone_up_to",
            "less than nothing",
            "Write an amount in minor units, or leave it out.",
        );
    }
    if !(1..=1_000_000).contains(&config.limits.multiplier) {
        note(&mut found, "limits.multiplier", "out of range", "Write a number from 1 to 1000000.");
    }
    if config.limits.challenge_bits > 28 {
        note(
            &mut found,
            "limits.challenge_bits",
            "no browser could solve it",
            "Write a number from 0 to 28.",
        );
    }
    if config.redis.url.as_ref().is_some_and(|url| redis::Client::open(url.reveal()).is_err()) {
        let fix = "Write redis://user:password@host:6379/0; for a server that wants TLS, run a tunnel to it.";
        note(&mut found, "redis.url", "not the address of a Redis server", fix);
    }
    if config.metrics.token.as_ref().is_some_and(|t| t.reveal().chars().count() < 16) {
        note(&mut found, "metrics.token", "too easy to guess", "Use 16 characters or more.");
    }
    found
}

/// Allowed, but worth saying.
pub(super) fn notes(config: &Config) -> Vec<String> {
    let mut notes = Vec::new();
    let public = !is_this_machine(&config.server.base_url);
    if public && config.development {
        notes.push("development is on: every visitor can read all captured mail".to_owned());
    }
    if public && config.mail.mode == MailMode::Capture {
        notes.push("mail.mode is capture: members get no mail".to_owned());
    }
    if public && config.server.base_url.starts_with("http:") {
        notes.push("server.base_url is http: passwords and sessions travel in the clear".to_owned());
    }
    notes.extend(config.operator.missing().filter(|_| public));
    notes.extend(super::services::notes(config));
    notes.extend(super::money::notes(config));
    if !config.development && config.staff.second_person_for.is_empty() && config.staff.alone_up_to.is_none()
    {
        notes.push(
            "neither staff.second_person_for nor staff.alone_up_to is set: one of the staff alone decides about any money"
                .to_owned(),
        );
    }
    if !config.database.replica_urls.is_empty() {
        notes.push("database.replica_urls is set, but this version reads from database.url".to_owned());
    }
    notes
}

/// Whether a visitor of this URL can only be somebody at the machine itself.
pub(super) fn is_this_machine(base_url: &str) -> bool {
    match Url::parse(base_url).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(super) fn note(found: &mut Vec<Found>, key: &'static str, problem: &str, fix: &str) {
    found.push((key, problem.to_owned(), fix.to_owned()));
}

fn server(config: &Config, found: &mut Vec<Found>) {
    let base = &config.server.base_url;
    let good = Url::parse(base).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
    });
    if !good || base.ends_with('/') {
        let fix = "Write scheme and host, nothing after it: https://market.example.org";
        note(found, "server.base_url", "not the address of a site", fix);
    }
    for (key, value) in [
        ("server.max_connections", config.server.max_connections),
        ("server.max_per_address", config.server.max_per_address),
    ] {
        if value == 0 {
            note(found, key, "nobody could connect", "Write a number above 0.");
        }
    }
}

fn databases(config: &Config, found: &mut Vec<Found>) {
    let database = &config.database;
    let is_postgres = |url: &Secret| {
        let url = url.reveal();
        (url.starts_with("postgres://") || url.starts_with("postgresql://"))
            && url.parse::<sqlx::postgres::PgConnectOptions>().is_ok()
    };
    for (key, url) in super::services::databases(database) {
        if !is_postgres(url) {
            let fix =
                "Write postgres://user:password@host:5432/name, with special characters percent-encoded.";
            note(found, key, "not the address of a PostgreSQL database", fix);
        }
    }
    if database.app_url.is_some() && database.url.is_none() {
        let fix = "Set database.url to the owner's address, or remove database.app_url.";
        note(found, "database.app_url", "database.url is not set", fix);
    }
    if !(2..=1000).contains(&database.connections) {
        note(found, "database.connections", "out of range", "Write a number from 2 to 1000.");
    }
    if !(16..=1_048_576).contains(&database.shared_buffers_mb) {
        note(found, "database.shared_buffers_mb", "out of range", "Write a number from 16 to 1048576.");
    }
}

fn brand(config: &Config, found: &mut Vec<Found>) {
    let brand = &config.brand;
    if !(1..=40).contains(&brand.name.trim().chars().count()) {
        note(found, "brand.name", "empty or too long", "Use 1 to 40 characters.");
    }
    if brand.accent.as_deref().is_some_and(|colour| !is_colour(colour)) {
        let fix = "Write #rrggbb or oklch(55% 0.18 260).";
        note(found, "brand.accent", "not a colour that can be used", fix);
    }
    if let Some(logo) = brand.logo.as_ref().filter(|logo| !logo.is_file()) {
        let problem = format!("there is no file {}", logo.display());
        note(found, "brand.logo", &problem, "Name a file; a relative path starts at the working directory.");
    }
}

/// Strict, because the text goes into a style sheet as it is.
fn is_colour(text: &str) -> bool {
    let hex = |digits: &str| matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let numbers = |inner: &str| {
        inner.len() <= 40
            && inner.split_whitespace().count() == 3
            && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | ' '))
    };
    text.strip_prefix('#').is_some_and(hex)
        || text.strip_prefix("oklch(").and_then(|rest| rest.strip_suffix(')')).is_some_and(numbers)
}

fn market(market: &Market, found: &mut Vec<Found>) {
    if Lang::all().all(|lang| lang.code() != market.default_lang) {
        let codes: Vec<_> = Lang::all().map(Lang::code).collect();
        note(
            found,
            "market.default_lang",
            "not a language it speaks",
            &format!("Write one of: {}.", codes.join(", ")),
        );
    }
    for (key, value) in
        [("market.commission_bp", market.commission_bp), ("market.buyer_fee_bp", market.buyer_fee_bp)]
    {
        if !(0..=5000).contains(&value) {
            note(found, key, "out of range", "Write basis points from 0 to 5000; 100 are 1 %.");
        }
    }
    if !(1..=90).contains(&market.deletion_days) {
        note(found, "market.deletion_days", "out of range", "Write a number from 1 to 90.");
    }
    if !(0..=PRICE_MAX).contains(&market.buyer_fee_fixed) {
        note(found, "market.buyer_fee_fixed", "out of range", "Write minor units (cents), 0 or more.");
    }
}

fn mail(config: &Config, found: &mut Vec<Found>) {
    let mail = &config.mail;
    if mail.from.parse::<lettre::message::Mailbox>().is_err() {
        note(found, "mail.from", "not a sender", "Write an address, or Name <address>.");
    }
    match (mail.mode, &mail.smtp_url) {
        (MailMode::Smtp, None) => {
            note(found, "mail.smtp_url", "mail.mode is smtp", "Write smtps://user:password@host.");
        }
        (_, Some(url)) if !is_smtp(url) => {
            let fix = "Write smtps://user:password@host or smtp://user:password@host?tls=required.";
            note(found, "mail.smtp_url", "not the address of a mail server", fix);
        }
        _ => {}
    }
}

fn is_smtp(url: &Secret) -> bool {
    lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(url.reveal()).is_ok()
}

fn passwords(passwords: &Passwords, found: &mut Vec<Found>) {
    // OWASP Password Storage Cheat Sheet: 46 MiB × 1, 19 × 2, 12 × 3, 9 × 4, 7 × 5.
    let work = u64::from(passwords.memory_kib) * u64::from(passwords.passes);
    if passwords.memory_kib < 7 * 1024 || work < 35 * 1024 || passwords.memory_kib > 2 * 1024 * 1024 {
        let fix = "Write 19456 with passwords.passes = 2, or 47104 with 1, or more.";
        note(found, "passwords.memory_kib", "hashes would be too cheap, or too dear", fix);
    }
    if !(1..=100).contains(&passwords.passes) {
        note(found, "passwords.passes", "out of range", "Write a number from 1 to 100.");
    }
    if passwords.at_once == 0 {
        note(found, "passwords.at_once", "nobody could sign in", "Write a number above 0.");
    }
}
