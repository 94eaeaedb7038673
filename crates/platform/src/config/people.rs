//! What must hold of the settings for staff, for codes by SMS and for identity providers.

use super::check::{Found, is_this_machine, note};
use super::{Config, Oidc};
use url::Url;

pub(super) fn check(config: &Config, found: &mut Vec<Found>) {
    if config.sms.url.as_deref().is_some_and(|url| !may_be_called(url, config.development)) {
        let fix = "Write https://gateway.example.org/send; http only for this machine, while developing.";
        note(found, "sms.url", "not an address that can be called", fix);
    }
    if config.sms.url.is_none() && config.sms.token.is_some() {
        note(found, "sms.token", "sms.url is not set", "Set sms.url, or remove sms.token.");
    }
    let kinds = &config.staff.second_person_for;
    if kinds.iter().enumerate().any(|(at, kind)| kinds.iter().take(at).any(|before| before == kind)) {
        note(found, "staff.second_person_for", "a kind is there twice", "Name each kind once.");
    }
    let wrong: Vec<(String, &str)> = (0..config.oidc.len()).filter_map(|at| wrong_at(config, at)).collect();
    if !wrong.is_empty() {
        let problems: Vec<&str> = wrong.iter().map(|(problem, _)| problem.as_str()).collect();
        let fixes: Vec<&str> = wrong.iter().map(|(_, fix)| *fix).collect();
        note(found, "oidc", &problems.join("; "), &fixes.join(" "));
    }
}

/// What is wrong with one provider, alone or beside those before it.
fn wrong_at(config: &Config, at: usize) -> Option<(String, &'static str)> {
    let (before, rest) = config.oidc.split_at_checked(at)?;
    let provider = rest.first()?;
    let (problem, fix) = if before.iter().any(|other| other.id == provider.id) {
        ("the id is there twice", "Give each an id of its own.")
    } else if before.iter().any(|other| other.issuer == provider.issuer) {
        ("the issuer is there twice", "Keep one of the two.")
    } else {
        wrong_with(provider, config.development)?
    };
    Some((format!("{:?}: {problem}", provider.id), fix))
}

fn wrong_with(provider: &Oidc, development: bool) -> Option<(&'static str, &'static str)> {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(1..=30).contains(&provider.id.len()) || !provider.id.chars().all(is_name) {
        return Some((
            "the id cannot stand in an address",
            "Write up to 30 small letters, digits and dashes.",
        ));
    }
    if !(1..=40).contains(&provider.title.trim().chars().count()) {
        return Some(("the title is empty or too long", "Write what people know it as, 1 to 40 characters."));
    }
    if !may_be_called(&provider.issuer, development) || provider.issuer.contains(['?', '#']) {
        let fix = "Write it as the provider does: https://… without a query.";
        return Some(("the issuer cannot be called", fix));
    }
    if provider.client_id.is_empty() {
        return Some(("client_id is empty", "Write what the provider calls this marketplace."));
    }
    if provider.client_secret.is_some() && provider.client_secret_file.is_some() {
        return Some(("client_secret and client_secret_file are both there", "Keep one of the two."));
    }
    if provider.client_secret_file.as_ref().is_some_and(|file| !file.is_file()) {
        return Some(("there is no file client_secret_file", "Name a file that holds the secret alone."));
    }
    let is_scope = |scope: &String| !scope.is_empty() && scope.bytes().all(|b| b.is_ascii_graphic());
    if !provider.scopes.iter().any(|s| s == "openid") || !provider.scopes.iter().all(is_scope) {
        return Some((
            "the scopes lack openid, or one is no scope",
            "Write [\"openid\", \"email\", \"profile\"].",
        ));
    }
    None
}

/// https; http only while developing, on this machine.
fn may_be_called(url: &str, development: bool) -> bool {
    Url::parse(url).is_ok_and(|parsed| {
        let is_plain = parsed.username().is_empty() && parsed.password().is_none() && parsed.has_host();
        let is_near = parsed.scheme() == "http" && development && is_this_machine(url);
        is_plain && (parsed.scheme() == "https" || is_near)
    })
}
