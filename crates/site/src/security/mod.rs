//! How the account is protected: password, authenticator app, recovery codes, and what has happened.

mod hub;
mod password;
mod totp;
mod codes;
mod activity;

use kit::policy::{Audience, Rate};
use kit::route::{Route, get, post};

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let member = Audience::Member;
    vec![
        get("/account/security", "security.hub", hub::show).audience(member),
        get("/account/activity", "security.activity", activity::show).audience(member),
        get("/account/password", "security.password_form", password::show).audience(member),
        post("/account/password", "security.password", password::change).audience(member).rate(Rate::SignIn),
        get("/account/totp", "security.totp_form", totp::show).audience(member).step_up(),
        post("/account/totp", "security.totp", totp::confirm).audience(member).rate(Rate::SignIn).step_up(),
        post("/account/totp/off", "security.totp_off", totp::remove).audience(member).step_up(),
        get("/account/codes", "security.codes", codes::show).audience(member).step_up(),
        post("/account/codes", "security.codes_make", codes::make).audience(member).step_up(),
    ]
}

/// Addresses that only these pages lead to.
mod urls {
    pub(super) const PASSWORD: &str = "/account/password";
    pub(super) const TOTP: &str = "/account/totp";
    pub(super) const TOTP_OFF: &str = "/account/totp/off";
    pub(super) const CODES: &str = "/account/codes";
    pub(super) const ACTIVITY: &str = "/account/activity";
}
