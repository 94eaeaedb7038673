//! Showing once more who one is, and a new password.

use super::{sets_up_an_app, types_password};
use testkit::{PASSWORD, Town};
use time::Duration;

#[tokio::test]
async fn what_is_sensitive_asks_again_after_ten_minutes() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.goes_to("/");
    ann.browser.get("/account/totp").await.is(200);
    town.clock.advance(Duration::minutes(11));
    ann.browser.get("/account/totp").await.goes_to("/confirm?next=%2Faccount%2Ftotp");
    let page = ann.browser.get("/confirm?next=%2Faccount%2Ftotp").await.is(200).page();
    let form = page.form("form[action='/confirm']");
    let wrong = ann.browser.submit(form.clone().with("password", "not my password")).await.is(422).page();
    assert_eq!(wrong.form("form[action='/confirm']").value("next"), Some("/account/totp"));
    let token = ann.browser.cookie("tp_session").unwrap();
    ann.browser.submit(form.with("password", PASSWORD)).await.goes_to("/account/totp");
    ann.browser.get("/account/totp").await.is(200);
    let thief = town.visitor();
    thief.set_cookie("tp_session", &token);
    thief.get("/account").await.goes_to("/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn with_a_second_factor_a_code_is_asked_for() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    town.clock.advance(Duration::minutes(11));
    let page = ann.get("/confirm?next=%2Faccount%2Fcodes").await.is(200).page();
    assert!(!page.has("[name='password']"), "the password alone would not do");
    let form = page.form("form[action='/confirm']");
    ann.submit(form.clone().with("code", "000000")).await.is(422);
    ann.submit(form.with("code", &app.code(&town))).await.goes_to("/account/codes");
    ann.get("/account/codes").await.is(200);
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_signs_others_out_if_asked() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.goes_to("/");
    let other = town.visitor();
    types_password(&other, &ann.email, PASSWORD).await.goes_to("/");
    let form = async || {
        let page = ann.browser.get("/account/password").await.is(200).page();
        page.form("form[action='/account/password']").with("new_password", "a new and better one")
    };
    ann.browser.submit(form().await.with("password", "not it at all")).await.is(422);
    ann.browser.submit(form().await.with("password", PASSWORD).with("new_password", "short")).await.is(422);
    ann.browser.submit(form().await.with("password", PASSWORD)).await.goes_to("/account/security");
    ann.browser.get("/account").await.is(200);
    other.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    types_password(&town.visitor(), &ann.email, PASSWORD).await.is(422);
    types_password(&other, &ann.email, "a new and better one").await.goes_to("/");
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s == "Password changed"), "{subjects:?}");
}

#[tokio::test]
async fn a_new_password_does_not_stand_for_the_second_factor() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sets_up_an_app(&town, &ann).await;
    ann.get("/account/codes").await.is(200);
    town.clock.advance(Duration::minutes(11));
    let form = ann.get("/account/password").await.is(200).page().form("form[action='/account/password']");
    let form = form.with("password", PASSWORD).with("new_password", "a new and better one");
    ann.submit(form).await.goes_to("/account/security");
    ann.get("/account").await.is(200);
    ann.get("/account/codes").await.goes_to("/confirm?next=%2Faccount%2Fcodes");
}

#[tokio::test]
async fn a_new_device_is_told_and_a_known_one_is_not() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mails = async || town.mails_to(&ann.email).await.len();
    let laptop = town.visitor();
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/");
    assert_eq!(mails().await, 0, "the first of all is no surprise");
    let phone = town.visitor();
    types_password(&phone, &ann.email, PASSWORD).await.goes_to("/");
    assert_eq!(mails().await, 1);
    for browser in [&laptop, &phone] {
        browser.post("/sign-out", &[]).await.is(303);
        types_password(browser, &ann.email, PASSWORD).await.goes_to("/");
    }
    assert_eq!(mails().await, 1);
    phone.get("/account/activity").await.is(200).shows("Signed in with a new device");
}

#[tokio::test]
async fn leaving_leaves_nothing_behind_but_the_name_of_the_browser() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.goes_to("/");
    let device = ann.browser.cookie("tp_device").unwrap();
    let left = ann.browser.post("/sign-out", &[]).await.is(303);
    assert_eq!(left.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert_eq!(ann.browser.cookie("tp_session"), None);
    assert_eq!(ann.browser.cookie("tp_device"), Some(device));
}
