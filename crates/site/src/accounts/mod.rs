//! Accounts: signing in and out, opening one, proving an address, a new password, and one's own settings.
//!
//! No page tells whether an address has an account.

mod enter;
mod sent;
mod passkey;
mod puzzle;
mod provider;
mod sign_in;
mod second;
mod confirm;
mod register;
mod verify;
mod reset;
mod devices;
mod profile;
mod overview;
mod suspension;

use kernel::limits::PHOTO_BYTES_MAX;
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let (everyone, member) = (Audience::Everyone, Audience::Member);
    // Who is suspended or leaving shows who they are, too: for a copy of what is theirs, say.
    let account = Audience::Account;
    vec![
        get("/sign-in", "accounts.sign_in_form", sign_in::show).audience(everyone),
        post("/sign-in", "accounts.sign_in", sign_in::enter).audience(everyone).rate(Rate::SignIn),
        get("/sign-in/second", "signin.second_form", second::show).audience(everyone),
        post("/sign-in/second", "signin.second", second::enter).audience(everyone).rate(Rate::SignIn),
        post("/sign-in/second/send", "signin.second_send", second::send)
            .audience(everyone)
            .rate(Rate::SignIn),
        get("/sign-in/with/{provider}", "oidc.go", provider::go).audience(everyone).rate(Rate::SignIn),
        get("/sign-in/with/{provider}/return", "oidc.back", provider::back)
            .audience(everyone)
            .rate(Rate::SignIn),
        post("/sign-in/passkey/options", "signin.passkey_ask", passkey::ask).audience(everyone),
        post("/sign-in/passkey", "signin.passkey", passkey::enter).audience(everyone).rate(Rate::SignIn),
        post("/confirm/passkey", "signin.confirm_passkey", passkey::confirm)
            .audience(account)
            .rate(Rate::SignIn),
        get("/confirm/with/{provider}", "signin.confirm_provider", provider::again)
            .audience(account)
            .rate(Rate::SignIn)
            .private(),
        get("/confirm", "signin.confirm_form", confirm::show).audience(account).private(),
        post("/confirm", "signin.confirm", confirm::answer).audience(account).rate(Rate::SignIn),
        post("/confirm/send", "signin.confirm_send", confirm::send).audience(account).rate(Rate::SignIn),
        post("/sign-out", "accounts.sign_out", sign_in::leave).audience(everyone),
        get("/register", "accounts.register_form", register::show).audience(everyone),
        post("/register", "accounts.register", register::open).audience(everyone).rate(Rate::SignIn),
        get("/verify", "accounts.verify_form", verify::show).audience(everyone),
        post("/verify", "accounts.verify", verify::prove).audience(everyone).rate(Rate::SignIn),
        post("/verify/again", "accounts.verify_again", verify::again).audience(member).rate(Rate::SignIn),
        get("/reset", "accounts.reset_form", reset::show).audience(everyone),
        post("/reset", "accounts.reset", reset::ask).audience(everyone).rate(Rate::SignIn),
        get("/reset/new", "accounts.reset_new_form", reset::show_new).audience(everyone),
        post("/reset/new", "accounts.reset_new", reset::set).audience(everyone).rate(Rate::SignIn),
        get("/account", "accounts.overview", overview::show).audience(member),
        get("/account/language", "accounts.language", overview::language).audience(member),
        get("/account/suspension", "accounts.suspension", suspension::show).audience(Audience::Suspended),
        post("/account/suspension", "accounts.appeal", suspension::appeal)
            .audience(Audience::Suspended)
            .form_on("/account/suspension"),
        get("/account/profile", "accounts.profile_form", profile::show).audience(member),
        post("/account/profile", "accounts.profile", profile::save)
            .audience(member)
            .form_on("/account/profile"),
        post("/account/handle", "accounts.handle", profile::rename)
            .audience(member)
            .form_on("/account/profile"),
        post("/account/avatar", "accounts.avatar", profile::picture)
            .audience(member)
            .rate(Rate::Upload)
            .body(PHOTO_BYTES_MAX + 64 * 1024),
        get("/account/sessions", "accounts.devices", devices::show).audience(member).private(),
        post("/account/sessions", "accounts.devices_close_all", devices::close_others)
            .audience(member)
            .step_up(),
        post("/account/sessions/{id}", "accounts.devices_close", devices::close)
            .audience(member)
            .object(Object::Session)
            .step_up(),
    ]
}
