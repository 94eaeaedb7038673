//! Signing in and staying safe: second factors, other providers, showing once more who one is, guessing.

mod again;
mod confirm;
mod guessing;
mod fake;
mod passkeys;
mod pressure;
mod providers;
mod second;
mod sent;
mod staff;

use testkit::{PASSWORD, Person, Town};
use totp_rs::{Builder, Secret};

/// An authenticator app.
pub(crate) struct App(totp_rs::Totp);

impl App {
    fn new(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// The digits it shows now.
    pub(crate) fn code(&self, town: &Town) -> String {
        self.0.generate(u64::try_from(town.clock.now().unix_timestamp()).unwrap()).to_string()
    }
}

/// Sets the app up by the pages; answers it and the recovery codes.
pub(crate) async fn sets_up_an_app(town: &Town, who: &Person) -> (App, Vec<String>) {
    let page = who.get("/account/totp").await.is(200).page();
    let app = App::new(&page.one(".secret"));
    let form = page.form("form[action='/account/totp']").with("code", &app.code(town));
    let done = who.submit(form).await.is(200);
    assert_eq!(done.header("cache-control"), Some("no-store"));
    let codes = done.page().words(".codes code");
    assert_eq!(codes.len(), 10);
    town.clock.advance(time::Duration::minutes(1));
    (app, codes)
}

/// The digits of the newest code that went to an address or a number.
async fn newest_code(town: &Town, to: &str) -> String {
    let mails = town.mails_to(to).await;
    let mail = mails.iter().rfind(|m| m.subject == "Your code" || m.subject == "SMS").expect("a code");
    let (_, rest) = mail.text.split_once("code is ").expect("a code in it");
    rest.chars().filter(char::is_ascii_digit).take(8).collect()
}

/// Types address and password.
pub(crate) async fn types_password(who: &testkit::Browser, email: &str, password: &str) -> testkit::Answer {
    let form = who.get("/sign-in").await.is(200).page().form("form[action='/sign-in']");
    who.submit(form.with("email", email).with("password", password)).await
}

/// The same with the right password and then a code.
pub(crate) async fn types_code(who: &testkit::Browser, email: &str, code: &str) -> testkit::Answer {
    types_password(who, email, PASSWORD).await.goes_to("/sign-in/second");
    let form = who.get("/sign-in/second").await.is(200).page().form("form[action='/sign-in/second']");
    who.submit(form.with("code", code)).await
}
