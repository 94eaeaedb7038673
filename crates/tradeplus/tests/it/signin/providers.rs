//! Signing in with an account elsewhere, and everything that a provider, or somebody who plays one, may say.

use super::fake::{Fake, claims_of, new_key, sign, unsigned};
use super::staff::has_passkey;
use super::{newest_code, sets_up_an_app, types_password};
use market::accounts::model::Role;
use ring::signature::EcdsaKeyPair;
use serde_json::{Value, json};
use testkit::{PASSWORD, Person, Town};
use time::Duration;

/// A token made of good claims and another key than the provider's.
type Forgery = fn(&Value, &EcdsaKeyPair) -> String;

async fn town_with(fakes: &[&Fake]) -> Town {
    let all = fakes.iter().map(|fake| fake.settings()).collect();
    Town::with(|config| config.oidc = all).await
}

/// As if the member had added the account of this subject.
async fn has_added(town: &Town, who: &Person, fake: &Fake, subject: &str) {
    sqlx::query(
        "insert into linked_accounts (link_id, issuer, subject, member_id, linked_at)
         values ($1, $2, $3, $4, '2026-01-01')",
    )
    .bind(uuid::Uuid::from_u128(5))
    .bind(fake.issuer())
    .bind(subject)
    .bind(who.id.0)
    .execute(&town.owner)
    .await
    .unwrap();
}

#[tokio::test]
async fn the_first_time_opens_an_account_and_the_next_finds_it() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let browser = town.visitor();
    for page in ["/sign-in", "/register"] {
        browser.get(page).await.is(200).shows("Continue with Fake");
    }
    let ticket = fake.is_asked(&browser, "/sign-in/with/fake?next=%2Forders").await;
    fake.says(&town, &ticket.nonce, |_| {});
    fake.sends_back(&browser, &ticket.state).await.goes_to("/orders");
    browser.get("/account").await.is(200).shows("nora@example.org");
    browser.get("/account/password").await.is(200).shows("You sign in without a password");
    assert_eq!(town.count("select count(*) from members where email_verified_at is not null").await, 1);
    // No password fits, whatever is typed.
    for password in ["!", "", PASSWORD] {
        types_password(&town.visitor(), "nora@example.org", password).await.is(422);
    }
    let elsewhere = town.visitor();
    fake.signs_in(&town, &elsewhere, |claims| claims["email"] = json!("other@example.org"))
        .await
        .goes_to("/");
    elsewhere.get("/account").await.is(200).shows("nora@example.org");
    assert_eq!(town.count("select count(*) from members").await, 1, "found by subject, not by address");
}

#[tokio::test]
async fn what_is_not_for_us_lets_nobody_in() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let now = town.now().unix_timestamp();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("another market")),
        ("aud", json!(["market", "another"])),
        ("azp", json!("another market")),
        ("nonce", json!("of another attempt")),
        ("nonce", Value::Null),
        ("exp", json!(now - 61)),
        ("iat", json!(now + 120)),
        ("iat", json!(now - 3_600)),
        ("sub", json!("")),
    ] {
        let browser = town.visitor();
        fake.signs_in(&town, &browser, |claims| claims[name] = value.clone()).await.goes_to("/sign-in");
        assert_eq!(browser.cookie("tp_session"), None, "{name} {value}");
    }
    assert_eq!(town.count("select count(*) from members").await, 0);
}

#[tokio::test]
async fn what_is_not_signed_by_its_keys_lets_nobody_in() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let (_, other) = new_key("one");
    let forgeries: [Forgery; 6] = [
        |claims, _| format!("{}.", unsigned(&json!({ "alg": "none" }), claims)),
        |claims, _| format!("{}.AAAA", unsigned(&json!({ "alg": "HS256", "kid": "one" }), claims)),
        |claims, other| sign(&json!({ "alg": "ES256", "kid": "one" }), claims, other),
        |claims, other| sign(&json!({ "alg": "ES256", "kid": "unheard of" }), claims, other),
        |claims, other| sign(&json!({ "alg": "RS256", "kid": "one" }), claims, other),
        |_, _| "no token".to_owned(),
    ];
    for forge in forgeries {
        let browser = town.visitor();
        let ticket = fake.is_asked(&browser, "/sign-in/with/fake").await;
        fake.says(&town, &ticket.nonce, |_| {});
        fake.sends(forge(&claims_of(&fake.token()), &other));
        fake.sends_back(&browser, &ticket.state).await.goes_to("/sign-in");
        assert_eq!(browser.cookie("tp_session"), None);
    }
    assert_eq!(town.count("select count(*) from members").await, 0);
}

#[tokio::test]
async fn an_answer_is_taken_once_and_in_the_browser_that_asked() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let (ann, eve) = (town.visitor(), town.visitor());
    let hers = fake.is_asked(&eve, "/sign-in/with/fake").await;
    let ticket = fake.is_asked(&ann, "/sign-in/with/fake").await;
    let cookie = ann.cookie("tp_provider").unwrap();
    fake.says(&town, &ticket.nonce, |_| {});
    // Eve sends Ann to the end of her own way.
    fake.sends_back(&ann, &hers.state).await.goes_to("/sign-in");
    assert_eq!(ann.cookie("tp_session"), None);
    // That used up Ann's way: her own answer comes too late now.
    ann.set_cookie("tp_provider", &cookie);
    fake.sends_back(&ann, &ticket.state).await.goes_to("/sign-in");

    let ticket = fake.is_asked(&ann, "/sign-in/with/fake").await;
    let cookie = ann.cookie("tp_provider").unwrap();
    fake.says(&town, &ticket.nonce, |_| {});
    fake.sends_back(&town.visitor(), &ticket.state).await.goes_to("/sign-in");
    fake.sends_back(&ann, &ticket.state).await.goes_to("/");
    assert_eq!(ann.cookie("tp_provider"), None);
    let thief = town.visitor();
    thief.set_cookie("tp_provider", &cookie);
    fake.sends_back(&thief, &ticket.state).await.goes_to("/sign-in");
    assert_eq!(thief.cookie("tp_session"), None);

    let late = town.visitor();
    let ticket = fake.is_asked(&late, "/sign-in/with/fake").await;
    town.clock.advance(Duration::minutes(10));
    fake.says(&town, &ticket.nonce, |_| {});
    fake.sends_back(&late, &ticket.state).await.goes_to("/sign-in");
    for no in ["error=access_denied", "error=%3Cscript%3E"] {
        let ticket = fake.is_asked(&late, "/sign-in/with/fake").await;
        let path = format!("/sign-in/with/fake/return?{no}&state={}", ticket.state);
        let told = late.get(&path).await.goes_to("/sign-in");
        late.follow(&told).await.is(200).shows("did not sign you in").hides("access_denied");
    }
    let ticket = fake.is_asked(&late, "/sign-in/with/fake").await;
    fake.says(&town, &ticket.nonce, |_| {});
    let path =
        format!("/sign-in/with/fake/return?code=c&state={}&iss=https%3A%2F%2Fevil.example", ticket.state);
    late.get(&path).await.goes_to("/sign-in");
    assert_eq!(late.cookie("tp_session"), None);
}

#[tokio::test]
async fn new_keys_are_asked_for_once_a_minute_at_most() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    assert_eq!(fake.keys_asked(), 1);
    fake.rotates("two");
    for _ in 0..3 {
        fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/sign-in");
    }
    assert_eq!(fake.keys_asked(), 1, "a minute has not passed");
    town.clock.advance(Duration::minutes(1));
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    assert_eq!(fake.keys_asked(), 2);
}

#[tokio::test]
async fn while_keys_do_not_come_those_before_do_for_a_day() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    fake.hides_keys();
    town.clock.advance(Duration::minutes(61));
    for _ in 0..2 {
        fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    }
    assert_eq!(fake.keys_asked(), 2);
    town.clock.advance(Duration::days(1));
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/sign-in");
}

#[tokio::test]
async fn who_arrives_while_keys_are_asked_for_waits_for_them() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let gate = fake.holds_keys();
    let (ann, ben) = (town.visitor(), town.visitor());
    let first = fake.signs_in(&town, &ann, |_| {});
    let second = async {
        while fake.keys_asked() == 0 {
            tokio::task::yield_now().await;
        }
        let open = async {
            while fake.tokens_given() < 2 {
                tokio::task::yield_now().await;
            }
            gate.add_permits(1);
        };
        let bens = |claims: &mut Value| {
            claims["sub"] = json!("43");
            claims["email"] = json!("ben@example.org");
        };
        tokio::join!(fake.signs_in(&town, &ben, bens), open).0
    };
    let (anns, bens) = tokio::join!(first, second);
    anns.goes_to("/");
    bens.goes_to("/");
    assert_eq!(fake.keys_asked(), 1);
}

#[tokio::test]
async fn two_issuers_with_one_subject_are_two_people() {
    let (fake, other) = (Fake::start("fake").await, Fake::start("other").await);
    let town = town_with(&[&fake, &other]).await;
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    let browser = town.visitor();
    other.signs_in(&town, &browser, |claims| claims["email"] = json!("bo@example.org")).await.goes_to("/");
    browser.get("/account").await.is(200).shows("bo@example.org");
    assert_eq!(town.count("select count(*) from members").await, 2);
}

/// Whoever has an address at a provider does not get the account that has it here.
#[tokio::test]
async fn a_known_address_is_not_taken_over_but_added_by_its_owner() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let ann = town.person("Ann").await;
    let anns = |claims: &mut Value| claims["email"] = json!("ANN@example.org");
    let asked = fake.signs_in(&town, &ann.browser, anns).await.goes_to("/sign-in?next=%2Faccount%2Fsign-ins");
    assert_eq!(ann.browser.cookie("tp_session"), None);
    let page = ann.browser.follow(&asked).await.is(200).shows("There is an account").page();
    let form = page.form("form[action='/sign-in']").with("email", &ann.email).with("password", PASSWORD);
    ann.browser.submit(form).await.goes_to("/account/sign-ins");
    ann.get("/account/sign-ins").await.is(200).shows("Add Fake");
    // Another site cannot begin it.
    let request = ann.browser.request(http::Method::GET, "/account/sign-ins/with/fake");
    let request = request.header("sec-fetch-site", "cross-site").body(axum::body::Body::empty()).unwrap();
    ann.browser.send(request).await.goes_to("/account/sign-ins");
    let ticket = fake.is_asked(&ann.browser, "/account/sign-ins/with/fake").await;
    fake.says(&town, &ticket.nonce, anns);
    fake.sends_back(&ann.browser, &ticket.state).await.goes_to("/account/sign-ins");
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s == "Account elsewhere added"), "{subjects:?}");
    let browser = town.visitor();
    fake.signs_in(&town, &browser, anns).await.goes_to("/");
    browser.get("/account").await.is(200).shows(&ann.email);
    // Eve cannot add the same to hers.
    let eve = town.person("Eve").await;
    eve.get("/account/sign-ins").await.is(200);
    let ticket = fake.is_asked(&eve.browser, "/account/sign-ins/with/fake").await;
    fake.says(&town, &ticket.nonce, anns);
    let told = fake.sends_back(&eve.browser, &ticket.state).await.goes_to("/account/sign-ins");
    eve.follow_page(&told).await.shows("signs in to another account");
    let page = ann.get("/account/sign-ins").await.is(200).page();
    let remove = page.attributes("form[action$='/remove']", "action").pop().unwrap();
    eve.post(&remove, &[]).await.is(404);
    ann.post(&remove, &[]).await.goes_to("/account/sign-ins");
    assert_eq!(town.count("select count(*) from linked_accounts").await, 0);
}

#[tokio::test]
async fn an_address_that_is_not_vouched_for_is_proven_by_mail_and_says_nothing() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let ann = town.person("Ann").await;
    for (email, subject) in [
        ("ann@example.org", "You already have an account"),
        ("nell@example.org", "Confirm your e-mail address"),
    ] {
        let browser = town.visitor();
        let change = |claims: &mut Value| {
            claims["email"] = json!(email);
            claims["sub"] = json!(email);
            claims["email_verified"] = json!(false);
        };
        fake.signs_in(&town, &browser, change).await.goes_to("/verify");
        assert_eq!(browser.cookie("tp_session"), None);
        let mails = town.mails_to(email).await;
        assert_eq!(mails.last().unwrap().subject, subject);
    }
    assert_eq!(ann.member().await.email, "ann@example.org");
    assert_eq!(
        town.count("select count(*) from linked_accounts").await,
        0,
        "not before the address is proven"
    );
}

/// Somebody has prepared an account with an address that is not theirs, and waits for its owner.
#[tokio::test]
async fn who_proves_an_address_shares_the_account_with_nobody() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let link = async |address: &str| {
        let mail = town.mails_to(address).await.pop().unwrap();
        let (_, rest) = mail.text.split_once("token=").unwrap();
        rest.chars().take_while(|c| !c.is_whitespace()).collect::<String>()
    };
    for (name, subject, is_reset) in [("Vic", "42", false), ("Vera", "43", true)] {
        let victim = town.newcomer(name).await;
        sqlx::query(
            "insert into linked_accounts (link_id, issuer, subject, member_id, linked_at)
             values (gen_random_uuid(), $1, $2, $3, '2026-01-01')",
        )
        .bind(fake.issuer())
        .bind(subject)
        .bind(victim.id.0)
        .execute(&town.owner)
        .await
        .unwrap();
        let thief = town.visitor();
        let come = |claims: &mut Value| {
            claims["email"] = json!(victim.email);
            claims["sub"] = json!(subject);
            claims["email_verified"] = json!(false);
        };
        fake.signs_in(&town, &thief, come).await.goes_to("/verify");
        assert_eq!(thief.cookie("tp_session"), None, "the address is not proven");
        // By a password of the thief's.
        victim.get("/account").await.is(200);
        let owner = town.visitor();
        if is_reset {
            owner.post("/reset", &[("email", &victim.email)]).await.is(303);
            town.clock.advance(Duration::minutes(2));
            town.run_jobs().await;
            let token = link(&victim.email).await;
            owner
                .post("/reset/new", &[("token", &token), ("password", "a new and better one")])
                .await
                .is(303);
        } else {
            owner.post("/verify", &[("token", &link(&victim.email).await)]).await.is(303);
        }
        owner.get("/account").await.is(200);
        victim.browser.get("/account").await.goes_to("/sign-in?next=%2Faccount");
        assert_eq!(town.count("select count(*) from linked_accounts").await, 0, "{name}");
        fake.signs_in(&town, &thief, come).await.goes_to("/verify");
        assert_eq!(thief.cookie("tp_session"), None);
    }
}

#[tokio::test]
async fn who_the_page_about_somebody_speaks_of_must_be_them() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let without = |claims: &mut Value| drop(claims.as_object_mut().unwrap().remove("email"));
    fake.tells_about(json!({ "sub": "43", "email": "ann@example.org", "email_verified": true }));
    fake.signs_in(&town, &town.visitor(), without).await.goes_to("/sign-in");
    fake.tells_about(json!({ "sub": "42" }));
    fake.signs_in(&town, &town.visitor(), without).await.goes_to("/register");
    assert_eq!(town.count("select count(*) from members").await, 0);
    fake.tells_about(json!({ "sub": "42", "email": "ann@example.org", "email_verified": true }));
    let browser = town.visitor();
    fake.signs_in(&town, &browser, without).await.goes_to("/");
    browser.get("/account").await.is(200).shows("ann@example.org");
}

#[tokio::test]
async fn a_second_factor_is_asked_all_the_same() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    has_added(&town, &ann, &fake, "42").await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/sign-in/second");
    assert_eq!(browser.cookie("tp_session"), None);
    let form = browser.get("/sign-in/second").await.page().form("form[action='/sign-in/second']");
    browser.submit(form.with("code", &app.code(&town))).await.goes_to("/");
}

/// The provider's word alone opens no page of staff, and nobody who is suspended comes in by it.
#[tokio::test]
async fn staff_still_shows_a_factor_and_the_suspended_read_why() {
    let fake = Fake::start("fake").await;
    let all = vec![fake.settings()];
    let town = Town::with(|config| {
        config.oidc = all;
        config.access.staff_factor = true;
    })
    .await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    has_added(&town, &olga, &fake, "42").await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    browser.get("/admin").await.goes_to("/account/security");
    town.suspend(&olga).await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/account/suspension");
    browser.get("/account").await.goes_to("/account/suspension");
}

/// Whatever becomes of the session at the provider, ours lives as long as any other and no longer; then the provider is
/// asked again.
#[tokio::test]
async fn the_providers_session_does_not_prolong_ours() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    // What the provider has signed ended after five minutes.
    town.clock.advance(Duration::hours(1));
    browser.get("/account").await.is(200);
    town.clock.advance(Duration::days(14) + Duration::seconds(1));
    browser.get("/account").await.is(303);
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    for _ in 0..8 {
        town.clock.advance(Duration::days(10));
        browser.get("/account").await.is(200);
    }
    town.clock.advance(Duration::days(10) + Duration::seconds(1));
    browser.get("/account").await.is(303);
    // Signing out here is heard at once, and does not ask the provider.
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    browser.post("/sign-out", &[]).await.is(303);
    browser.get("/account").await.is(303);
    assert_eq!(town.count("select count(*) from members").await, 1);
}

#[tokio::test]
async fn the_last_way_in_stays_and_a_code_by_mail_shows_who_one_is() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    town.clock.advance(Duration::minutes(11));
    browser.get("/account/sign-ins").await.goes_to("/confirm?next=%2Faccount%2Fsign-ins");
    let page = browser.get("/confirm?next=%2Faccount%2Fsign-ins").await.is(200).page();
    assert!(!page.has("[name='password']"), "there is none");
    browser.submit(page.form("form[action='/confirm/send']")).await.is(303);
    let code = newest_code(&town, "nora@example.org").await;
    let form = page.form("form[action='/confirm']").with("code", &code);
    browser.submit(form).await.goes_to("/account/sign-ins");
    let page = browser.get("/account/sign-ins").await.is(200).page();
    let form = page.form("form[action^='/account/sign-ins/']");
    let told = browser.submit(form.clone()).await.goes_to("/account/sign-ins");
    browser.follow(&told).await.shows("your only way in");
    assert_eq!(town.count("select count(*) from linked_accounts").await, 1);
    sqlx::query("update members set password_hash = 'some'").execute(&town.owner).await.unwrap();
    browser.submit(form).await.goes_to("/account/sign-ins");
    assert_eq!(town.count("select count(*) from linked_accounts").await, 0);
}

#[tokio::test]
async fn a_passkey_that_is_the_last_way_in_stays_too() {
    let fake = Fake::start("fake").await;
    let town = town_with(&[&fake]).await;
    let browser = town.visitor();
    fake.signs_in(&town, &browser, |_| {}).await.goes_to("/");
    let nora: uuid::Uuid =
        sqlx::query_scalar("select member_id from members").fetch_one(&town.owner).await.unwrap();
    let key = has_passkey(&town, nora.into()).await;
    // Nobody can come in by a provider that is not set up any more.
    sqlx::query(
        "insert into linked_accounts (link_id, issuer, subject, member_id, linked_at)
         values ($1, 'https://gone.example', '1', $1, '2026-01-01')",
    )
    .bind(nora)
    .execute(&town.owner)
    .await
    .unwrap();
    let page = browser.get("/account/sign-ins").await.is(200).page();
    let removes = page.attributes("form[action$='/remove']", "action");
    let hers = removes.iter().find(|action| !action.contains(&nora.to_string())).unwrap();
    browser.post(hers, &[]).await.goes_to("/account/sign-ins");
    assert_eq!(town.count("select count(*) from linked_accounts").await, 1, "there is a passkey");
    let told = browser.post(&format!("/account/passkeys/{key}/remove"), &[]).await;
    browser.follow(&told.goes_to("/account/passkeys")).await.shows("your only way in");
    assert_eq!(town.count("select count(*) from passkeys").await, 1);
    sqlx::query("update members set password_hash = 'some'").execute(&town.owner).await.unwrap();
    browser.post(&format!("/account/passkeys/{key}/remove"), &[]).await.goes_to("/account/passkeys");
    assert_eq!(town.count("select count(*) from passkeys").await, 0);
}

#[tokio::test]
async fn a_provider_that_is_away_or_another_is_said_so() {
    let fake = Fake::start("fake").await;
    let mut away = fake.settings();
    away.issuer = "http://127.0.0.1:1".to_owned();
    let mut other = fake.settings();
    (other.id, other.issuer) = ("other".to_owned(), format!("{}/", fake.issuer()));
    let town = Town::with(|config| config.oidc = vec![away, other]).await;
    for id in ["fake", "other"] {
        let browser = town.visitor();
        let told = browser.get(&format!("/sign-in/with/{id}")).await.goes_to("/sign-in");
        browser.follow(&told).await.is(200).shows("does not answer as it should");
    }
    town.visitor().get("/sign-in/with/nobody").await.is(404);
}
