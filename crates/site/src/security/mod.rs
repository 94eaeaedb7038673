//! How the account is protected: password, authenticator app, recovery codes, and what has happened.

mod bank;
mod email;
mod hub;
mod keys;
pub(crate) mod passkeys;
pub(crate) mod places;
mod password;
mod totp;

pub(crate) use hub::{line, sign_out_elsewhere};
mod codes;
pub(crate) mod channels;
mod mail_codes;
mod phone;
pub(crate) mod sign_ins;
mod activity;

use kit::answer::{Answer, Denied};
use kit::cookies::{Cookie, Name};
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use market::signin::rules as signin;
use platform::Reader;
use platform::crypto::Token;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    // What could be left behind in somebody else's name waits until the address is theirs.
    let (everyone, member, verified) = (Audience::Everyone, Audience::Member, Audience::Verified);
    let mut all = keys::routes();
    all.extend([
        get("/account/email", "security.email_form", email::show).audience(member).step_up(),
        post("/account/email", "security.email", email::ask)
            .audience(member)
            .rate(Rate::SignIn)
            .step_up()
            .form_on(urls::EMAIL),
        get("/email/confirm", "security.email_confirm_form", email::confirm_form).audience(everyone),
        post("/email/confirm", "security.email_confirm", email::confirm)
            .audience(everyone)
            .rate(Rate::SignIn),
        get("/email/undo", "security.email_undo_form", email::undo_form).audience(everyone),
        post("/email/undo", "security.email_undo", email::undo).audience(everyone).rate(Rate::SignIn),
        get(urls::BANK, "security.bank", bank::show).audience(member),
        get(urls::BANK_NEW, "security.bank_form", bank::ask).audience(verified).step_up(),
        post(urls::BANK_NEW, "security.bank_set", bank::set)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up()
            .form_on(urls::BANK_NEW),
        post(urls::BANK_KEEP, "security.bank_keep", bank::keep).audience(member),
        post(urls::BANK_REMOVE, "security.bank_remove", bank::remove).audience(member).step_up(),
        get(urls::BANK_UNDO, "security.bank_undo_form", bank::undo_form).audience(everyone),
        post(urls::BANK_UNDO, "security.bank_undo", bank::undo).audience(everyone).rate(Rate::SignIn),
        get("/account/security", "security.hub", hub::show).audience(member),
        get("/account/activity", "security.activity", activity::show).audience(member),
        get("/account/password", "security.password_form", password::show).audience(member),
        post("/account/password", "security.password", password::change).audience(member).rate(Rate::SignIn),
        get("/account/passkeys", "security.passkeys", passkeys::show).audience(member),
        post("/account/passkeys/options", "security.passkeys_ask", passkeys::ask)
            .audience(verified)
            .step_up(),
        post("/account/passkeys", "security.passkeys_add", passkeys::add).audience(verified),
        post("/account/passkeys/{id}/name", "security.passkeys_rename", passkeys::rename)
            .audience(member)
            .object(Object::Passkey),
        post("/account/passkeys/{id}/remove", "security.passkeys_remove", passkeys::remove)
            .audience(member)
            .object(Object::Passkey)
            .step_up(),
        get("/account/totp", "security.totp_form", totp::show).audience(verified).step_up(),
        post("/account/totp", "security.totp", totp::confirm).audience(verified).rate(Rate::SignIn).step_up(),
        post("/account/totp/off", "security.totp_off", totp::remove).audience(member).step_up(),
        get("/account/mail-codes", "security.mail_codes_form", mail_codes::show).audience(verified).step_up(),
        post("/account/mail-codes/send", "security.mail_codes_send", mail_codes::send)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/mail-codes", "security.mail_codes", mail_codes::confirm)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/mail-codes/off", "security.mail_codes_off", mail_codes::remove)
            .audience(member)
            .step_up(),
        get("/account/phone", "security.phone_form", phone::show).audience(verified).step_up(),
        post("/account/phone", "security.phone", phone::begin)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/phone/send", "security.phone_send", phone::send)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/phone/confirm", "security.phone_confirm", phone::confirm)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/phone/off", "security.phone_off", phone::remove).audience(member).step_up(),
        get("/account/sign-ins", "security.sign_ins", sign_ins::show).audience(member).step_up(),
        get("/account/sign-ins/with/{provider}", "security.sign_ins_add", sign_ins::add)
            .audience(verified)
            .rate(Rate::SignIn)
            .step_up(),
        post("/account/sign-ins/{id}/remove", "security.sign_ins_remove", sign_ins::remove)
            .audience(member)
            .object(Object::Link)
            .step_up(),
        get("/account/codes", "security.codes", codes::show).audience(member).step_up(),
        post("/account/codes", "security.codes_make", codes::make).audience(verified).step_up(),
    ]);
    // How an account is protected is its owner's business, also when staff looks as them.
    all.into_iter().map(Route::private).collect()
}

/// From a session of staff that has not shown the strong factor which its owner has, nothing is begun that could make it
/// strong, nor is what is strong taken away: that would be a way around. Errors: the way to showing it.
pub(crate) async fn must_be_shown(visit: &SignedIn, reader: &mut Reader) -> Result<(), Answer> {
    let door = &visit.app.market.door;
    match visit.is_weak_staff && signin::usable(reader, door, visit.member().id).await?.is_strong() {
        true => Err(Denied::StepUp.into()),
        false => Ok(()),
    }
}

/// Seconds that the browser keeps the cookie: 90 days, as long as a session can live.
const COOKIE_LIFE_S: u32 = 90 * 24 * 3600;

/// Gives the browser the token of its session.
pub(crate) fn with_token(answer: Answer, token: &Token) -> Answer {
    answer.with_cookie(Cookie::new(Name::Session, token.reveal()).lasting(COOKIE_LIFE_S))
}

/// Addresses that only these pages lead to.
mod urls {
    use kernel::{ApiKeyId, LinkId, PasskeyId};

    pub(super) const BANK: &str = "/account/bank";
    pub(super) const BANK_NEW: &str = "/account/bank/new";
    pub(super) const BANK_KEEP: &str = "/account/bank/keep";
    pub(super) const BANK_REMOVE: &str = "/account/bank/remove";
    pub(super) const BANK_UNDO: &str = "/bank/undo";
    pub(super) const TAX: &str = "/payouts/tax";
    pub(super) const EMAIL: &str = "/account/email";
    pub(super) const EMAIL_CONFIRM: &str = "/email/confirm";
    pub(super) const EMAIL_UNDO: &str = "/email/undo";
    pub(super) const PASSKEYS: &str = "/account/passkeys";
    pub(super) const PASSKEYS_OPTIONS: &str = "/account/passkeys/options";
    pub(super) const PASSWORD: &str = "/account/password";
    pub(super) const TOTP: &str = "/account/totp";
    pub(super) const TOTP_OFF: &str = "/account/totp/off";
    pub(super) const MAIL_CODES: &str = "/account/mail-codes";
    pub(super) const MAIL_CODES_SEND: &str = "/account/mail-codes/send";
    pub(super) const MAIL_CODES_OFF: &str = "/account/mail-codes/off";
    pub(super) const PHONE: &str = "/account/phone";
    pub(super) const PHONE_SEND: &str = "/account/phone/send";
    pub(super) const PHONE_CONFIRM: &str = "/account/phone/confirm";
    pub(super) const PHONE_OFF: &str = "/account/phone/off";
    pub(super) const CODES: &str = "/account/codes";
    pub(super) const ACTIVITY: &str = "/account/activity";
    pub(super) const KEYS_NEW: &str = "/account/keys/new";

    pub(super) fn key_rotate(id: ApiKeyId) -> String {
        format!("/account/keys/{id}/rotate")
    }

    pub(super) fn key_revoke(id: ApiKeyId) -> String {
        format!("/account/keys/{id}/revoke")
    }

    /// Where an account elsewhere is added.
    pub(super) fn sign_ins_add(provider: &str) -> String {
        format!("/account/sign-ins/with/{provider}")
    }

    pub(super) fn sign_ins_remove(id: LinkId) -> String {
        format!("/account/sign-ins/{id}/remove")
    }

    pub(super) fn passkey_name(id: PasskeyId) -> String {
        format!("{PASSKEYS}/{id}/name")
    }

    pub(super) fn passkey_remove(id: PasskeyId) -> String {
        format!("{PASSKEYS}/{id}/remove")
    }
}
