//! The second factor: an authenticator app, and codes for the day when it is lost.

use super::{sets_up_an_app, types_code, types_password};
use http::Method;
use serde_json::json;
use testkit::{PASSWORD, Town};
use time::Duration;

#[tokio::test]
async fn a_stolen_password_is_not_enough() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let thief = town.visitor();
    types_password(&thief, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    assert_eq!(thief.cookie("tp_session"), None, "no session before the second factor");
    thief.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    let wrong = types_code(&thief, &ann.email, "000000").await.is(422);
    assert!(wrong.page().has("[name='code'][aria-invalid='true']"));
    let right = types_code(&thief, &ann.email, &app.code(&town)).await;
    right.goes_to("/");
    thief.get("/account").await.is(200);
}

/// Somebody looked over the shoulder: a code that was used is worthless, also to who sends it at the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_works_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let code = app.code(&town);
    let browsers: Vec<_> = (0..4).map(|_| town.visitor()).collect();
    let mut answers = Vec::new();
    for browser in &browsers {
        types_password(browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    }
    for answer in futures_util::future::join_all(browsers.iter().map(|browser| async {
        let page = browser.get("/sign-in/second").await.page();
        browser.submit(page.form("form[action='/sign-in/second']").with("code", &code)).await
    }))
    .await
    {
        answers.push(answer.status());
    }
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422]);
}

#[tokio::test]
async fn a_recovery_code_works_once_and_is_told() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, codes) = sets_up_an_app(&town, &ann).await;
    let browser = town.visitor();
    types_code(&browser, &ann.email, &codes[3].to_lowercase()).await.goes_to("/");
    browser.get("/account/security").await.is(200).shows("9 left");
    types_code(&town.visitor(), &ann.email, &codes[3]).await.is(422);
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s == "Recovery code used"), "{subjects:?}");
}

#[tokio::test]
async fn codes_are_shown_once_and_kept_as_hashes_and_the_secret_is_sealed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let page = ann.get("/account/totp").await.is(200).page();
    let secret = page.one(".secret").replace(' ', "");
    assert_eq!(
        ann.get("/account/totp").await.page().one(".secret").replace(' ', ""),
        secret,
        "while it waits"
    );
    let (_, codes) = sets_up_an_app(&town, &ann).await;
    ann.get("/account/totp").await.is(200).hides(&secret);
    let codes_page = ann.get("/account/codes").await.is(200);
    codes_page.hides(&codes[0]);
    let secret_bytes = totp_rs::Secret::try_from_base32(&secret).unwrap();
    let kept: Vec<u8> = sqlx::query_scalar("select secret from totp").fetch_one(&town.owner).await.unwrap();
    assert!(!kept.windows(20).any(|w| w == secret_bytes.as_bytes()));
    for table in ["recovery_codes", "audit_log", "security_events", "jobs", "mails"] {
        for text in [secret.as_str(), &codes[0], &codes[0].replace('-', "")] {
            let query = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .bind(text)
                .fetch_one(&town.owner)
                .await
                .unwrap();
            assert_eq!(found, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn new_codes_make_the_old_ones_worthless() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, old) = sets_up_an_app(&town, &ann).await;
    let form = ann.get("/account/codes").await.page().form("form[action='/account/codes']");
    let made = ann.submit(form).await.is(200).page();
    let new = made.words(".codes code")[0].clone();
    types_code(&town.visitor(), &ann.email, &old[0]).await.is(422);
    types_code(&town.visitor(), &ann.email, &new).await.goes_to("/");
}

#[tokio::test]
async fn a_trusted_device_is_not_asked_for_a_month() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let laptop = town.visitor();
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let form = laptop.get("/sign-in/second").await.page().form("form[action='/sign-in/second']");
    laptop.submit(form.with("code", &app.code(&town)).and("trust", "1")).await.goes_to("/");
    laptop.post("/sign-out", &[]).await.is(303);
    town.clock.advance(Duration::days(29));
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/");
    let ben = town.person("Ben").await;
    let (_, _) = sets_up_an_app(&town, &ben).await;
    laptop.post("/sign-out", &[]).await.is(303);
    types_password(&laptop, &ben.email, PASSWORD).await.goes_to("/sign-in/second");
    town.clock.advance(Duration::days(2));
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
}

/// Who reads the mail of somebody still does not have their phone.
#[tokio::test]
async fn a_link_does_not_skip_it() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sets_up_an_app(&town, &ann).await;
    let thief = town.visitor();
    let form = thief.get("/reset").await.page().form("form[action='/reset']").with("email", &ann.email);
    thief.submit(form).await.is(303);
    town.run_jobs().await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    let token: String =
        mail.text.split_once("token=").unwrap().1.chars().take_while(|c| !c.is_whitespace()).collect();
    let form = thief.get(&format!("/reset/new?token={token}")).await.page().form("form[action='/reset/new']");
    thief.submit(form.with("password", "a new and better one")).await.goes_to("/sign-in/second");
    assert_eq!(thief.cookie("tp_session"), None);
    thief.get("/account").await.goes_to("/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn an_attempt_lasts_ten_minutes() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let browser = town.visitor();
    types_password(&browser, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let form = browser.get("/sign-in/second").await.page().form("form[action='/sign-in/second']");
    town.clock.advance(Duration::minutes(10));
    browser.submit(form.with("code", &app.code(&town))).await.goes_to("/sign-in");
    browser.get("/sign-in/second").await.goes_to("/sign-in");
    assert_eq!(browser.cookie("tp_session"), None);
}

#[tokio::test]
async fn programs_send_the_code_along() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, codes) = sets_up_an_app(&town, &ann).await;
    let sign_in = async |otp: Option<&str>| {
        let mut body = json!({ "email": ann.email, "password": PASSWORD });
        if let Some(otp) = otp {
            body["otp"] = json!(otp);
        }
        let program = town.visitor();
        let request =
            program.request(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
        program.send(request.body(body.to_string().into()).unwrap()).await
    };
    sign_in(None).await.problem(401, "second-factor-required");
    sign_in(Some("")).await.problem(401, "second-factor-required");
    sign_in(Some("000000")).await.problem(401, "sign-in-failed");
    let code = app.code(&town);
    assert!(sign_in(Some(&code)).await.is(200).at("/access_token").is_string());
    // Used already.
    sign_in(Some(&code)).await.problem(401, "sign-in-failed");
    sign_in(Some(&codes[0])).await.is(200);
}

/// Where it is demanded, the pages of staff stay closed without.
#[tokio::test]
async fn staff_without_a_factor_reaches_the_way_to_one_and_nothing_else() {
    let town = Town::with(|config| config.access.staff_factor = true).await;
    let olga = town.staff("Olga", &[market::accounts::model::Role::Operator]).await;
    olga.sign_in().await.goes_to("/");
    for page in ["/admin", "/admin/jobs", "/admin/orders"] {
        olga.browser.get(page).await.goes_to("/account/security");
    }
    olga.browser.get("/account/security").await.is(200).shows("Staff needs a second step");
    let page = olga.browser.get("/account/totp").await.is(200).page();
    let app = super::App::new(&page.one(".secret"));
    let form = page.form("form[action='/account/totp']").with("code", &app.code(&town));
    olga.browser.submit(form).await.is(200);
    olga.browser.get("/admin").await.is(200);
    town.clock.advance(Duration::minutes(1));
    let desk = town.visitor();
    types_code(&desk, &olga.email, &app.code(&town)).await.goes_to("/");
    desk.get("/admin").await.is(200);
}

/// After every change of a way in one is led to where everything else can be signed out.
#[tokio::test]
async fn whoever_changes_a_factor_can_sign_others_out() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let other = town.visitor();
    types_password(&other, &ann.email, PASSWORD).await.goes_to("/");
    let (_, codes) = sets_up_an_app(&town, &ann).await;
    assert_eq!(codes.len(), 10);
    other.get("/account").await.is(200);
    let page = ann.get("/account/totp").await.is(200).page();
    let off = ann.submit(page.form("form[action='/account/totp/off']")).await.goes_to("/account/security");
    let hub = ann.follow_page(&off).await.is(200).page();
    ann.submit(hub.form("form[action='/account/sessions']")).await.goes_to("/account/sessions");
    other.get("/account").await.is(303);
    ann.get("/account").await.is(200);
}

#[tokio::test]
async fn turning_it_off_is_told() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sets_up_an_app(&town, &ann).await;
    let form = ann.get("/account/totp").await.is(200).page().form("form[action='/account/totp/off']");
    ann.submit(form).await.goes_to("/account/security");
    assert_eq!(town.count("select count(*) from recovery_codes").await, 0);
    types_password(&town.visitor(), &ann.email, PASSWORD).await.goes_to("/");
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s == "Authenticator app turned off"), "{subjects:?}");
    ann.get("/account/activity").await.is(200).shows("Authenticator app turned off");
}
