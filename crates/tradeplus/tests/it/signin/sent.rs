//! Codes by mail and by SMS.

use super::{newest_code, types_password};
use market::accounts::model::Role;
use testkit::{Answer, Browser, PASSWORD, Person, Town};
use time::Duration;

const NUMBER: &str = "+4915112345678";

/// Turns codes by mail on by the page; answers the recovery codes.
pub(super) async fn turns_on_mail(town: &Town, who: &Person) -> Vec<String> {
    let page = who.get("/account/mail-codes").await.is(200).page();
    let form = page.form("form[action='/account/mail-codes/send']");
    who.submit(form).await.goes_to("/account/mail-codes");
    let code = newest_code(town, &who.email).await;
    let form = who.get("/account/mail-codes").await.page().form("form[action='/account/mail-codes']");
    who.submit(form.clone().with("code", "12345678")).await.is(422);
    let done = who.submit(form.with("code", &code)).await.is(200);
    assert_eq!(done.header("cache-control"), Some("no-store"));
    let codes = done.page().words(".codes code");
    assert_eq!(codes.len(), 10);
    town.clock.advance(Duration::minutes(2));
    codes
}

/// The same with a phone.
async fn turns_on_phone(town: &Town, who: &Person) {
    let page = who.get("/account/phone").await.is(200).shows("The weakest way").page();
    let form = page.form("form[action='/account/phone']").with("number", "+49 151 1234-5678");
    who.submit(form).await.goes_to("/account/phone");
    town.run_jobs().await;
    let code = newest_code(town, NUMBER).await;
    let page = who.get("/account/phone").await.is(200).shows("ends in 78").hides("12345678").page();
    let form = page.form("form[action='/account/phone/confirm']").with("code", &code);
    // With recovery codes, where there were none.
    assert!(matches!(who.submit(form).await.status(), 200 | 303));
    who.get("/account/phone").await.is(200).shows("Codes go to the number");
    town.clock.advance(Duration::minutes(2));
}

async fn types(browser: &Browser, code: &str) -> Answer {
    let form = browser.get("/sign-in/second").await.is(200).page().form("form[action='/sign-in/second']");
    browser.submit(form.with("code", code)).await
}

/// Presses the button that sends a code at the second step.
async fn asks(browser: &Browser, channel: &str) -> Answer {
    let fields = [("channel", channel)];
    browser.post("/sign-in/second/send", &fields).await
}

#[tokio::test]
async fn a_code_by_mail_is_sent_at_once_and_lets_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    assert_eq!(browser.cookie("tp_session"), None, "no session before the code");
    let code = newest_code(&town, &ann.email).await;
    let typed = format!("{} {}", &code[..4], &code[4..]);
    types(&browser, &typed).await.goes_to("/");
    browser.get("/account").await.is(200);
    let told = town.subjects_to(&ann.email).await;
    assert!(told.iter().any(|s| s == "Codes by mail turned on"), "{told:?}");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_the_attempt_that_asked() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    let (laptop, thief) = (town.visitor(), town.visitor());
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    types_password(&thief, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let code = newest_code(&town, &ann.email).await;
    types(&thief, &code).await.is(422);
    types(&laptop, &code).await.goes_to("/");
    types(&thief, &code).await.is(422);
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes_and_after_five_tries() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let code = newest_code(&town, &ann.email).await;
    for n in 0..5 {
        types(&browser, &format!("0000000{n}")).await.is(422);
    }
    town.clock.advance(Duration::seconds(6));
    types(&browser, &code).await.is(422);

    town.clock.advance(Duration::days(1));
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let first = newest_code(&town, &ann.email).await;
    town.clock.advance(Duration::minutes(1));
    asks(&browser, "email").await.goes_to("/sign-in/second");
    let second = newest_code(&town, &ann.email).await;
    assert_ne!(first, second);
    types(&browser, &first).await.is(422);
    town.clock.advance(Duration::minutes(9));
    browser.get("/sign-in/second").await.goes_to("/sign-in");
}

#[tokio::test]
async fn the_next_code_waits_a_minute_and_a_day_has_ten() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    let count = async || town.count("select count(*) from sent_codes").await;
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    assert_eq!(count().await, 2);
    let told = asks(&browser, "email").await.goes_to("/sign-in/second");
    browser.follow(&told).await.shows("60");
    assert_eq!(count().await, 2, "not within a minute");
    // The one that was used rightly does not count.
    for n in 3..=11 {
        town.clock.advance(Duration::minutes(1));
        asks(&browser, "email").await.goes_to("/sign-in/second");
        assert_eq!(count().await, n);
    }
    town.clock.advance(Duration::minutes(1));
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    asks(&browser, "email").await.goes_to("/sign-in/second");
    assert_eq!(count().await, 11, "not today");
    // What was not turned on is not sent.
    asks(&browser, "sms").await.is(404);
    asks(&browser, "pigeon").await.is(404);
}

#[tokio::test]
async fn one_phone_is_not_flooded_from_many_accounts() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let count = async || town.count("select count(*) from sent_codes").await;
    let number = [("number", NUMBER)];
    for n in 1..=5 {
        ann.post("/account/phone", &number).await.goes_to("/account/phone");
        assert_eq!(count().await, 2 * n - 1);
        ben.post("/account/phone", &number).await.goes_to("/account/phone");
        assert_eq!(count().await, 2 * n - 1, "not within a minute, whoever asks");
        town.clock.advance(Duration::minutes(1));
        ben.post("/account/phone", &number).await.goes_to("/account/phone");
        assert_eq!(count().await, 2 * n);
        town.clock.advance(Duration::minutes(1));
    }
    let cem = town.person("Cem").await;
    cem.post("/account/phone", &number).await.goes_to("/account/phone");
    assert_eq!(count().await, 10, "not today");
    cem.post("/account/phone", &[("number", "+4915187654321")]).await.goes_to("/account/phone");
    assert_eq!(count().await, 11, "another phone");
}

#[tokio::test]
async fn the_marketplace_sends_no_more_text_messages_than_it_pays_for() {
    let town = Town::with(|config| config.sms.per_day = 1).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    ann.post("/account/phone", &[("number", NUMBER)]).await.goes_to("/account/phone");
    let other = [("number", "+4915187654321")];
    ben.post("/account/phone", &other).await.is(409).shows("sends no text messages at the moment");
    assert_eq!(town.count("select count(*) from sent_codes").await, 1);
    town.clock.advance(Duration::days(1));
    let cem = town.person("Cem").await;
    cem.post("/account/phone", &other).await.goes_to("/account/phone");
}

#[tokio::test]
async fn nothing_that_could_be_tried_out_is_kept() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    turns_on_phone(&town, &ann).await;
    let code = newest_code(&town, NUMBER).await;
    for table in ["sent_codes", "sent_factors", "audit_log", "security_events", "jobs"] {
        for text in [code.as_str(), NUMBER, "15112345678"] {
            let query = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .bind(text)
                .fetch_one(&town.owner)
                .await
                .unwrap();
            assert_eq!(found, 0, "{table}");
        }
    }
    let sealed: Vec<u8> = sqlx::query_scalar("select number from sent_factors where channel = 'sms'")
        .fetch_one(&town.owner)
        .await
        .unwrap();
    assert!(!sealed.windows(11).any(|w| w == b"15112345678"));
}

#[tokio::test]
async fn a_code_by_sms_lets_in_and_stands_last() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    turns_on_phone(&town, &ann).await;
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let page = browser.get("/sign-in/second").await.is(200).shows("SMS is the weakest way").page();
    assert_eq!(page.attributes("[name='channel']", "value"), ["email", "sms"]);
    asks(&browser, "sms").await.goes_to("/sign-in/second");
    town.run_jobs().await;
    types(&browser, &newest_code(&town, NUMBER).await).await.goes_to("/");
    let form = ann.get("/account/phone").await.page().form("form[action='/account/phone/off']");
    ann.submit(form).await.goes_to("/account/security");
    assert_eq!(town.count("select count(*) from recovery_codes").await, 10, "mail still needs them");
    let form = ann.get("/account/mail-codes").await.page().form("form[action='/account/mail-codes/off']");
    ann.submit(form).await.goes_to("/account/security");
    assert_eq!(town.count("select count(*) from recovery_codes").await, 0);
    types_password(&town.visitor(), &ann.email, PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn a_number_counts_when_its_code_was_typed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/phone").await.page().form("form[action='/account/phone']");
    for bad in ["", "0151 1234567", "call me"] {
        let page = ann.submit(form.clone().with("number", bad)).await.is(422).page();
        assert!(page.has("[name='number'][aria-invalid='true']"), "{bad}");
    }
    ann.submit(form.with("number", NUMBER)).await.goes_to("/account/phone");
    types_password(&town.visitor(), &ann.email, PASSWORD).await.goes_to("/");
    // A code to a number that is not proven yet shows nobody who one is.
    town.run_jobs().await;
    let code = newest_code(&town, NUMBER).await;
    ann.post("/confirm", &[("code", &code), ("password", "wrong horse battery"), ("next", "/")])
        .await
        .is(422);
}

#[tokio::test]
async fn without_a_gateway_there_is_no_sms() {
    let town = Town::with(|config| config.development = false).await;
    let ann = town.person("Ann").await;
    ann.get("/account/phone").await.is(404);
    ann.post("/account/phone", &[("number", NUMBER)]).await.is(404);
    ann.get("/account/security").await.is(200).hides("Codes by SMS");
}

/// A code by mail is no second factor for staff, nor is a recovery code that stands for it.
#[tokio::test]
async fn staff_needs_something_better() {
    let town = Town::with(|config| config.access.staff_factor = true).await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    olga.sign_in().await.goes_to("/");
    let codes = turns_on_mail(&town, &olga).await;
    let desk = town.visitor();
    types_password(&desk, &olga.email, PASSWORD).await.goes_to("/sign-in/second");
    types(&desk, &newest_code(&town, &olga.email).await).await.goes_to("/");
    desk.get("/admin").await.goes_to("/account/security");
    desk.get("/account/security").await.shows("Staff needs a second step");
    let desk = town.visitor();
    types_password(&desk, &olga.email, PASSWORD).await.goes_to("/sign-in/second");
    types(&desk, &codes[0]).await.goes_to("/");
    desk.get("/admin").await.goes_to("/account/security");
}

#[tokio::test]
async fn showing_once_more_who_one_is_takes_a_code_that_was_sent_for_it() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    town.clock.advance(Duration::minutes(11));
    ann.get("/account/codes").await.goes_to("/confirm?next=%2Faccount%2Fcodes");
    let page = ann.get("/confirm?next=%2Faccount%2Fcodes").await.is(200).page();
    assert!(!page.has("[name='password']"));
    let sent = ann.submit(page.form("form[action='/confirm/send']")).await;
    sent.goes_to("/confirm?next=%2Faccount%2Fcodes");
    let code = newest_code(&town, &ann.email).await;
    let form = ann.get("/confirm?next=%2Faccount%2Fcodes").await.page().form("form[action='/confirm']");
    ann.submit(form.with("code", &code)).await.goes_to("/account/codes");
    ann.get("/account/codes").await.is(200);
}

/// Sets a new password by the link in a mail.
async fn resets(town: &Town, browser: &Browser, email: &str) -> Answer {
    let form = browser.get("/reset").await.page().form("form[action='/reset']").with("email", email);
    browser.submit(form).await.is(303);
    town.run_jobs().await;
    let mails = town.mails_to(email).await;
    let (_, rest) = mails.iter().rev().find_map(|m| m.text.split_once("/reset/new?token=")).expect("a link");
    let token: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    let page = browser.get(&format!("/reset/new?token={token}")).await.is(200).page();
    browser.submit(page.form("form[action='/reset/new']").with("password", "a new and better one")).await
}

/// Link and code would come by the same mail.
#[tokio::test]
async fn after_a_link_no_code_comes_by_mail_where_there_is_something_else() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    turns_on_mail(&town, &ann).await;
    turns_on_phone(&town, &ann).await;
    let thief = town.visitor();
    resets(&town, &thief, &ann.email).await.goes_to("/sign-in/second");
    let page = thief.get("/sign-in/second").await.is(200).page();
    assert_eq!(page.attributes("[name='channel']", "value"), ["sms"]);
    asks(&thief, "email").await.is(404);
    // After the password it is a second factor.
    let browser = town.visitor();
    types_password(&browser, &ann.email, "a new and better one").await.goes_to("/sign-in/second");
    let page = browser.get("/sign-in/second").await.is(200).page();
    assert_eq!(page.attributes("[name='channel']", "value"), ["email", "sms"]);
    // Who has nothing but mail comes in by mail.
    turns_on_mail(&town, &ben).await;
    let browser = town.visitor();
    resets(&town, &browser, &ben.email).await.goes_to("/sign-in/second");
    types(&browser, &newest_code(&town, &ben.email).await).await.goes_to("/");
}

/// Somebody who has the password asks for all codes of the day and tries wrong ones; the owner comes in by a link.
#[tokio::test]
async fn whoever_uses_up_the_codes_of_a_day_does_not_lock_the_owner_out() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    turns_on_mail(&town, &ann).await;
    let thief = town.visitor();
    for _ in 0..10 {
        types_password(&thief, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
        town.clock.advance(Duration::minutes(1));
    }
    types_password(&thief, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    assert_eq!(town.count("select count(*) from sent_codes").await, 11, "no more today");
    for n in 0..5 {
        types(&thief, &format!("0000000{n}")).await.is(422);
    }
    let owner = town.visitor();
    resets(&town, &owner, &ann.email).await.goes_to("/sign-in/second");
    types(&owner, &newest_code(&town, &ann.email).await).await.goes_to("/");
}

/// A code that went to a number of somebody's own turns no other number on.
#[tokio::test]
async fn a_number_is_turned_on_by_a_code_that_went_there() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account").await.is(200);
    let other = town.visitor();
    types_password(&other, &ann.email, PASSWORD).await.goes_to("/");
    let begins = async |browser: &Browser, number: &str| {
        let page = browser.get("/account/phone").await.is(200).page();
        let form = page.form("form[action='/account/phone']").with("number", number);
        browser.submit(form).await.goes_to("/account/phone");
        town.run_jobs().await;
        newest_code(&town, number).await
    };
    let first = begins(&ann.browser, NUMBER).await;
    town.clock.advance(Duration::minutes(2));
    let second = begins(&other, "+4915187654321").await;
    ann.browser.post("/account/phone/confirm", &[("code", &first)]).await.is(422);
    assert_eq!(town.count("select count(*) from sent_factors where confirmed_at is not null").await, 0);
    other.post("/account/phone/confirm", &[("code", &second)]).await.is(200);
}

#[tokio::test]
async fn asking_for_another_code_too_soon_does_not_spoil_the_one_before() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/mail-codes").await.page().form("form[action='/account/mail-codes/send']");
    ann.submit(form.clone()).await.goes_to("/account/mail-codes");
    let code = newest_code(&town, &ann.email).await;
    town.clock.advance(Duration::seconds(30));
    ann.submit(form).await.goes_to("/account/mail-codes");
    ann.post("/account/mail-codes", &[("code", &code)]).await.is(200);
}
